"""What waits, said in the frame of every page and where an office looks first."""

from typing import Any, cast

from django import template
from django.db.models import Count, QuerySet, Value

from accounts.actors import Actor
from accounts.permissions import actor_has
from accounts.rights import Right
from outbox.selectors import unread
from reporting import signal_permissions

register = template.Library()


@register.simple_tag
def waiting_signals(actor: Actor) -> int:
    """Return how many signals wait that the actor's office may see (4.1, 8.2)."""
    return signal_permissions.waiting_signals(actor).count()


@register.simple_tag
def frame_counts(actor: Actor) -> dict[str, int]:
    """Return how many messages are `unread` and, for those who judge them, how many `signals` wait: one question a page."""
    if not actor.office:
        return {"unread": 0, "signals": 0}
    asked = [_counted("unread", unread([actor.office]))]
    if actor_has(actor, Right.JUDGE_SIGNAL):
        asked.append(_counted("signals", signal_permissions.waiting_signals(actor)))
    return {"unread": 0, "signals": 0, **dict(asked[0].union(*asked[1:], all=True))}


def _counted(what: str, rows: QuerySet[Any]) -> QuerySet[Any, tuple[str, int]]:
    named = rows.order_by().values(what=Value(what)).annotate(number=Count("pk"))
    return cast("QuerySet[Any, tuple[str, int]]", named.values_list("what", "number"))
