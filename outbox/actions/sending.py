"""Delivering in the house: the row itself is the message, so it has arrived once it is committed."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q

from audit.clock import database_now
from outbox.actions.messages import note_changes
from outbox.actions.outcomes import LEASE, entry_of, leased
from outbox.models import Channel, Message, MessageState


def send_due(*, source: str, limit: int = 200) -> int:
    """Deliver what is due in the house and return how many messages were taken (预案 5.1).

    The lease is committed first: a sender that dies is succeeded when it runs out.
    """
    claimed = _claim(limit)
    by_chain: dict[str, list[Message]] = defaultdict(list)
    for message in claimed:
        by_chain[message.evidence_chain].append(message)
    for together in by_chain.values():
        if not _deliver(together, source):
            # Some were read or succeeded by now; which ones shows one by one.
            for message in together:
                _deliver([message], source)
    return len(claimed)


def _deliver(messages: Sequence[Message], source: str) -> bool:
    """Write that messages of one chain have arrived, all of them or none; say which."""
    at = database_now()
    changes = {"state": MessageState.DELIVERED, "sent_at": at, "delivered_at": at, "lease_until": None}
    entries = [entry_of(message, "outbox.deliver", source) for message in messages]
    return note_changes(entries, leased(*messages), **changes) == len(messages)


@transaction.atomic
def _claim(limit: int) -> list[Message]:
    now = database_now()
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    due = Message.objects.filter(free, channel=Channel.INAPP, state=MessageState.QUEUED, next_try_at__lte=now)
    claimed = list(due.select_for_update(skip_locked=True).order_by("next_try_at", "pk")[:limit])
    lease_until = now + LEASE
    ids = [message.pk for message in claimed]
    Message.objects.filter(pk__in=ids).update(lease_until=lease_until, attempts=F("attempts") + 1)
    for message in claimed:
        message.lease_until, message.attempts = lease_until, message.attempts + 1
    return claimed
