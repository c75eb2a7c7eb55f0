"""Level by level: each office that learned owes the next level its report, without hours (5.1(7), A25, A49, A64)."""

import pytest

from incidents.models import Incident
from outbox.models import Message
from reporting.leg_view import LegView
from reporting.models import LegCode
from reporting.selectors import legs
from reporting.verdicts import VerdictState
from tests.support.clocks import after, deliver, major
from tests.support.evidence import broken_links
from tests.support.people import actor
from tests.support.reports import HAISHU, NOON, incident, report

pytestmark = [pytest.mark.django_db, pytest.mark.clause(97)]

OPEN, DELIVERED = VerdictState.OPEN, VerdictState.DELIVERED
FORWARDED = [
    ("330212-regulator", "330212-gov", DELIVERED),
    ("330212-regulator", "city-regulator", DELIVERED),
]
HOPS = [("330212-gov", "city-duty", OPEN), *FORWARDED, ("city-regulator", "province-regulator", OPEN)]


def hops(found: Incident, minutes: float = 1) -> list[LegView]:
    return [leg for leg in legs([found.pk], after(minutes)) if leg.obligation.leg == LegCode.ONWARD]


def seen(found: Incident, minutes: float = 1) -> list[tuple[str, str, VerdictState]]:
    return [(leg.bearer.code, leg.recipient.code, leg.verdict.state) for leg in hops(found, minutes)]


def test_a_first_report_goes_to_the_next_level_at_once_and_opens_the_hops_beyond() -> None:
    found = incident(5)
    assert seen(found) == HOPS
    for leg in hops(found, 90):
        own = leg.obligation
        assert (own.clause, own.target_at, own.limit_at, own.anchor_earliest) == ("5.1(7)", None, None, NOON)
    told = Message.objects.filter(kind__in=("arrival", "notice_owed")).values_list("recipient", flat=True)
    assert sorted(told) == ["330212-gov", "330212-gov", "city-regulator", "city-regulator"]
    assert broken_links() == []


def test_a_second_report_of_the_same_county_goes_on_no_second_time_and_another_countys_does() -> None:
    found = incident(5)
    report(9, at=after(5), join=found)
    assert seen(found, 6) == HOPS
    report(9, at=after(7), area=HAISHU, join=found)
    assert [leg for leg in seen(found, 8) if leg[0].startswith(HAISHU)] == [
        ("330203-gov", "city-duty", OPEN),
        ("330203-regulator", "330203-gov", DELIVERED),
        ("330203-regulator", "city-regulator", DELIVERED),
    ]


def test_the_county_food_safety_office_tells_its_regulator_which_passes_it_on() -> None:
    found = report(5, by=actor("330212-fso")).incident
    (notice,) = [leg for leg in legs([found.pk], after(1)) if leg.obligation.clause == "5.1(6)"]
    assert (notice.bearer.code, notice.recipient.code) == ("330212-fso", "330212-regulator")
    assert (notice.verdict.state, notice.urgency) == (DELIVERED, "立即")
    assert seen(found) == HOPS


def test_the_city_office_is_housed_in_the_regulator_and_tells_it_nothing() -> None:
    found = report(5, by=actor("city-fso")).incident
    assert seen(found) == [("city-regulator", "province-regulator", OPEN)]


@pytest.mark.clause(98)
def test_what_a_county_tells_the_city_under_5_1_8_is_its_report_to_the_next_level() -> None:
    found = major(known_at=after(-10), occurred_earliest=after(-20), occurred_latest=after(-20))
    deliver(found, after(-5), at=after(0))
    assert ("330212-gov", "city-duty", DELIVERED) in seen(found)


def test_a_receipt_from_the_province_is_entered_and_closes_the_last_hop() -> None:
    found = incident(5)
    deliver(
        found,
        after(30),
        LegCode.ONWARD,
        bearer="city-regulator",
        to="province-regulator",
        by="city-regulator",
    )
    (last,) = [leg for leg in hops(found, 40) if leg.recipient.code == "province-regulator"]
    assert (last.verdict.received_at, last.urgency) == (after(30), "")


@pytest.mark.clause(98)
def test_hops_carry_the_plans_word_and_no_number() -> None:
    words = {leg.bearer.code: leg.urgency for leg in hops(incident(5))}
    assert words == {"330212-regulator": "立即", "330212-gov": "立即", "city-regulator": ""}
