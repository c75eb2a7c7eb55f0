"""What the frame of every page says of the inbox."""

from django import template

from outbox.selectors import unread_count

register = template.Library()


@register.simple_tag
def unread_messages(office: str) -> int:
    """Return how many messages nobody of the office has read; none for nobody."""
    return unread_count([office]) if office else 0
