"""What lies in whose inbox, and what waits to go out."""

from collections.abc import Collection

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, When

from audit.models import ClockTimestamp
from outbox.models import Channel, Contact, Message, MessageState


def messages_for(org_codes: Collection[str]) -> QuerySet[Message]:
    """Return the inbox of these organisations, newest first; it does not wait for a sender to be alive."""
    inbox = Message.objects.filter(channel=Channel.INAPP, recipient__in=org_codes)
    return inbox.order_by("-created_at", "-pk")


def by_urgency(inbox: QuerySet[Message]) -> QuerySet[Message]:
    """Return an inbox in the order in which it is to be handled: alarms nobody took on, unread, the rest; newest first."""
    open_alarm = When(is_alarm=True, acknowledged_at__isnull=True, then=0)
    unread = When(read_at__isnull=True, then=1)
    return inbox.alias(turn=Case(open_alarm, unread, default=2)).order_by("turn", "-created_at", "-pk")


def unread_count(org_codes: Collection[str]) -> int:
    """Return how many messages nobody of these organisations has read."""
    return unread(org_codes).count()


def unread(org_codes: Collection[str]) -> QuerySet[Message]:
    """Return the messages that nobody of these organisations has read."""
    return messages_for(org_codes).filter(read_at__isnull=True)


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


def inbox_row_of(copy: Message) -> Message:
    """Return the message of the inbox that a copy carries outside."""
    return Message.objects.get(dedupe_key=copy.about)


def letters_to(person: str, org_codes: Collection[str]) -> QuerySet[Message]:
    """Return the copies whose link this person may open: their own and those to their offices' shared addresses."""
    carried = Message.objects.filter(dedupe_key=OuterRef("about"))
    rows = Message.objects.filter(Exists(carried), recipient__in=org_codes, contact__person__in=["", person])
    return rows.select_related("contact")
