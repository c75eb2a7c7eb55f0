"""Sending what is owed: at least once, under a lease, nothing held up by what fails."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from audit.clock import database_now
from audit.models import ClockTimestamp
from audit.record import Entry
from outbox.actions.messages import note_change
from outbox.channels import CHANNELS
from outbox.models import Message, MessageState

LEASE = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=5)
ATTEMPTS = 20

logger = logging.getLogger(__name__)


def send_due(*, source: str, limit: int = 200) -> int:
    """Send what is due and return how many messages were tried (预案 5.1).

    The lease is committed before anything leaves: a sender that dies is succeeded when it runs out, and what it had
    already sent then goes out again.
    """
    claimed = _claim(limit)
    for message in claimed:
        _send(message, source)
    return len(claimed)


@transaction.atomic
def _claim(limit: int) -> list[Message]:
    now = ClockTimestamp()
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    due = Message.objects.filter(free, state=MessageState.QUEUED, next_try_at__lte=now)
    claimed = list(due.select_for_update(skip_locked=True).order_by("next_try_at", "pk")[:limit])
    lease_until = database_now() + LEASE
    ids = [message.pk for message in claimed]
    Message.objects.filter(pk__in=ids).update(lease_until=lease_until, attempts=F("attempts") + 1)
    for message in claimed:
        message.lease_until, message.attempts = lease_until, message.attempts + 1
    return claimed


def _send(message: Message, source: str) -> None:
    try:
        state = CHANNELS[message.channel](message)
    except Exception as error:  # noqa: BLE001  whatever a channel trips over must not hold up the next message
        logger.warning("message %s not sent by %s: %s", message.pk, message.channel, type(error).__name__)
        _put_off(message, source, error)
        return
    at = database_now()
    delivered_at = at if state == MessageState.DELIVERED else None
    entry = _entry(message, "outbox.deliver", source)
    note_change(entry, _leased(message), state=state, delivered_at=delivered_at, lease_until=None)


def _put_off(message: Message, source: str, error: Exception) -> None:
    reason = f"{type(error).__name__}: {error}"[:300]
    if message.attempts >= ATTEMPTS:
        entry = _entry(message, "outbox.give_up", source)
        note_change(entry, _leased(message), state=MessageState.FAILED, last_error=reason, lease_until=None)
        return
    wait = min(timedelta(seconds=2**message.attempts), LONGEST_WAIT)
    _leased(message).update(last_error=reason, lease_until=None, next_try_at=database_now() + wait)


def _leased(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, state=MessageState.QUEUED, lease_until=message.lease_until)


def _entry(message: Message, action: str, source: str) -> Entry:
    return Entry(
        chain=message.evidence_chain,
        action=action,
        actor="system",
        at=database_now(),
        subject=f"message:{message.pk}",
        payload={"channel": message.channel, "source": source, "attempt": message.attempts},
    )
