"""Targets of the house for what the plan gives no hours: shown beside the elapsed time, never in a verdict (A19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from plan.authority import ANSWERS_WITHOUT_HOURS
from plan.duties import without_hours
from plan.refusal import PlanRefusal
from plan.untimed import UNTIMED
from reporting.clocks import is_in_time
from reporting.follow_up import CLAUSE as FOLLOW_UP
from reporting.models import HouseTarget

LONGEST_MIN: Final = 30 * 24 * 60


@dataclass(frozen=True, slots=True)
class HouseClock:
    """A target of the house as it runs: until when, and whether it is over."""

    minutes: int
    due_at: datetime
    is_over: bool


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A duty without hours, and the target that the house set for it; None where it set none."""

    duty: str
    label: str
    target: HouseTarget | None

    @property
    def minutes(self) -> int | None:
        """The minutes set, None while it is off."""
        return self.target.minutes if self.target else None


def duties_without_hours() -> dict[str, str]:
    """Return what a target may be set for, by clause: the reports of 5.1 without hours, what 5.2 leaves owed, chapter 6, answers.

    Whoever lets an answer or a paper wait longer is reminded (A59).
    """
    return {
        **without_hours(),
        FOLLOW_UP: _("补报初报时尚不清楚的时间、地点、人数"),
        **{each.clause: f"{each.label_zh}（{each.urgency_zh}）" for each in UNTIMED},
        **ANSWERS_WITHOUT_HOURS,
    }


def target_rows() -> list[TargetRow]:
    """Return every duty without hours with its newest target."""
    newest = {row.duty: row for row in HouseTarget.objects.order_by("duty", "-pk").distinct("duty")}
    return [TargetRow(duty, label, newest.get(duty)) for duty, label in duties_without_hours().items()]


def targets() -> dict[str, int]:
    """Return the minutes of the targets that are on, by clause."""
    newest = HouseTarget.objects.order_by("duty", "-pk").distinct("duty").values_list("duty", "minutes")
    return {duty: minutes for duty, minutes in newest if minutes is not None}


def house_clock(
    known: Mapping[str, int], clause: str, *, start: datetime, until: datetime
) -> HouseClock | None:
    """Return how the house's target stands that runs from a start; None where it is off (A19)."""
    minutes = known.get(clause)
    if minutes is None:
        return None
    due_at = start + timedelta(minutes=minutes)
    return HouseClock(minutes, due_at, is_over=not is_in_time(until, due_at))


def check_can_be_target(duty: str, minutes: int | None) -> None:
    """Raise a refusal (422) unless the plan gives this duty no hours and the minutes can be a target (A19)."""
    if duty not in duties_without_hours():
        raise PlanRefusal(
            _("预案对这项义务已定时限，不能另设内部目标。"), clause="5.1", code="duty_has_hours"
        )
    if minutes is not None and not 0 < minutes <= LONGEST_MIN:
        raise PlanRefusal(
            _("内部目标须为1至%(most)d分钟；留空即为不设。") % {"most": LONGEST_MIN},
            clause=duty,
            code="house_target_out_of_range",
        )
