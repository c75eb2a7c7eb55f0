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
    """Return the latest total by as-of time plus the own counts it does not include; None when nothing was stated.

    Of each sender's own count the latest revision is taken. Where the total included an earlier revision, only the
    growth since is added. Own counts beside a total that does not name them may overlap, which a person settles.
    """
    stated = [fact for fact in facts if fact.kind == kind]
    if not stated:
        return None
    total = max((fact for fact in stated if fact.count_kind == CountKind.TOTAL), key=_recency, default=None)
    included = set(total.includes) if total else set()
    value, used, may_overlap = (total.value, [total.pk], False) if total else (0, [], False)
    for revisions in _own_series(stated):
        latest = max(revisions, key=_recency)
        counted = [fact for fact in revisions if fact.statement_id in included]
        before = max(counted, key=_recency).value if counted else 0
        growth = max(0, latest.value - before)
        value += growth
        if growth or not counted:
            used.append(latest.pk)
        may_overlap = may_overlap or (total is not None and not counted and latest.value > 0)
    return Count(value, tuple(used), may_overlap)


def _own_series(stated: Sequence[Fact]) -> list[list[Fact]]:
    series: dict[tuple[int | None, str], list[Fact]] = {}
    for fact in stated:
        if fact.count_kind != CountKind.TOTAL:
            series.setdefault((fact.source_id, fact.series), []).append(fact)
    return list(series.values())


def _recency(fact: Fact) -> tuple[object, int]:
    return fact.as_of, fact.pk
