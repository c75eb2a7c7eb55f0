"""Spans of time as clocks show them; the browser goes on ticking in the same form."""

from datetime import datetime, timedelta

from django import template

from plan.agents import span_zh

register = template.Library()


@register.filter
def clockface(span: timedelta | float) -> str:
    """Return a span as `29:12`, or `1:02:05` from an hour on; whole seconds, never negative."""
    seconds = max(0, int(span.total_seconds() if isinstance(span, timedelta) else span))
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


@register.filter
def span_to(start: datetime, end: datetime) -> timedelta:
    """Return the time from one instant to another."""
    return end - start


@register.filter
def span(value: timedelta) -> str:
    """Show a span in the largest unit that reads easily."""
    return span_zh(value)
