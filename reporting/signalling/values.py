"""The plain values of early detection: what is seen, what is usual, what is found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from reporting.signalling.parameters import (
    LOOKS_BACK,
    PRIOR_DAYS,
    PRIOR_MENTIONS,
    SEASON_DAYS,
    SEASON_PRIOR,
    USUAL_DAYS,
    SignalKind,
)

Stratum = tuple[str, str]
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One case, or one report of the public, as the method sees it.

    `traces` are what it was exposed to, each with the moment if it is known; `kin` are marks that two of one household
    share. Without a `syndrome` it is no patient and counts in no rise.
    """

    ref: str
    county: str
    seen_at: datetime
    traces: Mapping[str, datetime | None]
    kin: frozenset[str] = frozenset()
    person: str = ""
    syndrome: str = ""
    is_grave: bool = False

    def moment(self, trace: str) -> datetime:
        """When it was exposed, or when it was seen where nobody said."""
        return self.traces.get(trace) or self.seen_at


@dataclass(frozen=True, slots=True)
class History:
    """What is usual: how often each trace was named, the season's weight, and daily cases by stratum.

    days: since when cases are known, a year at most beside what is looked at now.
    """

    days: int = 0
    mentions: Mapping[str, int] = field(default_factory=dict)
    season: float = 1.0
    daily: Mapping[Stratum, Mapping[date, int]] = field(default_factory=dict)

    def expected(self, trace: str, window: timedelta) -> float:
        """How many households name this within a window by chance."""
        before = max(0, self.days - LOOKS_BACK // DAY)
        rate = (self.mentions.get(trace, 0) + PRIOR_MENTIONS) / (before + PRIOR_DAYS)
        return rate * max(self.season, 1.0) * (window / DAY)


@dataclass(frozen=True, slots=True)
class Finding:
    """Sightings that may be one outbreak, with why: how many units (households; persons of one household), how many by chance."""

    key: str
    kind: SignalKind
    refs: tuple[str, ...]
    units: int
    expected: float
    first_at: datetime
    last_at: datetime
    counties: frozenset[str]
    is_grave: bool


def season_of(lately: int, in_a_year: int, days: int) -> float:
    """Return how many times as many cases come now as in the year, which few cases alone can't say."""
    usual = in_a_year * min(SEASON_DAYS, days) / max(1, min(USUAL_DAYS, days))
    return (lately + SEASON_PRIOR) / (usual + SEASON_PRIOR)


def kind_of(trace: str) -> SignalKind:
    """Return what sort of thing a trace names."""
    return SignalKind(trace.partition("|")[0])


def rise_key(stratum: Stratum) -> str:
    """Return the name under which a stratum's rise is proposed."""
    return f"{SignalKind.RISE.value}|{stratum[0]}|{stratum[1]}"
