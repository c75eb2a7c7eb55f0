"""How many signals wait for somebody's judgement, where an office looks first."""

from django import template

from accounts.actors import Actor
from reporting.signal_permissions import waiting_count

register = template.Library()


@register.simple_tag
def waiting_signals(actor: Actor) -> int:
    """Return how many signals wait that the actor's office may see (4.1, 8.2)."""
    return waiting_count(actor)
