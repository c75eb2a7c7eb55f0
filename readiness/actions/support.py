"""An incident asks the registers for help (3.3, 3.4.6, 8.3, 8.5): the request is on its record and owed as a message."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from incidents.policies import check_is_open
from outbox.actions.messages import Owed, owe
from readiness.models import SupportRequest
from readiness.permissions import check_actor_answers, visible_areas
from readiness.policies import check_can_answer, check_request
from readiness.registers import register_of
from readiness.selectors.entries import row_of
from readiness.selectors.support import recipient_of
from response.actions.deciding import LONGEST_TITLE, lock_whole, write_down


@transaction.atomic
def request_support(
    *, incident: Incident, register: str, entry: int, text: str, agent: str = "", by: Actor, at: datetime
) -> SupportRequest:
    """Ask for what a register holds, for an incident (3.3, 3.4.6, 8.3, 8.5): of the body itself if it is here, else of its keeper.

    agent: what it was sought against. The same request twice is one. Refused: without the right in a county concerned
    (403), on a closed incident (409), without words (422).
    """
    incident, own = lock_whole(incident), register_of(register)
    sender = check_actor_may_with(by, Right.TAKE_MEASURES, incident)
    check_is_open(incident)
    check_request(text, own.clause)
    row = row_of(own, visible_areas(by), entry)
    recipient = recipient_of(own, row)
    request, is_new = SupportRequest.objects.get_or_create(
        incident=incident,
        register=own.slug,
        entry=row.pk,
        text=text,
        sender=sender,
        answered_at=None,
        defaults={"agent": agent, "recipient": recipient, "asked_by": by.ref, "asked_at": at},
    )
    if is_new:
        payload = {"register": own.slug, "entry": row.pk, "agent": agent, "to": recipient.code}
        act = "readiness.request_support"
        write_down(incident=incident, action=act, subject=request, payload=payload, by=by, at=at)
        title = _("请求支援：%s") % own.title
        _tell(request, to=recipient.code, title=title, is_alarm=True, by=by, at=at)
    return request


@transaction.atomic
def answer_support(
    *, request: SupportRequest, is_granted: bool, answer: str, by: Actor, at: datetime
) -> SupportRequest:
    """Answer a request for support: it comes, or why not (8). Refused: for another office (403), twice (409), without words (422)."""
    incident = lock_whole(request.incident)
    request = SupportRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    check_actor_answers(by, request)
    check_can_answer(request, answer, register_of(request.register).clause)
    request.is_granted, request.answer = is_granted, answer
    request.answered_by, request.answered_at = by.ref, at
    request.save()
    payload = {"granted": is_granted}
    write_down(
        incident=incident, action="readiness.answer_support", subject=request, payload=payload, by=by, at=at
    )
    title = _("支援请求已答复：同意") if is_granted else _("支援请求已答复：不能提供")
    _tell(request, to=request.sender.code, title=title, is_alarm=False, by=by, at=at)
    return request


def _tell(request: SupportRequest, *, to: str, title: str, is_alarm: bool, by: Actor, at: datetime) -> None:
    """Owe a message that leads to the request; the office that acts is told nothing, and nobody's name is in it."""
    incident = request.incident
    message = Owed(
        dedupe_key=f"support:{request.pk}:{'asked' if is_alarm else 'answered'}:{to}",
        recipient=to,
        kind="support",
        title=(_("%(number)s：") % {"number": incident.number} + title)[:LONGEST_TITLE],
        link=f"/support/{request.pk}/",
        is_alarm=is_alarm,
        chain=incident.chain,
        drill=incident.is_drill,
    )
    owe([message] if to != by.office else [], at=at)
