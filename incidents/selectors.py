"""What pages, feeds and actions read about incidents; every list starts from what the actor may see."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import actor_has, is_city_wide, own_county
from accounts.rights import Right
from incidents.models import AssessmentRecord, CaseDefinition, Fact, Incident, InvolvedCounty
from plan.refusal import PlanRefusal


def visible_incidents(actor: Actor) -> QuerySet[Incident]:
    """Return the incidents the actor's office may see: all for the city, those that involve it for a county."""
    if not actor_has(actor, Right.SEE_INCIDENTS):
        return Incident.objects.none()
    if is_city_wide(actor):
        return Incident.objects.all()
    involved = InvolvedCounty.objects.filter(incident=OuterRef("pk"), county=own_county(actor))
    return Incident.objects.filter(Exists(involved))


def incident_for(actor: Actor, number: str) -> Incident:
    """Return the incident of this number; a refusal (404) when there is none or the actor may not see it.

    The two cases read the same, so that a number tells nobody what they may not know.
    """
    incident = (
        visible_incidents(actor)
        .select_related("county", "zone", "place", "merged_into")
        .filter(number=number)
    )
    found = incident.first()
    if found is None:
        raise PlanRefusal(
            _("没有这起事故，或不在您单位的管辖范围内。"),
            clause="5.1(7)",
            code="incident_not_found",
            status=404,
            next_step=_("请核对事故编号，或从事故列表进入。")
            if actor.organisation is not None
            else _("您尚未选择职务：请先在右上角选择以哪个职务办理。"),
        )
    return found


def family_ids(incident: Incident) -> list[int]:
    """Return the ids of an incident and of those merged into it: their facts count as one (A12, A56)."""
    return [incident.pk, *Incident.objects.filter(merged_into=incident).values_list("pk", flat=True)]


def current_facts(incident_ids: Iterable[int]) -> QuerySet[Fact]:
    """Return the facts that stand: neither corrected nor withdrawn."""
    return Fact.objects.filter(
        incident__in=list(incident_ids), is_retraction=False, corrected_by__isnull=True
    ).order_by("pk")


def definitions_in_force(incident_ids: Iterable[int]) -> dict[int, CaseDefinition]:
    """Return the latest case definition of each of these incidents that has one, by incident (A12)."""
    rows = CaseDefinition.objects.filter(incident__in=list(incident_ids)).order_by("version")
    return {row.incident_id: row for row in rows}


def definition_in_force(incident: Incident) -> CaseDefinition | None:
    """Return the case definition an incident counts by: that of the whole it is part of (A12, A56)."""
    whole = incident.merged_into_id or incident.pk
    return definitions_in_force([whole]).get(whole)


def latest_assessment(incident: Incident) -> AssessmentRecord | None:
    """Return what the machine last proposed."""
    return incident.assessments.order_by("-pk").first()
