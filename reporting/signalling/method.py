"""The method of early detection, on plain values: what is shared by more households than chance brings together.

Shared exposures are tested one by one against how often each is named (Poisson); what no exposure explains is counted by
county, syndrome and day against the same weekday of the weeks before (the form of EARS C2).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from statistics import fmean, pstdev

from incidents.epi.curve import NINGBO
from reporting.signalling.parameters import (
    BASELINE_WEEKS,
    HOUSEHOLD_LEAST,
    HOUSEHOLD_LEAST_GRAVE,
    HOUSEHOLD_WINDOW,
    LEAST_DEVIATION,
    LEAST_WEEKS,
    LOOKS_BACK,
    RISES,
    SHARED,
    SharedRule,
    SignalKind,
    Syndrome,
)
from reporting.signalling.values import (
    DAY,
    Finding,
    History,
    Sighting,
    Stratum,
    kind_of,
    rise_key,
)


def find(
    sightings: Sequence[Sighting],
    history: History,
    *,
    asked: Collection[str],
    at: datetime,
    known: Collection[str] = (),
    explained: Collection[str] = (),
) -> list[Finding]:
    """Return what may be one outbreak each, the largest first, of equal ones what tells most: a place before a food.

    asked: the traces and strata of which everything is given, sightings and history; others are not looked at. known: traces
    of incidents under way, of which one more household is enough. explained: refs that other signals hold, which count in no
    rise.
    """
    found = [
        finding
        for trace, named in sorted(_by_trace(sightings, asked, at).items())
        if (finding := _shared(trace, named, history, is_known=trace in known)) is not None
    ]
    taken = {*explained, *(ref for finding in found for ref in finding.refs)}
    left = [each for each in sightings if _rising(each) in asked and each.ref not in taken]
    rank = {kind: number for number, kind in enumerate(SignalKind)}
    found += _rises(left, history, at)
    return sorted(found, key=lambda each: (-each.units, rank[each.kind], each.key))


def households(sightings: Iterable[Sighting]) -> list[int]:
    """Return for each sighting the number of its household: those who share a mark, directly or through others, are one."""
    parent: dict[str, str] = {}

    def root(mark: str) -> str:
        while parent.setdefault(mark, mark) != mark:
            parent[mark] = parent[parent[mark]]
            mark = parent[mark]
        return mark

    listed = list(sightings)
    for each in listed:
        for mark in _marks(each):
            parent[root(mark)] = root(each.ref)
    numbers: dict[str, int] = {}
    return [numbers.setdefault(root(each.ref), len(numbers)) for each in listed]


def tail(count: int, expected: float) -> float:
    """Return how likely chance brings so many or more (Poisson)."""
    term = below = math.exp(-expected)
    for number in range(1, count):
        term *= expected / number
        below += term
    return max(0.0, 1.0 - below) if count > 0 else 1.0


def threshold(usual: Sequence[int], deviations: float) -> float:
    """Return what a day may reach: the mean of its like and so many standard deviations, none smaller than chance makes."""
    mean = fmean(usual)
    return mean + deviations * max(pstdev(usual), math.sqrt(mean), LEAST_DEVIATION)


def _marks(sighting: Sighting) -> Iterable[str]:
    return (*sighting.kin, f"self|{sighting.person}") if sighting.person else sighting.kin


def _rising(sighting: Sighting) -> str:
    return rise_key((sighting.county, sighting.syndrome))


def _by_trace(
    sightings: Iterable[Sighting], asked: Collection[str], at: datetime
) -> dict[str, list[Sighting]]:
    named: dict[str, list[Sighting]] = defaultdict(list)
    for each in sightings:
        for trace in each.traces.keys() & asked:
            if at - LOOKS_BACK <= each.moment(trace):
                named[trace].append(each)
    return named


def _shared(trace: str, named: list[Sighting], history: History, *, is_known: bool) -> Finding | None:
    """Test one trace: the fullest window of it, and all that goes on from there without a gap as long."""
    kind = kind_of(trace)
    rule = SHARED.get(kind) or SharedRule(HOUSEHOLD_LEAST, HOUSEHOLD_WINDOW, 1.0)
    named = sorted(named, key=lambda each: each.moment(trace))
    moments = [each.moment(trace) for each in named]
    of_persons = kind == SignalKind.HOUSEHOLD
    units: list[object] = [each.person or each.ref for each in named] if of_persons else [*households(named)]
    most, first, last = _fullest(moments, units, rule.window)
    is_grave = of_persons and any(each.is_grave for each in named[first : last + 1])
    least = HOUSEHOLD_LEAST_GRAVE if is_grave else rule.least
    expected = 0.0 if of_persons else history.expected(trace, rule.window)
    if not is_known and (most < least or (not of_persons and tail(most, expected) >= rule.chance)):
        return None
    while first and moments[first] - moments[first - 1] <= rule.window:
        first -= 1
    while last + 1 < len(named) and moments[last + 1] - moments[last] <= rule.window:
        last += 1
    return _finding(trace, kind, named[first : last + 1], len(set(units[first : last + 1])), expected)


def _fullest(moments: Sequence[datetime], units: Sequence[object], window: timedelta) -> tuple[int, int, int]:
    """Return how many different units the fullest window holds, and its first and last place."""
    best, begin = (0, 0, 0), 0
    within: Counter[object] = Counter()
    for end, moment in enumerate(moments):
        within[units[end]] += 1
        while moment - moments[begin] > window:
            within[units[begin]] -= 1
            within += Counter()
            begin += 1
        if len(within) > best[0]:
            best = (len(within), begin, end)
    return best


def _rises(sightings: Iterable[Sighting], history: History, at: datetime) -> Iterable[Finding]:
    """Test today and yesterday of each stratum; what is still seen of yesterday comes late."""
    today = at.astimezone(NINGBO).date()
    by_day: dict[tuple[Stratum, date], list[Sighting]] = defaultdict(list)
    for each in sightings:
        by_day[(each.county, each.syndrome), each.seen_at.astimezone(NINGBO).date()].append(each)
    rising: dict[Stratum, list[Sighting]] = defaultdict(list)
    usual: dict[Stratum, float] = {}
    for (stratum, day), seen in sorted(by_day.items()):
        before = _usual(history.daily.get(stratum, {}), day, history.days)
        rule, count = RISES[Syndrome(stratum[1])], len(set(households(seen)))
        if day not in {today, today - DAY} or len(before) < LEAST_WEEKS or count < rule.least:
            continue
        if count > threshold(before, rule.deviations):
            rising[stratum] += seen
            usual[stratum] = usual.get(stratum, 0.0) + fmean(before)
    for stratum, seen in rising.items():
        units = len(set(households(seen)))
        yield _finding(rise_key(stratum), SignalKind.RISE, seen, units, usual[stratum])


def _usual(daily: Mapping[date, int], day: date, known_days: int) -> list[int]:
    """Return the cases of the same weekday in the weeks before, as far back as anything is known."""
    weeks = min(BASELINE_WEEKS, known_days // 7)
    return [daily.get(day - timedelta(weeks=week), 0) for week in range(1, weeks + 1)]


def _finding(
    key: str, kind: SignalKind, sightings: Sequence[Sighting], units: int, expected: float
) -> Finding:
    moments = [each.seen_at for each in sightings]
    return Finding(
        key=key,
        kind=kind,
        refs=tuple(each.ref for each in sightings),
        units=units,
        expected=expected,
        first_at=min(moments),
        last_at=max(moments),
        counties=frozenset(each.county for each in sightings),
        is_grave=any(each.is_grave for each in sightings),
    )
