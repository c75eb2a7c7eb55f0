"""6.4.2(1) is judged to the minute, and what can't be judged is never met (A3, A33)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from plan.agents import Evidence, agents
from plan.recovery import Judgement, Patients, Recovery, judge, longest_incubation
from plan.termination import Finding

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WELL: dict[str, Any] = {
    "reported": 10,
    "known": 10,
    "untraced": 0,
    "all_treated": True,
    "stable_since": NOON,
    "last_onset_at": NOON - 72 * HOUR,
    "incubation": 72 * HOUR,
}


def judged(after: timedelta, **changes: Any) -> Judgement:
    return judge(Patients(**{**WELL, **changes}), NOON + after)


@pytest.mark.clause(152)
def test_exactly_twenty_four_hours_stable_are_enough() -> None:
    assert judged(24 * HOUR - MINUTE).missing == (Finding.STABLE_24H,)
    assert judged(24 * HOUR).state is Recovery.MET
    assert judged(24 * HOUR - MINUTE).earliest_at == NOON + 24 * HOUR


@pytest.mark.clause(154)
def test_the_last_minute_of_the_incubation_still_counts_as_waiting() -> None:
    late = {"last_onset_at": NOON - 24 * HOUR}
    assert judged(48 * HOUR - MINUTE, **late).missing == (Finding.INCUBATION_PASSED,)
    assert judged(48 * HOUR, **late).state is Recovery.MET
    assert judged(HOUR, **late).earliest_at == NOON + 48 * HOUR


@pytest.mark.clause(152)
def test_a_relapse_starts_the_twenty_four_hours_again() -> None:
    assert judged(24 * HOUR, stable_since=NOON + HOUR).state is Recovery.NOT_YET
    assert judged(25 * HOUR, stable_since=NOON + HOUR).state is Recovery.MET


@pytest.mark.clause(153, 154)
def test_a_later_exposure_counts_where_experts_say_so() -> None:
    later = {"last_exposure_at": NOON}
    assert judged(72 * HOUR - MINUTE, **later).state is Recovery.NOT_YET
    assert judged(72 * HOUR, **later).state is Recovery.MET


@pytest.mark.clause(151)
def test_all_must_be_treated() -> None:
    assert judged(24 * HOUR, all_treated=False).missing == (Finding.ALL_TREATED,)


@pytest.mark.clause(151, 152, 153, 154)
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"untraced": 1}, "失去联系"),
        ({"known": 11}, "新的患者"),
        ({"stable_since": None}, "病情稳定"),
        ({"last_onset_at": None}, "末例"),
        ({"incubation": None}, "致病因子不明"),
    ],
)
def test_what_cannot_be_judged_is_never_met(change: dict[str, Any], reason: str) -> None:
    judgement = judged(10_000 * HOUR, **change)
    assert judgement.state is Recovery.CANNOT_JUDGE
    assert reason in judgement.reasons_zh[0]


@pytest.mark.clause(151)
def test_without_patients_it_is_not_met_vacuously() -> None:
    assert judged(24 * HOUR, reported=0, known=0).state is Recovery.NO_PATIENTS


@pytest.mark.clause(154)
def test_the_tables_incubation_needs_an_expert_where_it_was_not_seen() -> None:
    seen = next(agent for agent in agents().values() if agent.evidence is Evidence.SEEN)
    doubtful = next(agent for agent in agents().values() if agent.needs_expert)
    assert longest_incubation(seen, None, is_confirmed=False) == seen.longest
    assert longest_incubation(doubtful, None, is_confirmed=False) is None
    assert longest_incubation(doubtful, None, is_confirmed=True) == doubtful.longest
    assert longest_incubation(None, None, is_confirmed=True) is None
    assert longest_incubation(seen, 5 * HOUR, is_confirmed=True) == 5 * HOUR
