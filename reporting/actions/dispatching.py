"""Send a signed report to its recipients and confirm that they have it (5.1(8), A18)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from reporting.actions.deliveries import record_delivery
from reporting.actions.document_evidence import note_document
from reporting.actions.documents import lock_document
from reporting.document_permissions import check_actor_writes
from reporting.document_policies import check_can_confirm, check_can_send
from reporting.models import (
    Delivery,
    DocumentDispatch,
    DocumentReceipt,
    LegCode,
    SendChannel,
    SignedDocument,
)
from reporting.permissions import check_actor_can_record_delivery


@transaction.atomic
def send_document(
    *,
    signed: SignedDocument,
    recipients: Sequence[Organisation],
    channel: SendChannel = SendChannel.SYSTEM,
    by: Actor,
    at: datetime,
) -> list[DocumentDispatch]:
    """Send a signed report to offices the plan names (5.1(8)); sent twice the same way, it is one.

    Through this system it is received with the sending, as it has arrived where its recipient takes reports (A18, row
    89): the written leg closes. Any other way it counts when its receipt is confirmed.
    Refused: by another side (403), a version that was replaced (409), to nobody or another office (422).
    """
    incident, document = lock_document(signed.document)
    check_actor_writes(by, incident, document)
    is_replaced = SignedDocument.objects.filter(replaces=signed).exists()
    check_can_send(signed, recipients, is_replaced=is_replaced)
    known = {each.recipient_id: each for each in signed.dispatches.filter(channel=channel)}
    made = []
    for recipient in recipients:
        if recipient.pk in known:
            continue
        sent = DocumentDispatch(signed=signed, recipient=recipient, channel=channel)
        if channel == SendChannel.SYSTEM:
            sent.delivery = _received(sent, received_at=at, receiver="", by=by, at=at)
        sent.sent_by, sent.office, sent.sent_at = by.ref, by.office, at
        sent.save(force_insert=True)
        made.append(sent)
    if made:
        note_document(
            action="reporting.send_document",
            document=document,
            rows=made,
            more={"sha256": signed.sha256, "channel": channel},
            by=by,
            at=at,
        )
    return [*known.values(), *made]


@transaction.atomic
def confirm_receipt(
    *, dispatch: DocumentDispatch, receiver: str, received_at: datetime | None = None, by: Actor, at: datetime
) -> DocumentReceipt:
    """Confirm that a recipient has a report: itself, or its sender after a call (5.1(8), A18). Confirmed twice, it is one.

    received_at: when it reached them, asked for unless it went through this system; it closes the written leg.
    Refused: by neither side (403), without a name, or a time that can't be (422).
    """
    incident, document = lock_document(dispatch.signed.document)
    check_actor_can_record_delivery(by, incident, bearer=document.bearer, recipient=dispatch.recipient)
    known = DocumentReceipt.objects.filter(dispatch=dispatch).first()
    if known is not None:
        return known
    check_can_confirm(dispatch, received_at=received_at, receiver=receiver, at=at)
    delivery = dispatch.delivery or _received(
        dispatch, received_at=received_at or at, receiver=receiver, by=by, at=at
    )
    made = DocumentReceipt.objects.create(
        dispatch=dispatch,
        delivery=delivery,
        receiver=receiver,
        confirmed_by=by.ref,
        office=by.office,
        confirmed_at=at,
    )
    note_document(action="reporting.confirm_receipt", document=document, rows=[made], by=by, at=at)
    return made


def _received(
    dispatch: DocumentDispatch,
    *,
    received_at: datetime,
    receiver: str,
    by: Actor,
    at: datetime,
) -> Delivery:
    """Record the receipt that the clocks count (A18); it names the report by the hash of its content."""
    signed = dispatch.signed
    return record_delivery(
        incident=signed.incident,
        bearer=signed.document.bearer,
        recipient=dispatch.recipient,
        leg=LegCode.WRITTEN,
        received_at=received_at,
        channel=str(SendChannel(dispatch.channel).label),
        receiver=receiver,
        content=f"{signed.content['name']} SHA-256 {signed.sha256}",
        by=by,
        at=at,
    )
