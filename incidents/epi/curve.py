"""The epidemic curve: cases by the hours in which they fell ill, primary and secondary apart."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

# Bins begin at Ningbo's midnight of the first day whatever their size; summer times of the past don't move them.
NINGBO = timezone(timedelta(hours=8))
SIZES_H = tuple(range(1, 25))
# Those that a day divides by: of them one is chosen for a reader who chose none.
EVEN_H = (1, 2, 3, 4, 6, 8, 12, 24)
# Technical: a curve chosen for the reader has about this many bins, and none is drawn with more than the most.
FEW_BINS = 30
MOST_BINS = 240


@dataclass(frozen=True, slots=True)
class Onset:
    """When one person fell ill, in which group they are drawn, and whether they caught it from a patient."""

    at: datetime
    group: str
    is_secondary: bool = False


@dataclass(frozen=True, slots=True)
class Bin:
    """The cases of some hours, by group; the end is outside."""

    starts_at: datetime
    ends_at: datetime
    primary: Mapping[str, int]
    secondary: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Curve:
    """Bins without a gap; `earlier` cases lie before the first, because the drawing would be too long."""

    size_h: int
    bins: Sequence[Bin]
    earlier: int

    @property
    def starts_at(self) -> datetime:
        """Where the drawing begins."""
        return self.bins[0].starts_at

    @property
    def ends_at(self) -> datetime:
        """Where the drawing ends."""
        return self.bins[-1].ends_at


def curve(
    onsets: Sequence[Onset], *, size_h: int | None = None, also: Collection[datetime] = ()
) -> Curve | None:
    """Return the curve of these onsets, None without any; `also` are moments the drawing should reach."""
    if not onsets:
        return None
    moments = [*(onset.at for onset in onsets), *also]
    first, last = min(moments), max(moments)
    size = size_h or _few(first, last)
    start = _floor(first, size)
    width = timedelta(hours=size)
    number = (last - start) // width + 1
    if number > MOST_BINS:
        start, number = start + (number - MOST_BINS) * width, MOST_BINS
    placed: dict[int, list[Onset]] = defaultdict(list)
    for onset in onsets:
        placed[(onset.at - start) // width].append(onset)
    bins = [_bin(start + index * width, width, placed[index]) for index in range(number)]
    return Curve(size, bins, sum(len(found) for at, found in placed.items() if at < 0))


def _bin(start: datetime, width: timedelta, onsets: Sequence[Onset]) -> Bin:
    primary = dict(Counter(onset.group for onset in onsets if not onset.is_secondary))
    secondary = dict(Counter(onset.group for onset in onsets if onset.is_secondary))
    return Bin(start, start + width, primary, secondary)


def _few(first: datetime, last: datetime) -> int:
    """Return the smallest size that needs few bins."""
    fits = (size for size in EVEN_H if (last - first) / timedelta(hours=size) <= FEW_BINS)
    return next(fits, EVEN_H[-1])


def _floor(moment: datetime, size_h: int) -> datetime:
    local = moment.astimezone(NINGBO)
    return local.replace(hour=local.hour - local.hour % size_h, minute=0, second=0, microsecond=0)
