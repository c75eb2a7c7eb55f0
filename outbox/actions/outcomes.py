"""What became of a message that was sent: on record, unless another sender has it by now."""

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit.clock import database_now
from audit.record import Entry
from outbox.actions.messages import Owed, note_change, owe
from outbox.channels.trouble import Unanswered, Undeliverable, Undelivered
from outbox.models import Channel, Contact, Message, MessageState

# Longer than any channel may take: what a living sender still holds is never sent by another.
LEASE = timedelta(seconds=20)
LONGEST_WAIT_S = 60
# Platforms refuse robots that speak more than 20 times a minute.
REST = {Channel.DINGTALK.value: timedelta(seconds=3), Channel.WECOM.value: timedelta(seconds=3)}
LONGEST_TITLE = 190


def note_sent(message: Message, contact: Contact, state: MessageState, *, source: str) -> None:
    """Write down that a channel took a message, and how far it says that it came."""
    at = database_now()
    delivered_at = at if state == MessageState.DELIVERED else None
    entry = entry_of(message, "outbox.send", source)
    changes = {"state": state, "sent_at": at, "delivered_at": delivered_at, "last_error": ""}
    note_change(entry, leased(message), **changes, lease_until=None)
    rest = REST.get(message.channel, timedelta())
    _held(contact).update(free_at=at + rest, last_error="")


def note_failed(message: Message, contact: Contact, error: Exception, *, source: str) -> None:
    """Put a message off, or give it up for good reason or after its time, and let its office know."""
    at = database_now()
    reason = _reason(error)
    if isinstance(error, Undeliverable) or at >= message.created_at + _patience():
        _give_up(message, reason, source, at)
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


def _give_up(message: Message, reason: str, source: str, at: datetime) -> None:
    """Say so in the inbox of the office, in the transaction that gives up."""
    entry = entry_of(message, "outbox.give_up", source)
    with transaction.atomic():
        changes = {"state": MessageState.FAILED, "last_error": reason, "lease_until": None}
        if note_change(entry, leased(message), **changes) and message.about:
            owe([_failure(message)], at=at)


def _failure(message: Message) -> Owed:
    title = _("【消息未能送出】%(channel)s：%(title)s") % {
        "channel": message.get_channel_display(),
        "title": message.title,
    }
    return Owed(
        dedupe_key=f"failed:{message.pk}",
        recipient=message.recipient,
        kind="message_failed",
        title=title[:LONGEST_TITLE],
        body=_("请改用电话等其他方式通知有关人员，并检查该联系方式。"),
        link=message.link,
        chain=message.chain,
        drill=message.drill,
    )


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
