"""The list of incidents: filters that live in the address, and pages."""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from accounts.actors import Actor
from accounts.models import Jurisdiction, JurisdictionKind
from incidents.models import AssessmentRecord, Incident, IncidentStatus
from incidents.selectors import visible_incidents
from plan.levels import IncidentLevel

PER_PAGE: Final = 25
LONGEST_SEARCH: Final = 60


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; an unknown value narrows nothing."""

    level: str = ""
    state: str = ""
    county: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One incident of the list with what the machine last proposed."""

    incident: Incident
    assessment: AssessmentRecord | None


def incident_page(actor: Actor, filters: Filters, number: str) -> tuple[Page[Incident], list[Row]]:
    """Return one page of the incidents an actor may see, last changed first."""
    found = _narrowed(visible_incidents(actor), filters).select_related("county", "zone", "place")
    page = Paginator(found.order_by("-changed_at", "-pk"), PER_PAGE).get_page(number)
    incidents = list(page.object_list)
    latest = AssessmentRecord.objects.filter(incident__in=incidents).order_by("incident", "-pk")
    assessments = {record.incident_id: record for record in latest.distinct("incident")}
    return page, [Row(incident, assessments.get(incident.pk)) for incident in incidents]


def counties() -> QuerySet[Jurisdiction]:
    """Return the ten counties."""
    return Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY).order_by("code")


def _narrowed(incidents: QuerySet[Incident], filters: Filters) -> QuerySet[Incident]:
    if filters.level in list(IncidentLevel):
        incidents = incidents.filter(_duty_level(IncidentLevel(filters.level)))
    if filters.state in IncidentStatus.values:
        incidents = incidents.filter(status=filters.state)
    if filters.county.isalnum():
        incidents = incidents.filter(involved__county__code=filters.county)
    text = filters.text.replace("\x00", "").strip()[:LONGEST_SEARCH]
    if text:
        incidents = incidents.filter(
            Q(number__icontains=text)
            | Q(place_text__icontains=text)
            | Q(place__name__icontains=text)
            | Q(address__icontains=text)
        )
    return incidents


def _duty_level(level: IncidentLevel) -> Q:
    """Match the more severe of proposed and confirmed level (architecture: levels)."""
    milder = [each.value for each in IncidentLevel if level.at_least(each)]
    either = Q(proposed_level=level) | Q(confirmed_level=level)
    return either & Q(proposed_level__in=milder) & Q(confirmed_level__in=[*milder, ""])
