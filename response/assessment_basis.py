"""What an assessment rests on and what rests on it: the facts each figure counted, the levels fixed on it (6.1, A14)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from incidents.counting import COUNTED_KINDS
from incidents.models import AssessmentRecord, Fact, FactKind
from response.models import AssessmentReport, ExpertAppointment, LevelBasis
from response.policies.assessment import counts_what_stands


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure or finding of an assessment, and the facts it was counted from; `total` where people are counted."""

    label: str
    total: int | None
    facts: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Basis:
    """What the latest assessment counted, figure by figure, whether that still stands, and the levels fixed on it."""

    figures: Sequence[Figure]
    is_current: bool
    levels: Sequence[LevelBasis]


def basis_of(report: AssessmentReport | None, now: AssessmentRecord | None) -> Basis:
    """Return what the latest assessment rests on and supports; nothing without one."""
    if report is None:
        return Basis((), True, ())
    levels = LevelBasis.objects.filter(report=report).select_related("confirmation", "organisation")
    return Basis(figures_of(report.record), counts_what_stands(report, now), list(levels.order_by("pk")))


def figures_of(record: AssessmentRecord) -> list[Figure]:
    """Return the figures of what the machine counted, each with its facts as they were stated (6.1)."""
    facts = Fact.objects.filter(pk__in=record.fact_ids).select_related("source").order_by("kind", "pk")
    return [
        _figure(record, FactKind(kind), list(group)) for kind, group in groupby(facts, lambda one: one.kind)
    ]


def _figure(record: AssessmentRecord, kind: FactKind, facts: Sequence[Fact]) -> Figure:
    total = record.counted.get(kind.value) if kind in COUNTED_KINDS else None
    return Figure(str(kind.label), total, facts)


def experts_of(family: Iterable[int]) -> list[ExpertAppointment]:
    """Return who was appointed to advise, in order (3.4.6)."""
    found = ExpertAppointment.objects.filter(incident__in=list(family))
    return list(found.select_related("expert").order_by("pk"))
