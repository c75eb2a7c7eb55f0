"""The way to a response of the city, step by step, and how long each step waited for (6.2.1–6.2.3).

6.2.1 says 立即 twice and names no number: the time between the steps is shown, and judged by nobody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from incidents.models import LevelConfirmation
from plan.levels import ResponseLevel
from reporting.clocks import minutes_after
from response.doings.activating import due_level
from response.doings.doing import Target
from response.models import Decision, Step
from response.policies.rounds import (
    ACTIVATIONS,
    latest,
    standing_approval,
    standing_weighing,
    this_round,
)
from response.selectors.running import settled_among


@dataclass(frozen=True, slots=True)
class Passed:
    """One step, by the act that takes it: taken, owed without being a gate, or still missing.

    after: how many minutes after the step before it was taken, or has been missing by now (A58).
    """

    label_zh: str
    slug: str
    decision: Decision | None
    taken_at: datetime | None
    is_gate: bool = True
    after: timedelta | None = None

    @property
    def is_taken(self) -> bool:
        """Whether it was taken."""
        return self.taken_at is not None


@dataclass(frozen=True, slots=True)
class Way:
    """The steps to one level; `is_over` once the response runs there."""

    level: ResponseLevel
    steps: tuple[Passed, ...]
    is_over: bool = False


def way_of(target: Target) -> Way | None:
    """Return the way to the level the city would start next, or that it took to where it runs.

    None by another way (1.3), and once the city's response ended and nothing has come since (6.4.2).
    """
    level = due_level(target)
    running = ResponseLevel(target.city.level) if target.city is not None else None
    if running is not None and running.at_least(level):
        acted = latest(this_round(target.decisions), ACTIVATIONS[running], Step.ACT)
        return _way(target, running, acted) if acted is not None else None
    if settled_among([target.incident.pk]):
        return None
    return _way(target, level, None)


def _way(target: Target, level: ResponseLevel, acted: Decision | None) -> Way:
    steps = tuple(_timed(_steps(target, level, acted), target.at))
    return Way(level, steps, is_over=acted is not None)


def _steps(target: Target, level: ResponseLevel, acted: Decision | None) -> Iterator[Passed]:
    act, ours = ACTIVATIONS[level], this_round(target.decisions)
    if acted is None:
        fixed = target.incident.confirmations.order_by("pk").last()
        approval = standing_approval(ours, act)
    else:
        fixed = acted.confirmation
        approval = next((one for one in ours if one.pk == acted.rests_on_id), None)
    yield _fixed(fixed, level)
    yield _passed("提出启动申请", "apply-activation", latest(ours, act, Step.APPLY), is_gate=False)
    if level == ResponseLevel.I:
        yield _passed("综合评估影响及其趋势", "weigh", standing_weighing(ours))
    consent = "市政府批准" if level == ResponseLevel.I else "市政府同意"
    yield _passed(consent, "answer-activation", approval)
    yield _passed("启动", "activate", acted)


def _fixed(fixed: LevelConfirmation | None, level: ResponseLevel) -> Passed:
    is_so = fixed is not None and fixed.level == level
    taken_at = fixed.confirmed_at if fixed is not None and is_so else None
    return Passed("评估并核定级别", "confirm", None, taken_at)


def _passed(label_zh: str, slug: str, decision: Decision | None, *, is_gate: bool = True) -> Passed:
    return Passed(label_zh, slug, decision, decision.given_at if decision is not None else None, is_gate)


def _timed(steps: Iterable[Passed], at: datetime) -> Iterator[Passed]:
    """Say of each gate how long after the gate before it was taken; of the first that is missing, how long by now."""
    before: datetime | None = None
    for step in steps:
        if not step.is_gate:
            yield step
            continue
        passed = minutes_after(before, step.taken_at or at) if before is not None else None
        yield replace(step, after=timedelta(minutes=passed) if passed is not None else None)
        before = step.taken_at
