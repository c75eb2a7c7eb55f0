"""Which drills were held and when the next are due (9.2, A42)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import Jurisdiction, Organisation
from plan.readiness import FOOD_SAFETY_REGULATORS, next_drill_due
from readiness.models import HeldDrill


@dataclass(frozen=True, slots=True)
class DrillDue:
    """When the drill of one regulator is due; `last` is the one it counts from, None before its first."""

    organiser: Organisation
    last: HeldDrill | None
    due_on: date
    is_overdue: bool
    days_left: int


def drills_due(areas: Iterable[Jurisdiction], *, today: date) -> list[DrillDue]:
    """Return when each area's food-safety regulator owes its next drill (9.2, A42); enterprises' own drills count for nothing."""
    regulators = Organisation.objects.filter(
        kind__in=FOOD_SAFETY_REGULATORS, jurisdiction__in=[each.pk for each in areas]
    ).select_related("jurisdiction")
    held = HeldDrill.objects.filter(organiser__in=regulators, held_on__lte=today)
    last = {each.organiser_id: each for each in held.order_by("held_on", "pk")}
    return [_due(each, last.get(each.pk), today) for each in regulators.order_by("jurisdiction__code")]


def drills_of(area: Jurisdiction) -> QuerySet[HeldDrill]:
    """Return the drills held in an area by its regulator and its enterprises, the newest first."""
    here = Q(organiser__jurisdiction=area) | Q(enterprise__area=area)
    rows = HeldDrill.objects.filter(here).select_related("organiser", "enterprise", "evaluation")
    return rows.order_by("-held_on", "-pk")


def _due(organiser: Organisation, last: HeldDrill | None, today: date) -> DrillDue:
    due_on = next_drill_due(last.held_on if last else None)
    return DrillDue(organiser, last, due_on, is_overdue=today > due_on, days_left=(due_on - today).days)
