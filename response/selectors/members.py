"""The member units of a commission, and what they say of themselves (3.1, 3.5)."""

from django.db.models import Q, QuerySet

from accounts.actors import Actor
from accounts.models import Jurisdiction, Organisation
from accounts.permissions import actor_has, own_county
from accounts.rights import Right
from plan.offices import OfficeKind, Tier

# The plan enumerates no members (3.1): every body of the level but those above the commission.
_NO_MEMBERS = frozenset(
    {
        OfficeKind.CITY_GOVERNMENT,
        OfficeKind.CITY_PARTY_COMMITTEE,
        OfficeKind.DUTY_ROOM,
        OfficeKind.COUNTY_GOVERNMENT,
    }
)


def members_for(actor: Actor) -> QuerySet[Organisation]:
    """Return the member units of the actor's level, or only its own where it sees no incidents (3.1)."""
    units = member_units(own_county(actor))
    return units if actor_has(actor, Right.SEE_INCIDENTS) else units.filter(code=actor.office)


def member_units(county: Jurisdiction | None) -> QuerySet[Organisation]:
    """Return the member units of a county's commission, or of the city's, with their cards (3.1, 3.5)."""
    tier = Tier.COUNTY if county is not None else Tier.CITY
    area = Q(jurisdiction=county) if county is not None else Q(jurisdiction__kind="city")
    kinds = [kind for kind in OfficeKind if kind.level is tier and kind not in _NO_MEMBERS]
    units = Organisation.objects.filter(area, kind__in=kinds)
    return units.select_related("card", "jurisdiction__host").order_by("code")
