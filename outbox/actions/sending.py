"""Delivering in the house: the row itself is the message, so it has arrived once it is committed."""

from django.db import transaction
from django.db.models import F, Q

from audit.clock import database_now
from audit.models import ClockTimestamp
from outbox.actions.messages import note_change
from outbox.actions.outcomes import LEASE, entry_of, leased
from outbox.models import Channel, Message, MessageState


def send_due(*, source: str, limit: int = 200) -> int:
    """Deliver what is due in the house and return how many messages were taken (预案 5.1).

    The lease is committed first: a sender that dies is succeeded when it runs out.
    """
    claimed = _claim(limit)
    for message in claimed:
        at = database_now()
        changes = {"state": MessageState.DELIVERED, "sent_at": at, "delivered_at": at, "lease_until": None}
        note_change(entry_of(message, "outbox.deliver", source), leased(message), **changes)
    return len(claimed)


@transaction.atomic
def _claim(limit: int) -> list[Message]:
    now = ClockTimestamp()
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    due = Message.objects.filter(free, channel=Channel.INAPP, state=MessageState.QUEUED, next_try_at__lte=now)
    claimed = list(due.select_for_update(skip_locked=True).order_by("next_try_at", "pk")[:limit])
    lease_until = database_now() + LEASE
    ids = [message.pk for message in claimed]
    Message.objects.filter(pk__in=ids).update(lease_until=lease_until, attempts=F("attempts") + 1)
    for message in claimed:
        message.lease_until, message.attempts = lease_until, message.attempts + 1
    return claimed
