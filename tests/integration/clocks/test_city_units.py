"""The city units concerned bear clocks of their own (5.1(8), A21)."""

import pytest

from incidents.actions.facts import record_facts
from plan.refusal import PlanRefusal
from reporting.actions.bearers import name_city_unit
from tests.support.checksums import table_checksums
from tests.support.clocks import COUNTY, DUTY_ROOM, OFFICE, PHONE, WRITTEN, after, armed, major, matrix, of
from tests.support.people import actor, organisation
from tests.support.reports import incident, people

pytestmark = [pytest.mark.django_db, pytest.mark.clause(100, 101, 102)]


def test_a_city_unit_named_bears_clocks_at_once_and_the_bureau_that_houses_the_office_owes_it_nothing() -> (
    None
):
    found = major()
    by = actor(OFFICE)
    name_city_unit(incident=found, organisation=organisation("city-health"), by=by, at=after(5))
    name_city_unit(incident=found, organisation=organisation("city-regulator"), by=by, at=after(6))
    again = name_city_unit(incident=found, organisation=organisation("city-health"), by=by, at=after(7))
    assert again.named_at == after(5)
    assert matrix(found) == of(COUNTY) + of("city-health") + [
        ("city-regulator", DUTY_ROOM, PHONE),
        ("city-regulator", DUTY_ROOM, WRITTEN),
    ]


def test_a_city_unit_named_before_major_bears_clocks_once_it_is() -> None:
    found = incident(60)
    name_city_unit(incident=found, organisation=organisation("city-health"), by=actor(OFFICE), at=after(5))
    assert armed(found) == []
    grown = people(130, at=after(25))
    record_facts(incident=found, entries=[grown], by=actor("330212-regulator"), at=after(25))
    assert matrix(found) == of(COUNTY) + of("city-health")


@pytest.mark.parametrize(
    ("by", "unit", "code"),
    [
        ("330212-fso", "city-health", "office_lacks_right"),
        (OFFICE, DUTY_ROOM, "not_a_city_unit"),
        (OFFICE, OFFICE, "not_a_city_unit"),
        (OFFICE, "330212-health", "not_a_city_unit"),
    ],
)
def test_naming_a_unit_is_refused_without_a_trace(by: str, unit: str, code: str) -> None:
    found, who = major(), actor(by)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        name_city_unit(incident=found, organisation=organisation(unit), by=who, at=after(5))
    assert refused.value.code == code
    assert table_checksums() == before
