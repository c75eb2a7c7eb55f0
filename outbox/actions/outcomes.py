"""What became of a message that was sent: on record, unless another sender has it by now."""

import random
from datetime import timedelta

from django.conf import settings
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce

from audit.clock import database_now
from audit.record import Entry
from outbox.actions.giving_up import give_up
from outbox.actions.messages import note_change
from outbox.channels.trouble import Unanswered, Undeliverable, Undelivered
from outbox.models import Channel, Contact, Message, MessageState

# Longer than any channel may take: what a living sender still holds is never sent by another.
LEASE = timedelta(seconds=20)
LONGEST_WAIT_S = 60
# Platforms refuse robots that speak more than 20 times a minute.
REST = {Channel.DINGTALK.value: timedelta(seconds=3), Channel.WECOM.value: timedelta(seconds=3)}


def note_sent(message: Message, contact: Contact, *, source: str) -> None:
    """Write down that a channel took a message; a receipt or a reader may have been faster."""
    at = database_now()
    entry = entry_of(message, "outbox.send", source)
    held = Message.objects.filter(pk=message.pk, lease_until=message.lease_until)
    taken_on = When(
        state=MessageState.QUEUED, acknowledged_at__isnull=False, then=Value(MessageState.ACKNOWLEDGED)
    )
    sent = When(state=MessageState.QUEUED, then=Value(MessageState.SENT))
    note_change(
        entry,
        held,
        state=Case(taken_on, sent, default=F("state")),
        sent_at=Coalesce("sent_at", Value(at)),
        last_error="",
        lease_until=None,
    )
    rest = REST.get(message.channel, timedelta())
    _held(contact).update(free_at=at + rest, last_error="")


def note_failed(message: Message, contact: Contact, error: Exception, *, source: str) -> None:
    """Put a message off, or give it up for good reason or after its time, and let its office know."""
    at = database_now()
    reason = _reason(error)
    if isinstance(error, Undeliverable) or at >= message.created_at + _patience():
        give_up(message, leased(message), entry_of(message, "outbox.give_up", source), reason=reason)
        free_at = at
    else:
        free_at = at + _wait(message.attempts)
        doubtful = message.repeats + 1 if isinstance(error, Unanswered) else message.repeats
        leased(message).update(last_error=reason, lease_until=None, next_try_at=free_at, repeats=doubtful)
    _held(contact).update(free_at=free_at, last_error=reason)


def entry_of(message: Message, action: str, source: str) -> Entry:
    """Return the evidence of what a sender did with a message."""
    payload = {"channel": message.channel, "source": source, "attempt": message.attempts}
    if message.contact_id:
        payload["contact"] = message.contact_id
    return Entry(
        chain=message.evidence_chain,
        action=action,
        actor="system",
        at=database_now(),
        subject=f"message:{message.pk}",
        payload=payload,
    )


def leased(*messages: Message) -> QuerySet[Message]:
    """Return the rows as long as this sender's lease, the same for all, is the last."""
    ids, lease_until = [each.pk for each in messages], messages[0].lease_until
    return Message.objects.filter(pk__in=ids, state=MessageState.QUEUED, lease_until=lease_until)


def _held(contact: Contact) -> QuerySet[Contact]:
    """Return the address as long as this sender holds it."""
    return Contact.objects.filter(pk=contact.pk, free_at=contact.free_at)


def _patience() -> timedelta:
    return timedelta(minutes=settings.GIVE_UP_AFTER_MIN)


def _wait(attempts: int) -> timedelta:
    """Twice as long each time, up to a minute; by chance a little less, so that not all come back at once."""
    longest = min(2 ** min(attempts, 10), LONGEST_WAIT_S)
    return timedelta(seconds=longest * random.uniform(0.5, 1))  # noqa: S311  spreads load, keeps no secret


def _reason(error: Exception) -> str:
    """A channel's own words hold no address; of anything else only the name is safe to keep."""
    return str(error)[:300] if isinstance(error, Undelivered) else type(error).__name__
