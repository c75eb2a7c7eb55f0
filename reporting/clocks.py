"""When a leg falls due and when its stages do: arithmetic on instants, nothing else (预案 5.1(8); A18, A24, A48, A58)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from plan.duties import Leg
from reporting.models import Obligation, ObligationState, StageCode

MINUTE = timedelta(minutes=1)
# A house reminder, not from the plan: at half of the time that is striven for, or allowed where nothing is striven for.
REMINDER_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class DueTimes:
    """The instants of one leg, named like the fields of an obligation; None where the plan names no number (A19)."""

    urgent_target_at: datetime | None
    urgent_limit_at: datetime | None
    target_at: datetime | None
    limit_at: datetime | None


def due_times(leg: Leg, *, earliest: datetime, latest: datetime) -> DueTimes:
    """Return when a leg is due: urgency runs from the earliest 事发, breach from the latest (预案 5.1(8), A48)."""
    return DueTimes(
        urgent_target_at=leg.target_at(earliest),
        urgent_limit_at=leg.limit_at(earliest),
        target_at=leg.target_at(latest),
        limit_at=leg.limit_at(latest),
    )


def to_minute(instant: datetime) -> datetime:
    """Return the minute an instant lies in, as verdicts compare them (A58)."""
    return instant.replace(second=0, microsecond=0)


def is_in_time(stamp: datetime, due_at: datetime) -> bool:
    """Say whether a stamp meets a due time: its minute is no later than the due minute (A18, A58)."""
    return to_minute(stamp) <= to_minute(due_at)


def late_from(due_at: datetime) -> datetime:
    """Return the first instant that is too late for a due time: the start of the next minute (A58)."""
    return to_minute(due_at) + MINUTE


def minutes_after(start_at: datetime, stamp: datetime) -> int:
    """Return how many minutes after a start a stamp lies, 0 if not after it (A58)."""
    return max(0, (to_minute(stamp) - to_minute(start_at)) // MINUTE)


def minutes_late(stamp: datetime, due_at: datetime) -> int:
    """Return by how many minutes a stamp is too late for a due time, 0 if it is in time (A58)."""
    return minutes_after(due_at, stamp)


def stage_times(obligation: Obligation, *, is_excused: bool = False) -> list[tuple[StageCode, datetime]]:
    """Return the stages of a clock in the order they fall due; none where the plan names no number (预案 5.1(8), A58).

    An excused leg breaks no limit (A23), so that none is said to have passed.
    """
    times: list[tuple[StageCode, datetime]] = []
    urgent_at = obligation.urgent_target_at or obligation.urgent_limit_at
    if urgent_at is not None:
        reminder_at = obligation.anchor_earliest + (urgent_at - obligation.anchor_earliest) * REMINDER_SHARE
        times.append((StageCode.REMINDER, reminder_at))
    if obligation.target_at is not None:
        times.append((StageCode.TARGET_MISSED, late_from(obligation.target_at)))
    if obligation.limit_at is not None and not is_excused:
        times.append((StageCode.LIMIT_PASSED, late_from(obligation.limit_at)))
    return times


def next_stage(
    obligation: Obligation, fired: Collection[str], *, is_fulfilled: bool, is_excused: bool = False
) -> tuple[str, datetime | None]:
    """Return the stage that is still to fire and when it is due; nothing once the leg is closed or all have fired."""
    if is_fulfilled or obligation.state != ObligationState.ARMED:
        return "", None
    stages = stage_times(obligation, is_excused=is_excused)
    waiting = [(str(stage), due_at) for stage, due_at in stages if stage not in fired]
    return waiting[0] if waiting else ("", None)
