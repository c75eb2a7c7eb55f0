"""What becomes of receipts and clocks when a merge is taken back: both sides keep them, nothing restarts (A56)."""

from datetime import datetime

import pytest

from incidents.actions.merging import merge_incidents, split_incident
from incidents.models import Incident
from reporting.actions.bearers import name_city_unit
from reporting.actions.clocks import fire_due
from reporting.actions.deliveries import correct_delivery, retract_delivery
from reporting.models import Delivery, Obligation, ObligationState, StageEvent
from reporting.verdicts import VerdictState
from tests.support.clocks import (
    COUNTY,
    DUTY_ROOM,
    OFFICE,
    PHONE,
    WRITTEN,
    after,
    armed,
    deliver,
    leg,
    major,
    matrix,
    of,
)
from tests.support.evidence import broken_links
from tests.support.people import actor, organisation
from tests.support.reports import CIXI, NOON, incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(101, 102)]


def merge(whole: Incident, part: Incident, minute: float) -> Incident:
    return merge_incidents(whole=whole, part=part, reason="同源", by=actor("city-fso"), at=after(minute))


def split(part: Incident, minute: float) -> Incident:
    return split_incident(part=part, reason="不同源", by=actor("city-fso"), at=after(minute))


def one_of_two(minute: float = 30) -> tuple[Incident, Incident]:
    """60 and 60 ill, found to be one at a minute: the clocks run from the joint crossing at +20."""
    first, second = incident(60), incident(60, place_text="姚江食堂", at=after(20))
    merge(first, second, minute)
    return first, second


def test_what_the_whole_received_counts_for_the_part_that_left() -> None:
    first, second = one_of_two()
    deliver(first, after(40))
    deliver(second, after(41), to=OFFICE)
    split(second, 50)
    fire_due(source="test", at=after(300))
    for part in (first, second):
        assert matrix(part) == of(COUNTY)
        for to, minute in ((DUTY_ROOM, 40), (OFFICE, 41)):
            view = leg(part, to=to, at=after(300))
            assert (view.verdict.state, view.verdict.received_at) == (
                VerdictState.MET_IN_TARGET,
                after(minute),
            )
            assert view.stages == ()
    assert broken_links() == []


def test_a_clock_goes_on_in_both_with_the_stages_it_has_fired() -> None:
    first, second = one_of_two()
    fire_due(source="test", at=after(55))
    split(second, 60)
    for part in (first, second):
        view = leg(part, at=after(61))
        assert (view.obligation.anchor_latest, view.obligation.known_at) == (after(20), after(30))
        assert [(event.stage, event.fired_at) for event in view.stages] == [
            ("reminder", after(55)),
            ("target_missed", after(55)),
        ]
    fire_due(source="test", at=after(81))
    fire_due(source="test", at=after(81))
    for part in (first, second):
        assert [event.stage for event in leg(part, at=after(82)).stages][2:] == ["limit_passed"]
    deliver(second, after(90))
    assert leg(second, at=after(91)).verdict.state == VerdictState.LATE
    assert leg(first, at=after(91)).verdict.state == VerdictState.MISSED


def test_satisfied_does_not_restart_although_the_part_alone_crossed_later() -> None:
    first, second = major(), major(at=after(20), place_text="姚江食堂")
    merge(first, second, 21)
    deliver(first, after(10), at=after(22))
    split(second, 30)
    view = leg(second, at=after(300))
    assert (view.obligation.anchor_latest, view.verdict.state) == (NOON, VerdictState.MET_IN_TARGET)
    unmet = leg(second, to=OFFICE, at=after(31))
    assert unmet.obligation.anchor_latest == after(20)
    assert "拆分" in unmet.history[0].obligation.closed_reason


def test_satisfied_does_not_restart_for_the_whole_either() -> None:
    first, second = major(at=after(20)), major(place_text="姚江食堂")
    deliver(second, after(10))
    merge(first, second, 21)
    split(second, 30)
    view = leg(first, at=after(300))
    assert (view.obligation.anchor_latest, view.verdict.state) == (NOON, VerdictState.MET_IN_TARGET)


def test_clocks_of_a_county_only_the_part_concerns_leave_with_it() -> None:
    here = incident(60)
    there = incident(60, area=CIXI, place_text="慈溪分店", at=after(20))
    merge(here, there, 30)
    assert matrix(here) == of(COUNTY) + of(f"{CIXI}-gov")
    split(there, 50)
    assert (matrix(here), matrix(there)) == (of(COUNTY), of(f"{CIXI}-gov"))
    gone = Obligation.objects.filter(incident=here, bearer__code=f"{CIXI}-gov")
    assert {(each.state, each.next_due_at) for each in gone} == {(ObligationState.SUPERSEDED, None)}


def test_city_units_named_for_the_whole_are_named_for_both() -> None:
    first, second = one_of_two()
    unit = organisation("city-education")
    name_city_unit(incident=first, organisation=unit, by=actor("city-fso"), at=after(35))
    split(second, 50)
    assert matrix(first) == matrix(second) == sorted(of(COUNTY) + of("city-education"))


def test_a_receipt_that_counts_for_both_is_corrected_in_both() -> None:
    first, second = one_of_two()
    wrong = deliver(first, after(40))
    split(second, 50)
    (heirs,) = Delivery.objects.filter(incident=second, leg=PHONE)
    correct_delivery(
        delivery=heirs, received_at=after(45), reason="时间有误", by=actor("330212-regulator"), at=after(60)
    )
    received: list[datetime | None] = [
        leg(part, at=after(61)).verdict.received_at for part in (first, second)
    ]
    assert received == [after(45), after(45)]
    right = Delivery.objects.get(corrects=wrong)
    retract_delivery(delivery=right, reason="没有接通", by=actor("330212-regulator"), at=after(70))
    for part in (first, second):
        assert leg(part, at=after(71)).verdict.state == VerdictState.RUNNING_PAST_TARGET
    assert StageEvent.objects.count() == 0
    fire_due(source="test", at=after(81))
    assert StageEvent.objects.filter(stage="limit_passed").count() == 4


def test_merged_again_each_leg_has_one_clock_and_one_receipt_shown() -> None:
    first, second = one_of_two()
    deliver(first, after(40))
    split(second, 50)
    merge(first, second, 60)
    assert matrix(first) == of(COUNTY)
    view = leg(first, at=after(61))
    assert (view.verdict.state, len(view.deliveries)) == (VerdictState.MET_IN_TARGET, 1)
    assert {each.incident for each in armed(first)} == {first}


def test_a_written_report_after_the_split_stops_only_the_clock_of_its_own() -> None:
    first, second = one_of_two()
    split(second, 50)
    deliver(second, after(60), WRITTEN)
    assert leg(second, WRITTEN, at=after(61)).verdict.received_at == after(60)
    assert leg(first, WRITTEN, at=after(61)).verdict.received_at is None
