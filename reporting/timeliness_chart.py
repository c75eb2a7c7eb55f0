"""The bars of the timeliness page: one an office, as long as it has legs, cut into what became of them (预案 5.1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reporting.timeliness import Outcome, Tally, Timeliness

# A narrower part has no room for its number; the text beside the bar tells all of them.
NUMBERED_FROM: Final = 6.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: where it begins and how long it is, in percent of the longest bar."""

    outcome: Outcome
    count: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return self.x + self.width / 2

    @property
    def is_numbered(self) -> bool:
        """Whether its number fits in."""
        return self.width >= NUMBERED_FROM


@dataclass(frozen=True, slots=True)
class Bar:
    """One office's bar."""

    tally: Tally
    parts: Sequence[Part]


def bars(found: Timeliness) -> list[Bar]:
    """Return a bar for each office, in the order of the table beside it."""
    return [Bar(office, list(_parts(office, found.most))) for office in found.offices]


def _parts(office: Tally, most: int) -> Iterator[Part]:
    before = 0
    for outcome, count in office.columns:
        if count:
            yield Part(outcome, count, round(100 * before / most, 3), round(100 * count / most, 3))
            before += count
