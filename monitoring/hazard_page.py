"""What the pages of hazards show: what was found, which duties are open and since when (4.1(f), A19)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.actors import Actor
from monitoring.models import FoodWarning, Hazard, HazardAct, HazardActKind
from monitoring.permissions import HEALTH, check_actor_can_monitor, visible_hazards, visible_warnings
from plan.monitoring import HazardDuty
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of

PER_PAGE: Final = 25
ENDS: Final = {HazardDuty.CONTROL: HazardActKind.CONTROL, HazardDuty.TELL_HEALTH: HazardActKind.TELL}


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a hazard: since when it is owed, and when it was done; the plan gives no hours (A19)."""

    duty: HazardDuty
    since: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class HazardPage:
    """One hazard as an office sees it."""

    hazard: Hazard
    duties: Sequence[Duty]
    acts: Sequence[HazardAct]
    warnings: Sequence[FoodWarning]
    is_withdrawn: bool
    is_finder: bool
    no_act: PlanRefusal | None


def duties_of(hazard: Hazard, acts: Iterable[HazardAct]) -> list[Duty]:
    """Return the two duties; the finder's own health office owes itself no notice (4.1(f))."""
    listed = list(acts)
    owed = [each for each in HazardDuty if not _is_health_itself(hazard, each)]
    return [Duty(each, hazard.found_at, _done(each, listed)) for each in owed]


def hazard_page(hazard: Hazard, actor: Actor) -> HazardPage:
    """Return everything an office is shown of a hazard."""
    rows = hazard.acts.select_related("organisation", "recipient").order_by("done_at", "pk")
    acts = list(rows)
    warnings = visible_warnings(actor).filter(hazard=hazard).order_by("pk")
    return HazardPage(
        hazard=hazard,
        duties=duties_of(hazard, acts),
        acts=acts,
        warnings=list(warnings),
        is_withdrawn=any(act.kind == HazardActKind.WITHDRAW for act in acts),
        is_finder=hazard.organisation == actor.organisation,
        no_act=refusal_of(partial(check_actor_can_monitor, actor, hazard.area)),
    )


def hazard_list(
    actor: Actor, *, is_open: bool, page: str
) -> tuple[Page[Any], list[tuple[Hazard, list[Duty]]]]:
    """Return a page of the hazards with an open duty, the longest found first; or of the rest, the latest first."""
    rows = visible_hazards(actor).filter(is_drill=False)
    rows = rows.filter(with_open_duty()) if is_open else rows.exclude(with_open_duty())
    ordered = rows.order_by("found_at", "pk") if is_open else rows.order_by("-found_at", "-pk")
    found = Paginator(
        ordered.select_related("area", "organisation").prefetch_related("acts__recipient"), PER_PAGE
    ).get_page(page)
    return found, [(each, duties_of(each, each.acts.all())) for each in found.object_list]


def with_open_duty() -> Q:
    """Return the condition that something is still owed about a hazard."""
    acts = HazardAct.objects.filter(hazard=OuterRef("pk"))
    told = acts.filter(kind=HazardActKind.TELL, recipient__kind__in=HEALTH)
    untold = ~Exists(told) & ~Q(organisation__kind__in=HEALTH)
    uncontrolled = ~Exists(acts.filter(kind=HazardActKind.CONTROL))
    return (untold | uncontrolled) & ~Exists(acts.filter(kind=HazardActKind.WITHDRAW))


def open_hazards(actor: Actor) -> QuerySet[Hazard]:
    """Return the hazards that the actor's own office found and still owes something about."""
    own = Hazard.objects.filter(with_open_duty(), organisation=actor.organisation)
    return own.prefetch_related("acts__recipient").order_by("found_at", "pk")


def _is_health_itself(hazard: Hazard, duty: HazardDuty) -> bool:
    return duty is HazardDuty.TELL_HEALTH and hazard.organisation.kind in HEALTH


def _done(duty: HazardDuty, acts: Sequence[HazardAct]) -> datetime | None:
    done = [act for act in acts if act.kind == ENDS[duty]]
    if duty is HazardDuty.TELL_HEALTH:
        done = [act for act in done if act.recipient and act.recipient.kind in HEALTH]
    return min((act.done_at for act in done), default=None)
