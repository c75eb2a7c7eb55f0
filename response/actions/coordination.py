"""A county asks the city to coordinate what crosses counties (3.5)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import own_county
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from incidents.policies import check_is_open
from plan.refusal import PlanRefusal
from response.actions.deciding import lock_whole, tell, write_down
from response.models import CoordinationRequest
from response.permissions import check_actor_in_county, check_actor_is
from response.policies.command import check_may_coordinate, check_waits_for_answer
from response.selectors.running import county_response


@transaction.atomic
def request_coordination(
    *, incident: Incident, recipient: Organisation, text: str, by: Actor, at: datetime
) -> CoordinationRequest:
    """Ask the city to coordinate: government to government, headquarters to headquarters (3.5, A38).

    The same request twice is one. Refused: without the right (403), along any other pair or without words (422), for
    headquarters that do not exist (409).
    """
    incident = lock_whole(incident)
    sender = check_actor_in_county(by, Right.REQUEST_COORDINATION, incident)
    check_is_open(incident)
    check_may_coordinate(sender, recipient, county_response(incident, own_county(by)))
    _check_words(text)
    request, is_new = CoordinationRequest.objects.get_or_create(
        incident=incident,
        sender=sender,
        recipient=recipient,
        text=text,
        answered_at=None,
        defaults={"asked_by": by.ref, "asked_at": at},
    )
    if is_new:
        payload = {"sender": sender.code, "to": recipient.code}
        write_down(
            incident=incident,
            action="response.request_coordination",
            subject=request,
            payload=payload,
            by=by,
            at=at,
        )
        title = _("%s请求市级协调处置") % sender.name
        tell(incident=incident, about=request, title=title, body="", to=[recipient.code], by=by, at=at)
    return request


@transaction.atomic
def answer_coordination(
    *, request: CoordinationRequest, answer: str, by: Actor, at: datetime
) -> CoordinationRequest:
    """Answer a county's request (3.5). Refused: for another office (403), a second time (409), without words (422)."""
    incident = lock_whole(request.incident)
    check_actor_may_with(by, Right.ANSWER_COORDINATION, incident)
    request = CoordinationRequest.objects.select_for_update().get(pk=request.pk)
    check_actor_is(by, request.recipient)
    check_waits_for_answer(request)
    _check_words(answer)
    request.answer, request.answered_by, request.answered_at = answer, by.ref, at
    request.save()
    write_down(incident=incident, action="response.answer_coordination", subject=request, by=by, at=at)
    title = _("%s已答复协调请求") % request.recipient.name
    tell(incident=incident, about=request, title=title, body="", to=[request.sender.code], by=by, at=at)
    return request


def _check_words(text: str) -> None:
    if not text.strip():
        raise PlanRefusal(_("请写明内容。"), clause="3.5", code="coordination_without_words")
