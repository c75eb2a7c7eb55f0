"""Whom 7.1 calls the insurance regulator, of which incidents it was told, and which it may therefore look at."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from aftermath.models import InsuranceNotice
from incidents.models import Incident, IncidentStatus
from incidents.selectors import incident_for, visible_incidents
from plan.aftermath import CLAUSE
from plan.levels import IncidentLevel
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal

# Older ones, from before the clock told of any, are told of by hand.
TOLD_WHILE_NEW = timedelta(days=30)
GRADED = [level.value for level in IncidentLevel if level.at_least(IncidentLevel.IV)]


def insurance_regulator() -> Organisation | None:
    """Return the insurance regulator on record."""
    return Organisation.objects.filter(kind=OfficeKind.INSURANCE_REGULATOR).order_by("pk").first()


def untold_incidents(at: datetime) -> QuerySet[Incident]:
    """Return the new open incidents from Ⅳ on, by either level, of which the insurance regulator was not told."""
    told = InsuranceNotice.objects.filter(incident=OuterRef("pk"))
    # An incident changed when it was opened at the latest: by that the index finds the new ones.
    rows = Incident.objects.filter(
        ~Exists(told),
        status=IncidentStatus.OPEN,
        opened_at__gt=at - TOLD_WHILE_NEW,
        changed_at__gt=at - TOLD_WHILE_NEW,
    )
    graded = rows.filter(proposed_level__in=GRADED) | rows.filter(confirmed_level__in=GRADED)
    return graded.order_by("pk")


def insured_incidents(actor: Actor) -> QuerySet[Incident]:
    """Return the incidents of which the insurance regulator was told, the latest first: all to it, to others those they see."""
    seen = Incident.objects.all() if _is_regulator(actor) else visible_incidents(actor)
    told = InsuranceNotice.objects.filter(incident=OuterRef("pk"))
    return seen.filter(Exists(told)).select_related("county", "zone", "place").order_by("-pk")


def incident_for_insurance(actor: Actor, number: str) -> Incident:
    """Return the incident whose insurance lists an actor may see: the regulator those it was told of, others by their right."""
    if not _is_regulator(actor):
        return incident_for(actor, number)
    found = insured_incidents(actor).filter(number=number).first()
    if found is None:
        raise PlanRefusal(
            _("没有这起事故，或未通知您单位。"),
            clause=CLAUSE,
            code="incident_not_found",
            status=404,
            next_step=_("请核对事故编号。"),
        )
    return found


def _is_regulator(actor: Actor) -> bool:
    return actor.organisation is not None and actor.organisation.kind == OfficeKind.INSURANCE_REGULATOR
