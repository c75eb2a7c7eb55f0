"""Messages: owed in the transaction that owes them, read and acknowledged by the office they went to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from audit.record import Entry, record
from outbox.models import Channel, Message, MessageState
from plan.refusal import PlanRefusal

DRILL_MARK = "【演练】"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One message to one organisation; the dedupe key says what must not be told twice."""

    dedupe_key: str
    recipient: str
    kind: str
    title: str
    body: str = ""
    link: str = ""
    chain: str = ""
    drill: bool = False
    channel: Channel = Channel.INAPP


def owe(owed: Iterable[Owed], *, at: datetime) -> None:
    """Queue messages in the caller's transaction; one that was owed before is left as it is (预案 5.1)."""
    Message.objects.bulk_create(
        (
            Message(
                dedupe_key=one.dedupe_key,
                channel=one.channel,
                recipient=one.recipient,
                kind=one.kind,
                chain=one.chain,
                title=DRILL_MARK + one.title if one.drill else one.title,
                body=one.body,
                link=one.link,
                drill=one.drill,
                created_at=at,
                next_try_at=at,
            )
            # In key order, so that two transactions that owe the same messages wait for each other in one direction.
            for one in sorted(owed, key=lambda one: one.dedupe_key)
        ),
        ignore_conflicts=True,
    )


def mark_read(*, message: Message, by_ref: str, office: str, at: datetime) -> None:
    """Note who of the receiving office first read a message, and when (预案 5.1)."""
    _check_recipient(message, office)
    entry = _entry(message, "outbox.mark_read", by_ref, at)
    unread = Message.objects.filter(pk=message.pk, read_at__isnull=True)
    note_change(entry, unread, state=MessageState.READ, read_at=at, read_by=by_ref, **_arrived(at))


def acknowledge(*, message: Message, by_ref: str, office: str, at: datetime) -> None:
    """Note who of the receiving office first took a message on, and when (预案 5.1); it is then read as well."""
    mark_read(message=message, by_ref=by_ref, office=office, at=at)
    entry = _entry(message, "outbox.acknowledge", by_ref, at)
    open_ = Message.objects.filter(pk=message.pk, acknowledged_at__isnull=True)
    note_change(entry, open_, state=MessageState.ACKNOWLEDGED, acknowledged_at=at, acknowledged_by=by_ref)


def note_change(entry: Entry, rows: QuerySet[Message], **changes: Any) -> bool:
    """Write the evidence, then change the rows; undo the evidence where there was nothing left to change.

    In this order because chain heads are locked before the outbox everywhere.
    """
    with transaction.atomic():
        record(entry)
        changed = rows.update(**changes) > 0
        if not changed:
            transaction.set_rollback(True)
    return changed


def _arrived(at: datetime) -> dict[str, Any]:
    return {"delivered_at": Coalesce("delivered_at", Value(at))}


def _check_recipient(message: Message, office: str) -> None:
    if office != message.recipient:
        raise PlanRefusal(
            _("此消息不是发给您当前职务所在单位的。"), clause="5.1", code="not_the_recipient", status=403
        )


def _entry(message: Message, action: str, by_ref: str, at: datetime) -> Entry:
    return Entry(
        chain=message.evidence_chain,
        action=action,
        actor=by_ref,
        office=message.recipient,
        at=at,
        subject=f"message:{message.pk}",
    )
