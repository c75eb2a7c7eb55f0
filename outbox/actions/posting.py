"""Sending outside: at least once, one message at a time to each address, nothing held up by what fails elsewhere."""

import logging

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from audit.clock import database_now
from audit.models import ClockTimestamp
from outbox.actions.outcomes import LEASE, note_failed, note_sent
from outbox.channels import CHANNELS
from outbox.channels.trouble import Undeliverable
from outbox.letters import letter_of
from outbox.models import Contact, Message, MessageState
from outbox.selectors import waiting_contacts

logger = logging.getLogger(__name__)


def post_next(*, source: str, channel: str) -> bool:
    """Send the next message that is due by this channel and say whether there was one (预案 5.1).

    The lease is committed before anything leaves: a sender that dies is succeeded when it runs out, and the message,
    which may have gone out already, says 重复提醒.
    """
    claimed = _claim(channel)
    if claimed is None:
        return False
    message, contact = claimed
    try:
        if contact.removed_at is not None:
            raise Undeliverable("the address was taken away")
        CHANNELS[channel](letter_of(message, contact, at=database_now()))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001  whatever a channel trips over must not hold up the next message
        logger.warning("message %s not sent by %s: %s", message.pk, channel, type(error).__name__)
        note_failed(message, contact, error, source=source)
    else:
        note_sent(message, contact, source=source)
    return True


@transaction.atomic
def _claim(channel: str) -> tuple[Message, Contact] | None:
    """Take the address that has waited longest, and its oldest message; the address is the lock."""
    waiting = waiting_contacts().filter(channel=channel).select_for_update(skip_locked=True, no_key=True)
    contact = waiting.order_by("free_at", "pk").first()
    if contact is None:
        return None
    due = contact.messages.filter(state=MessageState.QUEUED, next_try_at__lte=ClockTimestamp())
    message = due.order_by("next_try_at", "pk").first()
    if message is None:
        return None
    lease_until = database_now() + LEASE
    # A lease that nobody gave back: that sender died, and nobody knows whether before or after it spoke.
    again = 1 if message.lease_until is not None else 0
    Message.objects.filter(pk=message.pk).update(
        lease_until=lease_until, attempts=F("attempts") + 1, repeats=F("repeats") + again
    )
    Contact.objects.filter(pk=contact.pk).update(free_at=lease_until)
    message.lease_until, contact.free_at = lease_until, lease_until
    message.attempts, message.repeats = message.attempts + 1, message.repeats + again
    return message, contact
