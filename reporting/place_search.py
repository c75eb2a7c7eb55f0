"""Registered places whose name is like what was typed so far."""

from accounts.models import Jurisdiction
from incidents.models import Place
from incidents.places import normalise

MOST_SHOWN = 8


def places_like(area: Jurisdiction, typed: str) -> list[Place]:
    """Return the registered places of the area's county whose name contains the text, shortest first."""
    normalised = normalise(typed.replace("\x00", ""))
    if not normalised:
        return []
    found = Place.objects.filter(county=area.county, normalised_name__contains=normalised)
    return sorted(found.order_by("name")[:50], key=lambda place: len(place.name))[:MOST_SHOWN]
