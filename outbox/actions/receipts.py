"""What comes back of a letter: the receiver's report whether it arrived, and that its link was opened (预案 5.1)."""

from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from audit.record import Entry
from outbox.actions.giving_up import give_up
from outbox.actions.messages import at_least, mark_read, note_change
from outbox.models import Message, MessageState
from outbox.selectors import inbox_row_of
from plan.refusal import PlanRefusal

NOT_ARRIVED = "the receiver reported that it did not arrive"


def note_letter_arrival(*, copy: Message, has_arrived: bool, at: datetime) -> None:
    """Note a receiver's report on a letter, the first of each kind (预案 5.1); that it did not arrive tells the next.

    A letter that arrived is not sent again, even if its sender died before it could say that it went.
    """
    if not has_arrived:
        entry = _entry(copy, "outbox.report_failure", f"contact:{copy.contact_id}", at)
        sent = Message.objects.filter(pk=copy.pk, state=MessageState.SENT)
        give_up(copy, sent, entry, reason=NOT_ARRIVED)
        return
    entry = _entry(copy, "outbox.report_delivery", f"contact:{copy.contact_id}", at)
    rows = Message.objects.filter(pk=copy.pk, delivered_at__isnull=True)
    arrived = {"delivered_at": at, "sent_at": Coalesce("sent_at", Value(at))}
    note_change(entry, rows, **arrived, state=at_least(MessageState.DELIVERED, is_proof=True))


def open_letter(*, copy: Message, by_ref: str, office: str, at: datetime) -> None:
    """Note that whom a letter was for opened its link: it is read, and so is the message of the office (预案 5.1)."""
    person = copy.contact.person if copy.contact else ""
    if office != copy.recipient or person not in {"", by_ref}:
        raise PlanRefusal(_("此消息不是发给您的。"), clause="5.1", code="not_the_recipient", status=403)
    entry = _entry(copy, "outbox.open_letter", by_ref, at)
    unread = Message.objects.filter(pk=copy.pk, read_at__isnull=True)
    note_change(
        entry,
        unread,
        state=at_least(MessageState.READ, is_proof=True),
        read_at=at,
        read_by=by_ref,
        sent_at=Coalesce("sent_at", Value(at)),
    )
    mark_read(message=inbox_row_of(copy), by_ref=by_ref, office=office, at=at)


def _entry(copy: Message, action: str, actor: str, at: datetime) -> Entry:
    return Entry(
        chain=copy.evidence_chain,
        action=action,
        actor=actor,
        office=copy.recipient,
        at=at,
        subject=f"message:{copy.pk}",
        payload={"channel": copy.channel, "contact": copy.contact_id},
    )
