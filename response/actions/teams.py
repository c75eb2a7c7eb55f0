"""The work group at the scene, and the other things activation obliges to (6.2)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from response.actions.deciding import lock_response, office_of, write_down
from response.models import CommandAddressee, CommandKind, DutyCode, Response, ResponseDuty, SceneTeam, Track
from response.permissions import check_actor_may_on
from response.policies.command import check_can_settle, check_is_running

REPORTED: dict[str, DutyCode] = {
    OfficeKind.CITY_PARTY_COMMITTEE: DutyCode.REPORT_PARTY,
    OfficeKind.CITY_GOVERNMENT: DutyCode.REPORT_GOVERNMENT,
}


@transaction.atomic
def dispatch_team(
    *, response: Response, leader: str, members: Sequence[str], left_at: datetime, by: Actor, at: datetime
) -> SceneTeam:
    """Record the work group sent to the scene: at Ⅰ–Ⅲ it is owed, at Ⅳ 市食药安办 may send one (6.2.1–6.2.4).

    The same group entered twice is one. Refused: without the right (403), without leader or members, left in the
    future (422), once the response is over (409).
    """
    incident, response = lock_response(response)
    office = check_actor_may_with(by, Right.COMMAND, incident)
    check_is_running(response, "6.2")
    if not leader.strip() or not [name for name in members if name.strip()]:
        raise PlanRefusal(_("请写明工作组负责人和成员。"), clause="6.2", code="team_without_members")
    if left_at > at:
        raise PlanRefusal(_("出发时间不能晚于现在。"), clause="6.2", code="time_in_future")
    stated = {"leader": leader, "members": list(members), "left_at": left_at, "sender": office}
    team, is_new = SceneTeam.objects.get_or_create(
        response=response, **stated, defaults={"recorded_by": by.ref, "recorded_at": at}
    )
    if is_new:
        write_down(incident=incident, action="response.dispatch_team", subject=team, by=by, at=at)
        if response.track == Track.CITY:
            _settle_scene(incident, response, by, at)
    return team


@transaction.atomic
def note_arrival(*, team: SceneTeam, arrived_at: datetime, by: Actor, at: datetime) -> SceneTeam:
    """Record when a work group arrived (6.2.1–6.2.3); the first time entered stays.

    Refused: without the right (403), before it left or in the future (422).
    """
    incident, _response = lock_response(team.response)
    check_actor_may_with(by, Right.COMMAND, incident)
    team = SceneTeam.objects.select_for_update().get(pk=team.pk)
    if team.arrived_at is not None:
        return team
    if not team.left_at <= arrived_at <= at:
        raise PlanRefusal(_("到达时间须在出发之后、现在之前。"), clause="6.2", code="impossible_time")
    team.arrived_at = arrived_at
    team.save()
    write_down(incident=incident, action="response.note_arrival", subject=team, by=by, at=at)
    return team


@transaction.atomic
def settle_response_duty(
    *, duty: ResponseDuty, receiver: str, document: str = "", by: Actor, at: datetime
) -> ResponseDuty:
    """Record that something a response obliges to was done, and who took it (3.1, 6.2.4); doing it twice is once.

    Refused: by another office (403), without the receiver (422), for the work group, which has a record of its own (422).
    """
    incident, response = lock_response(duty.response)
    check_actor_may_on(by, Right.COMMAND, response)
    duty = ResponseDuty.objects.select_for_update().get(pk=duty.pk)
    if duty.settled_at is not None:
        return duty
    check_can_settle(duty)
    if not receiver.strip():
        raise PlanRefusal(_("请写明接收人。"), clause=duty.clause, code="receiver_missing")
    duty.receiver, duty.document = receiver, document
    _settle(incident, duty, by, at)
    return duty


def settle_report(*, incident: Incident, addressee: CommandAddressee, by: Actor, at: datetime) -> None:
    """Settle the duty to report to a body that has now received such a report (3.1, 6.2.1): a part of receiving it."""
    code = REPORTED.get(addressee.organisation.kind)
    if code is None or addressee.entry.kind not in {CommandKind.UPWARD, CommandKind.PROGRESS}:
        return
    owed = ResponseDuty.objects.select_for_update().filter(
        response=addressee.entry.response, code=code, settled_at__isnull=True
    )
    for duty in owed:
        duty.receiver, duty.document = addressee.receiver, addressee.entry.number
        _settle(incident, duty, by, at)


def _settle_scene(incident: Incident, response: Response, by: Actor, at: datetime) -> None:
    owed = ResponseDuty.objects.select_for_update().filter(
        response=response, code=DutyCode.SCENE_TEAM, settled_at__isnull=True
    )
    for duty in owed:
        _settle(incident, duty, by, at)


def _settle(incident: Incident, duty: ResponseDuty, by: Actor, at: datetime) -> None:
    duty.settled_at, duty.settled_by = at, by.ref
    duty.save()
    payload = {"duty": duty.code, "office": office_of(by).code}
    write_down(incident=incident, action="response.settle_duty", subject=duty, payload=payload, by=by, at=at)
