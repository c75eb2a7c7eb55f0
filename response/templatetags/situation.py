"""How numbers of the situation are written."""

from django import template

from accounts.moments import grouped

register = template.Library()


@register.filter
def signed(change: int) -> str:
    """Return a change with its sign, a true minus where it fell."""
    return f"+{grouped(change)}" if change > 0 else f"−{grouped(-change)}"  # noqa: RUF001
