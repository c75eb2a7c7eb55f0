"""Met, late, missed: the verdict is computed from the receipts (5.1(8); A16, A18, A46, A48, A54, A55, A57, A58)."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.duties import NOTIFY_AT_ONCE, PHONE, WRITTEN, Leg
from reporting.clocks import due_times
from reporting.models import Delivery, LegCode, Obligation, ObligationState
from reporting.verdicts import (
    SHAPES,
    VerdictState,
    knowledge_clock,
    limit_before_knowledge,
    verdict,
)

COUNTY, OTHER_COUNTY, DUTY_ROOM, OFFICE = 1, 2, 10, 11
numbers = count(1)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-14T{clock}+08:00")


def owed(leg: Leg = PHONE, earliest: str = "10:00", latest: str = "", **fields: Any) -> Obligation:
    start, end = at(earliest), at(latest or earliest)
    due = due_times(leg, earliest=start, latest=end)
    given_fields = {
        "leg": {PHONE.code: LegCode.PHONE, WRITTEN.code: LegCode.WRITTEN}.get(leg.code, LegCode.SYSTEM),
        "bearer_id": COUNTY,
        "recipient_id": DUTY_ROOM,
        "anchor_earliest": start,
        "anchor_latest": end,
        "known_at": start,
        "target_at": due.target_at,
        "limit_at": due.limit_at,
        "urgent_target_at": due.urgent_target_at,
        "urgent_limit_at": due.urgent_limit_at,
    }
    return Obligation(**given_fields | fields)


def received(clock: str, **fields: Any) -> Delivery:
    given_fields = {
        "pk": next(numbers),
        "bearer_id": COUNTY,
        "recipient_id": DUTY_ROOM,
        "leg": LegCode.PHONE,
        "received_at": at(clock),
        "entered_at": at(clock),
    }
    return Delivery(**given_fields | fields)


@pytest.mark.clause(101)
@pytest.mark.parametrize(
    ("now", "state", "late_min"),
    [
        ("10:00:00", VerdictState.RUNNING, 0),
        ("10:30:59", VerdictState.RUNNING, 0),
        ("10:31:00", VerdictState.RUNNING_PAST_TARGET, 0),
        ("11:00:59", VerdictState.RUNNING_PAST_TARGET, 0),
        ("11:01:00", VerdictState.MISSED, 1),
        ("13:00:00", VerdictState.MISSED, 120),
    ],
)
def test_a_phone_leg_without_a_report(now: str, state: VerdictState, late_min: int) -> None:
    found = verdict(owed(), [], at(now))
    assert (found.state, found.late_min, found.received_at) == (state, late_min, None)
    assert found.is_owed


@pytest.mark.clause(89, 101)
@pytest.mark.parametrize(
    ("stamp", "state", "late_min"),
    [
        ("10:00:00", VerdictState.MET_IN_TARGET, 0),
        ("10:30:59", VerdictState.MET_IN_TARGET, 0),
        ("10:31:00", VerdictState.MET, 0),
        ("11:00:59", VerdictState.MET, 0),
        ("11:01:00", VerdictState.LATE, 1),
    ],
)
def test_a_phone_leg_with_a_report(stamp: str, state: VerdictState, late_min: int) -> None:
    found = verdict(owed(), [received(stamp)], at("15:00"))
    assert (found.state, found.late_min, found.received_at) == (state, late_min, at(stamp))
    assert not found.is_owed


@pytest.mark.clause(102)
@pytest.mark.parametrize(
    ("stamp", "state"),
    [
        ("11:00:59", VerdictState.MET_IN_TARGET),
        ("11:01:00", VerdictState.MET),
        ("12:00:59", VerdictState.MET),
        ("12:01:00", VerdictState.LATE),
    ],
)
def test_a_written_leg(stamp: str, state: VerdictState) -> None:
    assert verdict(owed(WRITTEN), [received(stamp, leg=LegCode.WRITTEN)], at("15:00")).state == state


@pytest.mark.clause(101)
def test_of_an_uncertain_occurrence_only_the_latest_makes_a_breach() -> None:
    leg = owed(earliest="10:00", latest="10:40")
    assert verdict(leg, [], at("11:30")).state == VerdictState.RUNNING_PAST_TARGET
    assert verdict(leg, [received("11:40:59")], at("15:00")).state == VerdictState.MET
    assert verdict(leg, [], at("11:41")).state == VerdictState.MISSED


@pytest.mark.clause(101)
def test_a_report_to_another_office_or_for_another_county_closes_nothing() -> None:
    elsewhere = [received("10:10", recipient_id=OFFICE), received("10:11", bearer_id=OTHER_COUNTY)]
    assert verdict(owed(), elsewhere, at("10:20")).state == VerdictState.RUNNING


@pytest.mark.clause(101)
def test_a_report_before_the_crossing_does_not_count_and_one_in_its_minute_does() -> None:
    leg = owed(earliest="10:00:30")
    assert verdict(leg, [received("09:59:59")], at("10:20")).state == VerdictState.RUNNING
    assert verdict(leg, [received("10:00:00")], at("10:20")).state == VerdictState.MET_IN_TARGET


@pytest.mark.clause(101, 102)
def test_a_written_report_within_the_phone_limit_is_the_phone_report_too() -> None:
    in_time = received("11:00:59", leg=LegCode.WRITTEN)
    too_late = received("11:01:00", leg=LegCode.WRITTEN)
    assert verdict(owed(PHONE), [in_time], at("15:00")).state == VerdictState.MET
    assert verdict(owed(PHONE), [too_late], at("15:00")).state == VerdictState.MISSED
    assert verdict(owed(WRITTEN), [received("10:10")], at("10:20")).state == VerdictState.RUNNING


@pytest.mark.clause(90)
def test_corrections_replace_and_retractions_remove() -> None:
    first = received("10:10")
    moved = received("11:05", corrects_id=first.pk, reason="抄错")
    gone = received("11:05", corrects_id=moved.pk, is_retraction=True, reason="未接通")
    assert verdict(owed(), [first, moved], at("15:00")).state == VerdictState.LATE
    assert verdict(owed(), [first, moved, gone], at("15:00")).state == VerdictState.MISSED


@pytest.mark.clause(101)
def test_a_replaced_version_keeps_the_state_it_had() -> None:
    replaced = owed(state=ObligationState.SUPERSEDED, closed_at=at("10:45"))
    entered_later = received("10:20", entered_at=at("10:50"))
    assert verdict(replaced, [entered_later], at("15:00")).state == VerdictState.RUNNING_PAST_TARGET


@pytest.mark.clause(101)
def test_an_ended_leg_is_no_longer_owed_and_says_what_it_was() -> None:
    ended = owed(state=ObligationState.ENDED, closed_at=at("11:30"))
    found = verdict(ended, [], at("15:00"))
    assert (found.state, found.before, found.late_min) == (
        VerdictState.NO_LONGER_OWED,
        VerdictState.MISSED,
        30,
    )
    assert not found.is_owed


@pytest.mark.clause(93)
def test_a_leg_without_hours_is_open_or_delivered_and_never_late() -> None:
    leg = owed(NOTIFY_AT_ONCE)
    assert verdict(leg, [], at("23:00")).state == VerdictState.OPEN
    assert verdict(leg, [received("22:00", leg=LegCode.SYSTEM)], at("23:00")).state == VerdictState.DELIVERED
    assert knowledge_clock(leg, None, at("23:00")) is None


@pytest.mark.clause(101)
@pytest.mark.parametrize(
    ("known", "report", "exceeded", "elapsed_min"),
    [
        ("12:00", "13:00:59", False, 60),  # breached from 事发, but reported within the hour of knowing
        ("12:00", "13:01:00", True, 61),
        ("09:00", "11:00", False, 60),  # nobody can know before it happened
    ],
)
def test_the_second_clock_runs_from_knowledge(
    known: str, report: str, exceeded: bool, elapsed_min: int
) -> None:
    clock = knowledge_clock(owed(known_at=at(known)), at(report), at("15:00"))
    assert clock is not None
    assert (clock.is_exceeded, clock.elapsed // timedelta(minutes=1)) == (exceeded, elapsed_min)


@pytest.mark.clause(101)
@pytest.mark.parametrize(("known", "marked"), [("11:00:59", False), ("11:01:00", True)])
def test_a_limit_that_passed_before_knowledge_is_marked(known: str, marked: bool) -> None:
    assert limit_before_knowledge(owed(known_at=at(known))) is marked


def test_every_state_has_a_shape_of_its_own_among_those_of_one_leg() -> None:
    assert set(SHAPES) == set(VerdictState)
    with_hours = [SHAPES[state] for state in VerdictState if state not in {"open", "delivered"}]
    assert len(set(with_hours)) == len(with_hours)


@given(
    delay=st.timedeltas(timedelta(0), timedelta(hours=5)),
    wait=st.timedeltas(timedelta(0), timedelta(hours=5)),
)
def test_a_verdict_does_not_change_with_the_time_it_is_asked(delay: timedelta, wait: timedelta) -> None:
    leg = owed()
    stamp = leg.anchor_earliest + delay
    delivery = received("10:00", received_at=stamp, entered_at=stamp)
    assert verdict(leg, [delivery], stamp) == verdict(leg, [delivery], stamp + wait)


@given(delay=st.timedeltas(timedelta(0), timedelta(hours=5)))
def test_what_is_missed_without_a_report_is_late_with_one_at_that_moment(delay: timedelta) -> None:
    leg = owed()
    now = leg.anchor_earliest + delay
    missed = verdict(leg, [], now).state == VerdictState.MISSED
    late = verdict(leg, [received("10:00", received_at=now, entered_at=now)], now).state == VerdictState.LATE
    assert missed == late
