"""From facts to numbers: who counted whom, so that nobody is counted twice (A12; architecture: counts)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from incidents.models import CountKind, Fact

COUNTED_KINDS = frozenset(
    {"illness_count", "death_count", "severe_count", "inpatient_count", "exposed_count"}
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people, the facts it was made from, and whether some may have been counted twice."""

    value: int
    fact_ids: tuple[int, ...]
    may_overlap: bool


def count(facts: Iterable[Fact], kind: str) -> Count | None:
    """Return the latest total by as-of time plus the counts it does not include; None when nothing was stated.

    Of each sender's own count the latest revision is taken. Where the total included an earlier revision, only the
    growth since is added. A merged incident's total that the latest does not name is added, like an own count (A56).
    What stands beside a total that does not name it may overlap, which a person settles.
    """
    stated = [fact for fact in facts if fact.kind == kind]
    if not stated:
        return None
    totals = _totals(stated)
    included = _included(totals[:1], stated)
    beside = [total for total in totals[1:] if total.statement_id not in included]
    included |= _included(beside, stated)
    used = [*totals[:1], *beside]
    value, may_overlap = sum(total.value for total in used), bool(beside)
    for revisions in _own_series(stated):
        latest = max(revisions, key=_recency)
        counted = [fact for fact in revisions if fact.statement_id in included]
        growth = max(0, latest.value - (max(counted, key=_recency).value if counted else 0))
        value += growth
        if growth or not counted:
            used.append(latest)
        may_overlap = may_overlap or bool(totals and not counted and growth)
    return Count(value, tuple(fact.pk for fact in used), may_overlap)


def _totals(stated: Sequence[Fact]) -> list[Fact]:
    """Return each incident's latest total, the latest of all first; parts of a merged one keep their own."""
    latest: dict[int, Fact] = {}
    for fact in sorted((fact for fact in stated if fact.count_kind == CountKind.TOTAL), key=_recency):
        latest[fact.incident_id] = fact
    return sorted(latest.values(), key=_recency, reverse=True)


def _included(totals: Sequence[Fact], stated: Sequence[Fact]) -> set[int]:
    """Return the statements these totals include, and what any total among those includes in turn."""
    included: set[int] = set()
    waiting = list(totals)
    while waiting:
        new = set(waiting.pop().includes) - included
        included |= new
        waiting += [fact for fact in stated if fact.statement_id in new]
    return included


def _own_series(stated: Sequence[Fact]) -> list[list[Fact]]:
    """Return each sender's revisions of one count; without a name of its own a count is one per incident (A56)."""
    series: dict[tuple[int | None, str | int], list[Fact]] = {}
    for fact in stated:
        if fact.count_kind != CountKind.TOTAL:
            series.setdefault((fact.source_id, fact.series or fact.incident_id), []).append(fact)
    return list(series.values())


def _recency(fact: Fact) -> tuple[object, int]:
    return fact.as_of, fact.pk
