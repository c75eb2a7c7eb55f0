"""The epidemic curve as a drawing: primary cases above the line, secondary below; patterns tell the groups apart."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.moments import day, time_of_day
from incidents.epi.curve import NINGBO, Bin, Curve

# Sizes in the drawing's own units.
COLUMN, ABOVE, BELOW, LEFT, TOP, FOOT = 22, 150, 50, 36, 34, 34
PATTERNS = 6
LABELS = 12


@dataclass(frozen=True, slots=True)
class Segment:
    """One group's cases of one bin."""

    x: float
    y: float
    height: float
    width: float
    pattern: int
    count: int


@dataclass(frozen=True, slots=True)
class Band:
    """A window marked along the time."""

    kind: str
    label: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template draws, and the table that says the same."""

    curve: Curve
    groups: Sequence[str]
    totals: Sequence[tuple[str, int, int, int]]
    segments: Sequence[Segment]
    bands: Sequence[Band]
    ticks: Sequence[tuple[float, str]]
    most: int
    width: float
    height: float
    base: float
    top: float
    left: float

    @property
    def rows(self) -> Sequence[Bin]:
        """The bins in which somebody fell ill."""
        return [each for each in self.curve.bins if sum(each.primary.values()) + sum(each.secondary.values())]


def drawing(
    curve: Curve, groups: Sequence[str], windows: Sequence[tuple[str, str, datetime, datetime]]
) -> Drawing:
    """Return a curve as it is drawn; a window is its kind, its label, its first and its last moment."""
    most = max((sum(each.primary.values()) for each in curve.bins), default=0)
    least = max((sum(each.secondary.values()) for each in curve.bins), default=0)
    unit = min(ABOVE / max(most, 1), BELOW / max(least, 1), COLUMN - 2)
    base = TOP + unit * max(most, 1)
    primary, secondary = _sums(curve, of_secondary=False), _sums(curve, of_secondary=True)
    return Drawing(
        curve=curve,
        groups=groups,
        totals=[
            (name, index % PATTERNS, primary[name], secondary[name]) for index, name in enumerate(groups)
        ],
        segments=list(_segments(curve, groups, unit, base)),
        bands=[band for each in windows if (band := _band(curve, *each)) is not None],
        ticks=_ticks(curve),
        most=most,
        width=LEFT + COLUMN * len(curve.bins) + 12,
        height=base + unit * least + FOOT,
        base=base,
        top=TOP,
        left=LEFT,
    )


def _sums(curve: Curve, *, of_secondary: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in curve.bins:
        found.update(each.secondary if of_secondary else each.primary)
    return found


def _segments(curve: Curve, groups: Sequence[str], unit: float, base: float) -> Iterator[Segment]:
    for index, each in enumerate(curve.bins):
        x, up, down = LEFT + COLUMN * index + 1, base, base
        for number, name in enumerate(groups):
            pattern = number % PATTERNS
            if count := each.primary.get(name, 0):
                up -= unit * count
                yield Segment(x, up, unit * count, COLUMN - 2, pattern, count)
            if count := each.secondary.get(name, 0):
                yield Segment(x, down, unit * count, COLUMN - 2, pattern, count)
                down += unit * count


def _band(curve: Curve, kind: str, label: str, first: datetime, last: datetime) -> Band | None:
    """Return a window as far as the drawing reaches; nothing of one that lies outside."""
    begins, ends = max(first, curve.starts_at), min(last, curve.ends_at)
    if begins > ends:
        return None
    x = _x(curve, begins)
    return Band(kind, label, x, max(_x(curve, ends) - x, 2))


def _x(curve: Curve, moment: datetime) -> float:
    return LEFT + COLUMN * ((moment - curve.starts_at) / timedelta(hours=curve.size_h))


def _ticks(curve: Curve) -> list[tuple[float, str]]:
    """Return where hours are written below the line; at midnight the day, and no more than can be read."""
    step = max(2, -(-len(curve.bins) // LABELS))
    found = []
    for index in range(0, len(curve.bins), step):
        starts_at = curve.bins[index].starts_at
        is_midnight = starts_at.astimezone(NINGBO).hour == 0
        said = day(starts_at) if is_midnight else time_of_day(starts_at)
        found.append((float(LEFT + COLUMN * index), said))
    return found
