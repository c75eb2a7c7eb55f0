"""What lies in whose inbox."""

from collections.abc import Collection

from django.db.models import QuerySet

from outbox.models import Channel, Message


def messages_for(org_codes: Collection[str]) -> QuerySet[Message]:
    """Return the inbox of these organisations, newest first; it does not wait for a sender to be alive."""
    inbox = Message.objects.filter(channel=Channel.INAPP, recipient__in=org_codes)
    return inbox.order_by("-created_at", "-pk")


def unread_count(org_codes: Collection[str]) -> int:
    """Return how many messages nobody of these organisations has read."""
    return messages_for(org_codes).filter(read_at__isnull=True).count()
