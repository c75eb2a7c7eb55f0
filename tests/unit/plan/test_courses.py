"""Each patient is told by what happened to them: a relapse starts their own 24 hours again, and one holds up all (A33)."""

from datetime import UTC, datetime, timedelta

import pytest

from plan.courses import Course, Standing, Turn, course_of, patients_of
from plan.recovery import Judgement, Recovery, judge
from plan.termination import Finding

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DAY = 24 * HOUR
# Ill at midnight, treated an hour later, stable at noon.
WELL = ((Turn.FELL_ILL, NOON - 12 * HOUR), (Turn.TREATED, NOON - 11 * HOUR), (Turn.STABLE, NOON))


def course(*more: tuple[Turn, datetime]) -> Course:
    return course_of([*WELL, *more])


def judged(*courses: Course, at: datetime, known: int = 0, incubation: timedelta | None = HOUR) -> Judgement:
    return judge(patients_of(courses, known=known, incubation=incubation), at)


@pytest.mark.clause(152)
def test_one_patients_last_minute_holds_up_all() -> None:
    late = course_of([*WELL[:2], (Turn.STABLE, NOON + HOUR)])
    both = (course(), late)
    assert judged(*both, at=NOON + DAY + HOUR - MINUTE).missing == (Finding.STABLE_24H,)
    met = judged(*both, at=NOON + DAY + HOUR)
    assert (met.state, met.earliest_at) == (Recovery.MET, NOON + DAY + HOUR)


@pytest.mark.clause(152)
def test_a_relapse_restarts_that_patient_and_a_second_stable_does_not_move_the_first() -> None:
    again = course((Turn.STABLE, NOON + 5 * HOUR))
    assert again.stable_since == NOON
    relapsed = course((Turn.RELAPSED, NOON + 20 * HOUR))
    assert judged(relapsed, at=NOON + 9 * DAY).missing == (Finding.STABLE_24H,)
    assert judged(relapsed, at=NOON + 9 * DAY).earliest_at is None
    stable = course((Turn.RELAPSED, NOON + 20 * HOUR), (Turn.STABLE, NOON + 30 * HOUR))
    assert judged(stable, at=NOON + 54 * HOUR - MINUTE).state is Recovery.NOT_YET
    assert judged(stable, at=NOON + 54 * HOUR).state is Recovery.MET


@pytest.mark.clause(151)
def test_every_patient_must_be_treated() -> None:
    untreated = course_of([WELL[0], WELL[2]])
    assert judged(course(), untreated, at=NOON + DAY).missing == (Finding.ALL_TREATED,)
    assert untreated.standing(NOON) is Standing.UNTREATED


@pytest.mark.clause(151)
def test_a_lost_patient_cannot_be_judged_until_found() -> None:
    lost = course((Turn.LOST, NOON + HOUR))
    assert judged(lost, at=NOON + 9 * DAY).state is Recovery.CANNOT_JUDGE
    for turn in (Turn.FOUND, Turn.TREATED, Turn.RECOVERED, Turn.DIED):
        assert judged(course((Turn.LOST, NOON), (turn, NOON)), at=NOON + DAY).state is Recovery.MET


@pytest.mark.clause(151, 153)
def test_the_dead_need_not_be_stable_but_are_new_patients_for_a_day() -> None:
    fell_ill = NOON + 10 * HOUR
    dead = course_of([(Turn.FELL_ILL, fell_ill), (Turn.DIED, fell_ill + HOUR)])
    last_minute = fell_ill + DAY - MINUTE
    assert judged(course(), dead, at=last_minute).missing == (Finding.NO_NEW_ACUTE,)
    assert judged(course(), dead, at=fell_ill + DAY).state is Recovery.MET
    assert judged(dead, at=fell_ill + DAY).earliest_at == fell_ill + DAY


@pytest.mark.clause(154)
def test_the_last_onset_and_the_longest_incubation_hold_up_the_end() -> None:
    late = course_of([(Turn.FELL_ILL, NOON - HOUR), *WELL[1:]])
    due = NOON - HOUR + 72 * HOUR
    assert judged(course(), late, at=due - MINUTE, incubation=72 * HOUR).missing == (
        Finding.INCUBATION_PASSED,
    )
    assert judged(course(), late, at=due, incubation=72 * HOUR).state is Recovery.MET


@pytest.mark.clause(153, 154)
def test_a_patient_without_onset_or_not_on_record_and_an_unknown_agent_cannot_be_judged() -> None:
    undated = course_of(WELL[1:])
    for found in (
        judged(course(), undated, at=NOON + 9 * DAY),
        judged(course(), at=NOON + 9 * DAY, known=2),
        judged(course(), at=NOON + 9 * DAY, incubation=None),
    ):
        assert found.state is Recovery.CANNOT_JUDGE


@pytest.mark.clause(152)
def test_who_went_home_was_stable_at_the_latest_then() -> None:
    home = course_of([*WELL[:2], (Turn.RECOVERED, NOON)])
    assert home.standing(NOON + DAY - MINUTE) is Standing.SETTLING
    assert home.standing(NOON + DAY) is Standing.RECOVERED
    assert course((Turn.RECOVERED, NOON + HOUR)).stable_since == NOON
