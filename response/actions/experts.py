"""Keep the pool of experts, and appoint them to advise on an incident (3.4.6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.record import Entry, record
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from incidents.policies import check_is_open
from plan.refusal import PlanRefusal
from response.actions.deciding import lock_whole, write_down
from response.models import Expert, ExpertAppointment

CLAUSE = "3.4.6"


@transaction.atomic
def keep_expert(*, name: str, unit: str, field: str, by: Actor, at: datetime) -> Expert:
    """Put an expert into the pool (3.4.6). The same one twice is one.

    Refused: by another than 市食药安办 (403), without name, unit or field (422).
    """
    check_actor_may(by, Right.KEEP_EXPERTS)
    said = {"name": name.strip(), "unit": unit.strip(), "field": field.strip()}
    if not all(said.values()):
        raise PlanRefusal(_("请填写专家的姓名、单位和专业领域。"), clause=CLAUSE, code="expert_incomplete")
    defaults = {"field": said.pop("field"), "kept_by": by.ref, "kept_at": at}
    expert, is_new = Expert.objects.get_or_create(**said, left_at=None, defaults=defaults)
    if is_new:
        _write_down("response.keep_expert", expert, by, at)
    return expert


@transaction.atomic
def drop_expert(*, expert: Expert, by: Actor, at: datetime) -> Expert:
    """Take an expert out of the pool; appointments stay (3.4.6). Refused: by another than 市食药安办 (403)."""
    check_actor_may(by, Right.KEEP_EXPERTS)
    expert = Expert.objects.select_for_update().get(pk=expert.pk)
    if expert.left_at is None:
        expert.left_by, expert.left_at = by.ref, at
        expert.save()
        _write_down("response.drop_expert", expert, by, at)
    return expert


@transaction.atomic
def appoint_expert(*, incident: Incident, expert: Expert, by: Actor, at: datetime) -> ExpertAppointment:
    """Appoint an expert to advise on an incident (3.4.6), with or without a group (A60). Twice is once.

    Refused: by no office that assesses (403), for one who left the pool or on a closed incident (409).
    """
    incident = lock_whole(incident)
    office = check_actor_may_with(by, Right.ASSESS, incident)
    check_is_open(incident)
    if Expert.objects.get(pk=expert.pk).left_at is not None:
        raise PlanRefusal(_("这名专家已不在专家库中。"), clause=CLAUSE, code="expert_left", status=409)
    fields = {"organisation": office, "appointed_by": by.ref, "appointed_at": at}
    made, is_new = ExpertAppointment.objects.get_or_create(incident=incident, expert=expert, defaults=fields)
    if is_new:
        write_down(incident=incident, action="response.appoint_expert", rows=[made], by=by, at=at)
    return made


def _write_down(action: str, expert: Expert, by: Actor, at: datetime) -> None:
    record(
        Entry(
            chain="system",
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"expert:{expert.pk}",
            payload={},
        )
    )
