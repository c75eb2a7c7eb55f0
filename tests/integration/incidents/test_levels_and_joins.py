"""Confirming levels (6.1, 6.2.4, A14) and deciding whether two incidents are one (A12)."""

import pytest

from incidents.actions.joins import accept_join, decline_join
from incidents.fixing import fix_level
from incidents.models import Incident, IncidentStatus, JoinProposal
from incidents.selectors import incident_for, visible_incidents
from plan.levels import IncidentLevel
from plan.refusal import PlanRefusal
from tests.support.checksums import table_checksums
from tests.support.people import actor
from tests.support.reports import CIXI, HAISHU, NOON, incident, minutes, restaurant

pytestmark = pytest.mark.django_db

LATER = NOON + minutes(10)


@pytest.mark.clause(106)
def test_the_city_office_confirms_what_the_machine_proposed() -> None:
    found = incident(120)
    confirmed = fix_level(incident=found, level=IncidentLevel.III, by=actor("city-fso"), at=LATER)
    assert (confirmed.confirmed_level, confirmed.confirmations.get().clauses) == ("III", ["2.3(2)"])


@pytest.mark.clause(106, 119)
def test_the_county_office_confirms_general_but_not_major() -> None:
    general, major = incident(40), incident(120, place_text="另一处")
    fso = actor("330212-fso")
    assert fix_level(incident=general, level=IncidentLevel.IV, by=fso, at=LATER).confirmed_level == "IV"
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        fix_level(incident=major, level=IncidentLevel.III, by=fso, at=LATER)
    assert (refused.value.code, refused.value.clause) == ("level_fixed_by_city", "6.1")
    assert table_checksums() == before


@pytest.mark.parametrize("office", ["330212-regulator", "city-duty", "city-gov", f"{HAISHU}-fso"])
def test_other_offices_do_not_confirm(office: str) -> None:
    found = incident(40)
    by = actor(office)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        fix_level(incident=found, level=IncidentLevel.IV, by=by, at=LATER)
    assert refused.value.status == 403
    assert table_checksums() == before


@pytest.mark.clause(106)
def test_a_level_below_the_facts_is_refused_and_above_them_needs_a_note() -> None:
    found = incident(120)
    fso = actor("city-fso")
    before = table_checksums()
    for level, code in (
        (IncidentLevel.IV, "level_below_facts"),
        (IncidentLevel.II, "level_above_facts_needs_note"),
    ):
        with pytest.raises(PlanRefusal) as refused:
            fix_level(incident=found, level=level, by=fso, at=LATER)
        assert refused.value.code == code
    assert table_checksums() == before
    raised = fix_level(incident=found, level=IncidentLevel.II, note="专家评估", by=fso, at=LATER)
    assert (raised.confirmed_level, raised.proposed_level, raised.duty_level) == (
        "II",
        "III",
        IncidentLevel.II,
    )


def test_a_report_on_the_same_registered_place_joins_by_itself() -> None:
    place = restaurant()
    first = incident(45, place=place)
    second = incident(60, place=place, at=NOON + minutes(72 * 60))
    assert second.pk == first.pk
    assert Incident.objects.count() == 1


def test_a_minute_beyond_seventy_two_hours_it_does_not() -> None:
    place = restaurant()
    first = incident(45, place=place)
    second = incident(60, place=place, at=NOON + minutes(72 * 60 + 1))
    assert second.pk != first.pk
    assert JoinProposal.objects.get().other == first


def test_a_like_named_place_is_only_proposed() -> None:
    first = incident(60, place_text="甬江大饭店")
    second = incident(60, place_text="甬江饭店", at=LATER)
    proposal = JoinProposal.objects.get()
    assert (proposal.incident, proposal.other) == (second, first)
    assert first.pk != second.pk


@pytest.mark.clause(25)
def test_joined_incidents_are_one_outbreak_with_one_level() -> None:
    first = incident(60, place_text="甬江大饭店")
    second = incident(60, place_text="甬江饭店", at=LATER)
    by = actor("330212-regulator")
    whole = accept_join(proposal=JoinProposal.objects.get(), reason="同一批冷菜", by=by, at=LATER)
    assert whole.pk == first.pk
    part = Incident.objects.get(pk=second.pk)
    assert (part.status, part.merged_into_id) == (IncidentStatus.MERGED, first.pk)
    assert whole.assessments.latest("pk").counted["illness_count"] == 120
    assert whole.proposed_level == "III"


def test_a_declined_join_keeps_its_reason_and_is_decided_once() -> None:
    incident(60, place_text="甬江大饭店")
    incident(60, place_text="甬江饭店", at=LATER)
    by = actor("330212-regulator")
    proposal = JoinProposal.objects.get()
    decline_join(proposal=proposal, reason="两处无共同食物", by=by, at=LATER)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        accept_join(proposal=proposal, reason="改变主意", by=by, at=LATER)
    assert refused.value.code == "join_already_decided"
    assert table_checksums() == before


@pytest.mark.clause(97)
def test_a_county_sees_its_own_incidents_and_the_city_sees_all() -> None:
    here, there = incident(5), incident(5, area=CIXI)
    assert set(visible_incidents(actor("330212-regulator"))) == {here}
    assert set(visible_incidents(actor("city-fso"))) == {here, there}
    assert not visible_incidents(actor("hosp-yinzhou-people")).exists()
    with pytest.raises(PlanRefusal) as refused:
        incident_for(actor(f"{CIXI}-regulator"), here.number)
    assert refused.value.status == 404
