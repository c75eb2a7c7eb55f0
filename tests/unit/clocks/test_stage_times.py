"""When a leg falls due and its stages fire, to the minute (A18, A24, A48, A58)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.duties import NOTIFY_AT_ONCE, PHONE, WRITTEN, Leg
from reporting.clocks import due_times, is_in_time, late_from, minutes_late, stage_times
from reporting.models import Obligation, StageCode

IN_FORCE = datetime(2021, 9, 30, tzinfo=UTC)

instants = st.timedeltas(timedelta(0), timedelta(days=3650)).map(lambda span: IN_FORCE + span)
spans = st.timedeltas(timedelta(0), timedelta(hours=6))


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-14T{clock}+08:00")


def armed(leg: Leg, earliest: datetime, latest: datetime) -> Obligation:
    due = due_times(leg, earliest=earliest, latest=latest)
    return Obligation(
        anchor_earliest=earliest,
        anchor_latest=latest,
        urgent_target_at=due.urgent_target_at,
        urgent_limit_at=due.urgent_limit_at,
        target_at=due.target_at,
        limit_at=due.limit_at,
    )


@pytest.mark.clause(101)
def test_phone_stages_of_an_occurrence_at_ten() -> None:
    assert stage_times(armed(PHONE, at("10:00"), at("10:00"))) == [
        (StageCode.REMINDER, at("10:15")),
        (StageCode.TARGET_MISSED, at("10:31")),
        (StageCode.LIMIT_PASSED, at("11:01")),
    ]


@pytest.mark.clause(102)
def test_written_stages_of_an_occurrence_at_ten() -> None:
    assert stage_times(armed(WRITTEN, at("10:00"), at("10:00"))) == [
        (StageCode.REMINDER, at("10:30")),
        (StageCode.TARGET_MISSED, at("11:01")),
        (StageCode.LIMIT_PASSED, at("12:01")),
    ]


@pytest.mark.clause(101, 102)
def test_seconds_of_the_occurrence_do_not_shorten_the_hour() -> None:
    due = due_times(PHONE, earliest=at("10:00:40"), latest=at("10:00:40"))
    assert due.limit_at == at("11:00:40")
    assert dict(stage_times(armed(PHONE, at("10:00:40"), at("10:00:40"))))[StageCode.LIMIT_PASSED] == at(
        "11:01"
    )


@pytest.mark.clause(101)
def test_of_an_uncertain_occurrence_urgency_takes_the_earliest_and_breach_the_latest() -> None:
    due = due_times(PHONE, earliest=at("10:00"), latest=at("10:40"))
    assert (due.urgent_target_at, due.urgent_limit_at) == (at("10:30"), at("11:00"))
    assert (due.target_at, due.limit_at) == (at("11:10"), at("11:40"))
    stages = dict(stage_times(armed(PHONE, at("10:00"), at("10:40"))))
    assert stages[StageCode.REMINDER] == at("10:15")
    assert stages[StageCode.LIMIT_PASSED] == at("11:41")


@pytest.mark.clause(93)
def test_a_duty_without_hours_has_no_due_time_and_no_stage() -> None:
    obligation = armed(NOTIFY_AT_ONCE, at("10:00"), at("10:00"))
    assert obligation.target_at is obligation.limit_at is obligation.urgent_limit_at is None
    assert stage_times(obligation) == []


@pytest.mark.clause(101, 102)
@pytest.mark.parametrize(
    ("stamp", "in_time", "late_min"),
    [
        ("10:59:59.999999", True, 0),
        ("11:00:00", True, 0),
        ("11:00:59.999999", True, 0),
        ("11:01:00", False, 1),
        ("11:01:59", False, 1),
        ("12:00:00", False, 60),
    ],
)
def test_a_limit_of_eleven_is_met_to_the_last_second_of_its_minute(
    stamp: str, in_time: bool, late_min: int
) -> None:
    assert is_in_time(at(stamp), at("11:00:00")) is in_time
    assert is_in_time(at(stamp), at("11:00:30")) is in_time
    assert minutes_late(at(stamp), at("11:00:30")) == late_min


@given(due=instants)
def test_the_first_late_instant_is_late_and_the_one_before_is_not(due: datetime) -> None:
    assert not is_in_time(late_from(due), due)
    assert is_in_time(late_from(due) - timedelta(microseconds=1), due)


@given(stamp=instants, due=instants)
def test_late_means_at_least_a_minute(stamp: datetime, due: datetime) -> None:
    assert is_in_time(stamp, due) == (minutes_late(stamp, due) == 0) == (stamp < late_from(due))


@given(earliest=instants, span=spans, leg=st.sampled_from([PHONE, WRITTEN]))
def test_stages_fall_due_one_after_the_other(earliest: datetime, span: timedelta, leg: Leg) -> None:
    obligation = armed(leg, earliest, earliest + span)
    instants_due = [due for _stage, due in stage_times(obligation)]
    assert instants_due == sorted(set(instants_due))
    assert instants_due[0] > earliest
    assert obligation.urgent_limit_at is not None
    assert obligation.limit_at is not None
    assert obligation.urgent_limit_at <= obligation.limit_at < instants_due[-1]
