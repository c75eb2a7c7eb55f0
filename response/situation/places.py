"""The situation by county and functional zone: the numbers of the map and of the table beside it (2.3, A43)."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.actors import Actor
from accounts.models import Jurisdiction, JurisdictionKind
from accounts.permissions import own_county
from incidents.models import Incident, InvolvedCounty
from plan.levels import IncidentLevel, most_severe
from response.situation.now import IncidentNow, KeyNumber, Situation, key_numbers


@dataclass(frozen=True, slots=True)
class AreaNow:
    """A county or a zone: its open incidents that are no drill, and their sums.

    is_seen: whether the actor's office sees all that happens there; `involved`: incidents elsewhere that concern it too.
    A zone's incidents are among its host county's (A43), so the sums of `zones` are part of the county's own.
    """

    area: Jurisdiction
    incidents: Sequence[IncidentNow]
    is_seen: bool
    involved: int = 0
    zones: Sequence["AreaNow"] = ()

    @property
    def worst(self) -> IncidentLevel | None:
        """The gravest level there, None where nothing is open."""
        levels = [each.incident.duty_level for each in self.incidents]
        return most_severe(*levels) if levels else None

    @property
    def people(self) -> list[KeyNumber]:
        """The numbers of people there."""
        return key_numbers(self.incidents)

    @property
    def owed(self) -> int:
        """How many reports are still to come."""
        return sum(len(each.legs) for each in self.incidents)

    @property
    def overdue(self) -> int:
        """How many of them are past their limit."""
        return sum(each.overdue for each in self.incidents)

    @property
    def responding(self) -> int:
        """In how many incidents a response runs."""
        return sum(each.response is not None for each in self.incidents)


def areas_of(situation: Situation, actor: Actor) -> list[AreaNow]:
    """Return the ten counties by code, each with its zones; two queries.

    An incident stands in the county where it occurred, once, so that the sums are those of the whole.
    """
    own = own_county(actor)
    areas = list(Jurisdiction.objects.exclude(kind=JurisdictionKind.CITY).order_by("code"))
    elsewhere = _elsewhere([each.incident for each in situation.real])
    return [
        AreaNow(
            area=county,
            incidents=[each for each in situation.real if each.incident.county_id == county.pk],
            is_seen=own is None or own.pk == county.pk,
            involved=elsewhere.count(county.pk),
            zones=[
                AreaNow(
                    area=zone,
                    incidents=[each for each in situation.real if each.incident.zone_id == zone.pk],
                    is_seen=own is None or own.pk == county.pk,
                )
                for zone in areas
                if zone.host_id == county.pk
            ],
        )
        for county in areas
        if county.kind == JurisdictionKind.COUNTY
    ]


def _elsewhere(incidents: Sequence[Incident]) -> list[int]:
    """Return the county of each row that concerns another county than the one where it occurred."""
    home = {incident.pk: incident.county_id for incident in incidents}
    rows = InvolvedCounty.objects.filter(incident__in=home).values_list("incident", "county")
    return [county for incident, county in rows if home[incident] != county]
