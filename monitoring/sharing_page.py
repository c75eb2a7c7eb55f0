"""What of the platform went to whom, as an office may see it (4.1(c))."""

from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q

from accounts.actors import Actor
from accounts.permissions import is_city_wide
from monitoring.models import Sharing

PER_PAGE: Final = 25


def sharing_page(actor: Actor, page: str) -> Page[Any]:
    """Return a page of what was shared, the latest first: all for the city, else what the office gave or got, and what is public."""
    rows = Sharing.objects.filter(is_drill=False).select_related("giver", "receiver")
    if not is_city_wide(actor):
        office = actor.organisation
        rows = rows.filter(Q(giver=office) | Q(receiver=office) | Q(receiver__isnull=True))
    return Paginator(rows.order_by("-shared_at", "-pk"), PER_PAGE).get_page(page)
