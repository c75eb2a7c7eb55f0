"""The course of each patient, told by what happened to them (预案 6.4.2(1)): a relapse starts their 24 hours again (A33)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from plan.labelled import Labelled
from plan.recovery import Patients
from plan.termination import STABLE_FOR


class Turn(Labelled):
    """What may happen to a patient."""

    FELL_ILL = "fell_ill", "发病"
    TREATED = "treated", "开始救治"
    STABLE = "stable", "病情稳定"
    RELAPSED = "relapsed", "病情反复"
    RECOVERED = "recovered", "治愈或出院"
    DIED = "died", "死亡"
    LOST = "lost", "失去联系"
    FOUND = "found", "恢复联系"
    TRANSFERRED = "transferred", "转院"


class Standing(Labelled):
    """How a patient stands, in the order in which they hold up the end."""

    LOST = "lost", "失去联系"
    UNTREATED = "untreated", "尚未救治"
    UNSTABLE = "unstable", "病情尚未稳定"
    SETTLING = "settling", "稳定未满24小时"
    SETTLED = "settled", "稳定满24小时"
    RECOVERED = "recovered", "治愈或出院"
    DIED = "died", "死亡"


@dataclass(frozen=True, slots=True)
class Course:
    """One patient: when they fell ill, were treated, since when they are stable, whether they are lost, how it ended.

    Of two records of one patient the later onset counts: waiting longer is the safe side.
    """

    onset_at: datetime | None = None
    treated_at: datetime | None = None
    stable_since: datetime | None = None
    is_lost: bool = False
    outcome: Turn | None = None

    @property
    def stable_at(self) -> datetime | None:
        """When the 24 hours are over, exactly 24 counting (A3)."""
        return self.stable_since + STABLE_FOR if self.stable_since is not None else None

    def standing(self, at: datetime) -> Standing:
        """Return how the patient stands at an instant."""
        if self.is_lost:
            return Standing.LOST
        if self.outcome is Turn.DIED:
            return Standing.DIED
        if self.treated_at is None:
            return Standing.UNTREATED
        if self.stable_at is None:
            return Standing.UNSTABLE
        if at < self.stable_at:
            return Standing.SETTLING
        return Standing.RECOVERED if self.outcome is Turn.RECOVERED else Standing.SETTLED


def course_of(turns: Iterable[tuple[Turn, datetime]]) -> Course:
    """Tell a patient's course from what happened to them, in the order in which it happened."""
    course = Course()
    for turn, when in turns:
        course = _after(course, turn, when)
    return course


def _after(course: Course, turn: Turn, when: datetime) -> Course:
    if turn is Turn.FELL_ILL:
        return replace(course, onset_at=max(filter(None, (course.onset_at, when))))
    if turn is Turn.LOST:
        return replace(course, is_lost=True)
    if turn is Turn.TRANSFERRED:
        return course
    treated_at, stable_since = course.treated_at or when, course.stable_since or when
    changes: dict[Turn, dict[str, Any]] = {
        Turn.TREATED: {"treated_at": treated_at},
        Turn.STABLE: {"stable_since": stable_since},
        Turn.RELAPSED: {"stable_since": None, "outcome": None},
        Turn.RECOVERED: {"treated_at": treated_at, "stable_since": stable_since, "outcome": turn},
        Turn.DIED: {"treated_at": treated_at, "outcome": turn},
        Turn.FOUND: {},
    }
    return replace(course, is_lost=False, **changes[turn])


def patients_of(
    courses: Collection[Course],
    *,
    known: int,
    last_onset_at: datetime | None = None,
    last_exposure_at: datetime | None = None,
    incubation: timedelta | None,
) -> Patients:
    """Return what 6.4.2(1) asks about patients who are on record one by one.

    known: how many the incident's facts count; last_onset_at: the last that any line list names. The dead need not be
    stable; one patient without an onset leaves the last one unknown.
    """
    alive = [each for each in courses if each.outcome is not Turn.DIED]
    stable = [each.stable_since for each in alive if each.stable_since is not None]
    onsets = [each.onset_at for each in courses if each.onset_at is not None]
    unstable = len(alive) - len(stable)
    is_dated = len(onsets) == len(courses)
    return Patients(
        reported=len(courses),
        known=known,
        untraced=sum(each.is_lost for each in courses),
        all_treated=all(each.treated_at is not None for each in courses),
        stable_since=None if unstable else max(stable, default=None),
        last_onset_at=max([*onsets, *filter(None, [last_onset_at])]) if is_dated else None,
        last_exposure_at=last_exposure_at,
        incubation=incubation,
        unstable=unstable,
        is_each=True,
    )
