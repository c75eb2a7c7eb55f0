"""How numbers of the situation are written."""

from django import template

register = template.Library()


@register.filter
def signed(change: int) -> str:
    """Return a change with its sign, a true minus where it fell."""
    return f"+{change}" if change > 0 else f"−{-change}"  # noqa: RUF001
