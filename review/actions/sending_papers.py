"""Report a signed paper to whom 7.2 names, circulate it, and confirm that it arrived."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from incidents.models import Incident
from plan.papers import PaperKind
from reporting.models import SendChannel
from response.actions.deciding import lock_whole, tell, write_down
from review.models import PaperDispatch, PaperReceipt, SignedPaper
from review.permissions import check_actor_follows_dispatch, check_actor_writes_paper
from review.policies import check_can_confirm_paper, check_can_send_paper
from review.selectors import addressees_of, is_replaced


@transaction.atomic
def send_paper(
    *,
    signed: SignedPaper,
    recipients: Sequence[Organisation],
    channel: SendChannel = SendChannel.SYSTEM,
    by: Actor,
    at: datetime,
) -> list[PaperDispatch]:
    """Send a signed paper: whom 7.2 names has it reported, anybody else gets it circulated. To the same body twice is once.

    Refused: by another body (403), a version that was replaced (409), to nobody (422).
    """
    whole, paper = lock_whole(signed.incident), signed.paper
    check_actor_writes_paper(by, whole, paper.kind, paper.body)
    check_can_send_paper(recipients, is_replaced=is_replaced(signed))
    named = {each.pk for each in addressees_of(PaperKind(paper.kind), whole)}
    known = set(signed.dispatches.values_list("recipient", flat=True))
    made = [
        PaperDispatch.objects.create(
            signed=signed,
            recipient=each,
            is_reported=each.pk in named,
            channel=channel,
            sent_by=by.ref,
            office=by.office,
            sent_at=at,
        )
        for each in dict.fromkeys(recipients)
        if each.pk not in known
    ]
    if made:
        payload = {"paper": paper.kind, "sha256": signed.sha256, "channel": channel}
        write_down(incident=whole, action="review.send_paper", rows=made, payload=payload, by=by, at=at)
        _tell(whole, made, by, at)
    return list(signed.dispatches.select_related("recipient").order_by("pk"))


@transaction.atomic
def confirm_paper(
    *,
    dispatch: PaperDispatch,
    receiver: str,
    received_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> PaperReceipt:
    """Confirm that a recipient has a paper: itself, or its sender after a call (7.2). Confirmed twice, it is one.

    Refused: by neither side (403), without who has it or at a time that can't be (422).
    """
    whole = lock_whole(dispatch.signed.incident)
    check_actor_follows_dispatch(by, whole, dispatch)
    known = PaperReceipt.objects.filter(dispatch=dispatch).first()
    if known is not None:
        return known
    check_can_confirm_paper(received_at or at, dispatch.sent_at, receiver, at)
    made = PaperReceipt.objects.create(
        dispatch=dispatch,
        receiver=receiver.strip(),
        received_at=received_at or at,
        confirmed_by=by.ref,
        office=by.office,
        confirmed_at=at,
    )
    payload = {"paper": dispatch.signed.paper.kind}
    write_down(incident=whole, action="review.confirm_paper", rows=[made], payload=payload, by=by, at=at)
    return made


def _tell(incident: Incident, made: Sequence[PaperDispatch], by: Actor, at: datetime) -> None:
    for sent in made:
        paper = sent.signed.paper
        tell(
            incident=incident,
            about=sent,
            title=_("%(body)s送来%(paper)s")
            % {"body": paper.body.name, "paper": PaperKind(paper.kind).label_zh},
            body=_("请查收并确认收到。"),
            to=[sent.recipient.code],
            link=f"/incidents/{incident.number}/papers/{paper.pk}/",
            by=by,
            at=at,
        )
