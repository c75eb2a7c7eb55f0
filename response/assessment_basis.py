"""What an assessment rests on and what rests on it: the facts that were counted, the levels fixed on it (6.1, A14)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from incidents.models import Fact, LevelConfirmation
from response.models import AssessmentReport, ExpertAppointment


@dataclass(frozen=True, slots=True)
class Basis:
    """The counted facts as they were stated, and each 核定 made since while no later assessment was there."""

    facts: Sequence[Fact]
    confirmations: Sequence[LevelConfirmation]


def basis_of(report: AssessmentReport | None, family: Iterable[int]) -> Basis:
    """Return what the latest assessment rests on and supports; nothing without one."""
    if report is None:
        return Basis((), ())
    facts = Fact.objects.filter(pk__in=report.record.fact_ids).select_related("source").order_by("kind", "pk")
    fixed = LevelConfirmation.objects.filter(incident__in=list(family), confirmed_at__gte=report.made_at)
    return Basis(list(facts), list(fixed.select_related("organisation").order_by("pk")))


def experts_of(family: Iterable[int]) -> list[ExpertAppointment]:
    """Return who was appointed to advise, in order (3.4.6)."""
    found = ExpertAppointment.objects.filter(incident__in=list(family))
    return list(found.select_related("expert").order_by("pk"))
