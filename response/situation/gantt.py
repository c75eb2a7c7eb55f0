"""The clocks as bars on one axis of time: from the start over the target to the limit, and what is past it (5.1(8), A19)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from reporting.clocks import late_from
from reporting.leg_view import LegView

SHOWN: Final = 60
# What lies further back or ahead is cut off at the edge and told in words.
LONGEST_BACK: Final = timedelta(hours=6)
LONGEST_AHEAD: Final = timedelta(hours=6)
LEAST_AHEAD: Final = timedelta(minutes=30)
STEPS: Final = tuple(timedelta(minutes=minutes) for minutes in (10, 30, 60, 120))
MOST_TICKS: Final = 7


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar in percent of the axis: `to_target`, `to_limit`, `over` the limit, or `open` without hours."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """One leg's bar."""

    leg: LegView
    parts: Sequence[Part]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Gantt:
    """All bars, the axis below them, where now is; `hidden` legs have no room."""

    rows: Sequence[Row]
    ticks: Sequence[tuple[float, datetime]]
    now: float
    hidden: int


def gantt(legs: Sequence[LegView], at: datetime) -> Gantt:
    """Draw the legs in the order given, on an axis that holds all of them as far as its bounds go."""
    shown = legs[:SHOWN]
    starts = [leg.obligation.anchor_latest for leg in shown]
    ends = [leg.obligation.limit_at for leg in shown if leg.obligation.limit_at is not None]
    west = max(min([*starts, at]), at - LONGEST_BACK)
    east = min(max([*ends, at + LEAST_AHEAD]), at + LONGEST_AHEAD)
    axis = _Axis(west, east)
    rows = [
        Row(leg, list(_parts(leg, axis, at)), is_cut=leg.obligation.anchor_latest < west) for leg in shown
    ]
    return Gantt(rows, axis.ticks(), axis.place(at), len(legs) - len(shown))


@dataclass(frozen=True, slots=True)
class _Axis:
    west: datetime
    east: datetime

    def place(self, moment: datetime) -> float:
        """Return where a moment stands, in percent; what lies outside stands at the edge."""
        share = (moment - self.west) / (self.east - self.west)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def ticks(self) -> list[tuple[float, datetime]]:
        """Return the round moments of the axis, as many as can be read."""
        whole = self.east - self.west
        step = next((step for step in STEPS if whole / step <= MOST_TICKS), STEPS[-1])
        midnight = self.west.replace(hour=0, minute=0, second=0, microsecond=0)
        first = midnight + step * -(-(self.west - midnight) // step)
        return [
            (self.place(first + step * n), first + step * n) for n in range((self.east - first) // step + 1)
        ]


def _parts(leg: LegView, axis: _Axis, at: datetime) -> Iterator[Part]:
    own = leg.obligation
    if own.limit_at is None:
        yield from _part("open", own.anchor_latest, at, axis)
        return
    target = own.target_at or own.limit_at
    yield from _part("to_target", own.anchor_latest, target, axis)
    yield from _part("to_limit", target, own.limit_at, axis)
    # The minute of the limit is still within it (A58).
    if late_from(own.limit_at) <= at:
        yield from _part("over", own.limit_at, at, axis)


def _part(kind: str, since: datetime, until: datetime, axis: _Axis) -> Iterator[Part]:
    x, end = axis.place(since), axis.place(until)
    if end > x:
        yield Part(kind, x, round(end - x, 2))
