"""May this office enter patients, or read them one by one? Health, the medical group, and each hospital its own (6.3.1)."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import actor_has
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from incidents.selectors import family_ids, incident_for, visible_incidents
from plan.groups import Group
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from reporting.models import Report
from response.models import GroupMember, Patient, WorkingGroup

CLAUSE = "6.3.1"


def is_hospital(actor: Actor) -> bool:
    """Tell whether the actor acts for a hospital, which sees its own patients and nothing else."""
    return actor.organisation is not None and actor.organisation.kind == OfficeKind.HOSPITAL


def patients_incident_for(actor: Actor, number: str) -> Incident:
    """Return the incident; a hospital's only if it reported it or has patients of it on record (404 otherwise)."""
    if not is_hospital(actor):
        return incident_for(actor, number)
    incidents = Incident.objects.select_related("county", "zone", "place", "merged_into")
    found = incidents.filter(number=number).first()
    if found is not None and hospital_is_concerned(actor.organisation, found):
        return found
    return incident_for(actor, number)


def hospital_is_concerned(hospital: Organisation | None, incident: Incident) -> bool:
    """Tell whether a hospital reported an incident or has patients of it."""
    family = family_ids(incident)
    return (
        Report.objects.filter(incident__in=family, organisation=hospital).exists()
        or Patient.objects.filter(incident__in=family, hospital=hospital).exists()
    )


def check_actor_sees_patients(actor: Actor, incident: Incident) -> None:
    """Raise a refusal (403) unless the office enters patients, treats them or judges by them (6.3.1, 6.4.2(1))."""
    if is_hospital(actor) or actor_has(actor, Right.KEEP_PATIENTS) or actor_has(actor, Right.ASSESS):
        return
    if is_in_medical_group(actor, incident):
        return
    raise PlanRefusal(
        _("逐名患者的情况只供卫生健康部门、医疗救治组、收治医院和食药安办查看。"),
        clause=CLAUSE,
        code="patients_are_healths",
        status=403,
        next_step=_("患者总体情况见应急响应页面。"),
    )


def check_actor_keeps_patients(
    actor: Actor, incident: Incident, hospital: Organisation | None = None
) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it enters patients here, a hospital only its own (6.3.1).

    hospital: whose patients; None asks for the right to enter any at all.
    """
    office = actor.organisation
    if office is not None and is_hospital(actor):
        if hospital in {None, office} and hospital_is_concerned(office, incident):
            return office
    elif office is not None and is_in_medical_group(actor, incident):
        return office
    elif actor_has(actor, Right.KEEP_PATIENTS):
        return check_actor_may_with(actor, Right.KEEP_PATIENTS, incident)
    raise PlanRefusal(
        _("患者由收治医院、卫生健康部门或医疗救治组登记，医院只登记本院患者。"),
        clause=CLAUSE,
        code="patients_are_healths",
        status=403,
        next_step=_("请将情况告知卫生健康部门。"),
    )


def is_in_medical_group(actor: Actor, incident: Incident) -> bool:
    """Tell whether the office leads or is in the medical group of a running response (3.4.3)."""
    if actor.organisation is None or not visible_incidents(actor).filter(pk=incident.pk).exists():
        return False
    groups = WorkingGroup.objects.filter(
        group=Group.MEDICAL,
        headquarters__response__incident__in=family_ids(incident),
        stood_down_at__isnull=True,
    )
    members = GroupMember.objects.filter(group__in=groups, organisation=actor.organisation)
    return groups.filter(lead=actor.organisation).exists() or members.filter(left_at__isnull=True).exists()
