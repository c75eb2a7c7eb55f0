"""Who commands, who handles what crosses counties, what of the command log is still to be done (3.1, 3.5)."""

import enum
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import Jurisdiction, OfficeHolding, Organisation
from incidents.models import CountyRole, Incident, InvolvedCounty
from plan.authority import Act
from plan.offices import OfficeKind
from response.models import CommanderAppointment, Response, ResponseState, Step, Track
from response.policies.rounds import latest
from response.selectors.running import decisions_of, responses_of


class Mode(enum.StrEnum):
    """Who handles an incident (3.5): one county, several jointly, the city, or a county that leads."""

    ONE = "one"
    JOINTLY = "jointly"
    CITY = "city"
    LED = "led"


@dataclass(frozen=True, slots=True)
class Handling:
    """The mode now; `lead` is the county that leads, if one does."""

    mode: Mode
    counties: tuple[Jurisdiction, ...]
    lead: Jurisdiction | None = None


def commander_of(response: Response) -> CommanderAppointment | None:
    """Return the commander named last (3.1, A47)."""
    named = CommanderAppointment.objects.filter(headquarters__response=response)
    return named.select_related("holding__user", "holding__organisation").order_by("pk").last()


def candidates(response: Response) -> QuerySet[OfficeHolding]:
    """Return the offices from which a response may be commanded: the government's, and those of the member units (3.1)."""
    government = Q(kind=OfficeKind.CITY_GOVERNMENT)
    if response.track == Track.COUNTY:
        government = Q(kind=OfficeKind.COUNTY_GOVERNMENT, jurisdiction=response.county)
    bodies = Organisation.objects.filter(government | Q(code__in=response.headquarters.units))
    held = OfficeHolding.objects.filter(organisation__in=bodies, until_at__isnull=True)
    return held.select_related("organisation", "user").order_by("organisation", "pk")


def handling_of(incident: Incident) -> Handling:
    """Return who handles an incident: jointly unless the city runs it or 市政府 named a lead (3.5, A38)."""
    involved = InvolvedCounty.objects.filter(incident=incident, role=CountyRole.HARM)
    counties = tuple(row.county for row in involved.select_related("county").order_by("pk"))
    running = {each.track for each in responses_of(incident) if each.state == ResponseState.ACTIVE}
    if Track.CITY in running:
        return Handling(Mode.CITY, counties)
    named = latest(decisions_of(incident), Act.DESIGNATE_LEAD_COUNTY, Step.ACT)
    if named is not None:
        return Handling(Mode.LED, counties, named.county)
    return Handling(Mode.JOINTLY if len(counties) > 1 else Mode.ONE, counties)
