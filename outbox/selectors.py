"""What lies in whose inbox, and what waits to go out."""

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, QuerySet

from audit.models import ClockTimestamp
from outbox.models import Channel, Contact, Message, MessageState


def messages_for(org_codes: Collection[str]) -> QuerySet[Message]:
    """Return the inbox of these organisations, newest first; it does not wait for a sender to be alive."""
    inbox = Message.objects.filter(channel=Channel.INAPP, recipient__in=org_codes)
    return inbox.order_by("-created_at", "-pk")


def unread_count(org_codes: Collection[str]) -> int:
    """Return how many messages nobody of these organisations has read."""
    return messages_for(org_codes).filter(read_at__isnull=True).count()


def waiting_contacts() -> QuerySet[Contact]:
    """Return the addresses that could be sent to now: something is due, and nothing is under way to them."""
    now = ClockTimestamp()
    due = Message.objects.filter(contact=OuterRef("pk"), state=MessageState.QUEUED, next_try_at__lte=now)
    return Contact.objects.filter(Exists(due), free_at__lte=now)


def channels_due() -> dict[str, int]:
    """Return how many addresses of each channel could be sent to now."""
    rows = waiting_contacts().values_list("channel").annotate(number=Count("pk"))
    return dict(rows.order_by("channel"))


def copies_of(message: Message) -> QuerySet[Message]:
    """Return the rows that carry a message of the inbox outside, in the order they were owed."""
    rows = Message.objects.filter(about=message.dedupe_key).exclude(about="")
    return rows.select_related("contact").order_by("pk")
