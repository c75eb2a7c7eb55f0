"""The list of incidents: filters that live in the address, and pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Jurisdiction, JurisdictionKind
from incidents.models import AssessmentRecord, Incident, IncidentStatus
from incidents.selectors import visible_incidents
from plan.levels import IncidentLevel
from response.models import Response, ResponseState
from response.selectors.running import running_of_each

PER_PAGE: Final = 25
LONGEST_SEARCH: Final = 60


class Responding(models.TextChoices):
    """Whether an incident is responded to."""

    RUNNING = "running", _("响应中")
    NONE = "none", _("没有进行中的响应")


class Kind(models.TextChoices):
    """Whether an incident is meant or played."""

    REAL = "real", _("不含演练")
    DRILL = "drill", _("只看演练")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; an unknown value narrows nothing."""

    level: str = ""
    state: str = ""
    response: str = ""
    county: str = ""
    kind: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One incident of the list with what the machine last proposed and the most severe response that runs."""

    incident: Incident
    assessment: AssessmentRecord | None
    response: Response | None


def filters_of(asked: Mapping[str, str]) -> Filters:
    """Return the filters that an address names."""
    return Filters(**{name: asked.get(name, "") for name in Filters.__slots__})


def incident_page(actor: Actor, filters: Filters, number: str) -> tuple[Page[Incident], list[Row]]:
    """Return one page of the incidents an actor may see, last changed first."""
    page = Paginator(_found(actor, filters), PER_PAGE).get_page(number)
    return page, _rows(page.object_list)


def incident_rows(actor: Actor, filters: Filters, *, most: int) -> list[Row]:
    """Return the same as one list, at most so many."""
    return _rows(_found(actor, filters)[:most])


def counties() -> QuerySet[Jurisdiction]:
    """Return the ten counties."""
    return Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY).order_by("code")


def searched(text: str) -> str:
    """Return what was typed into a search as the database may be asked for it."""
    return text.replace("\x00", "").strip()[:LONGEST_SEARCH]


def named(text: str) -> Q:
    """Match incidents by number or by the place where they occurred."""
    return (
        Q(number__icontains=text)
        | Q(place_text__icontains=text)
        | Q(place__name__icontains=text)
        | Q(address__icontains=text)
    )


def _found(actor: Actor, filters: Filters) -> QuerySet[Incident]:
    found = _narrowed(visible_incidents(actor), filters).select_related("county", "zone", "place")
    return found.order_by("-changed_at", "-pk")


def _rows(found: Iterable[Incident]) -> list[Row]:
    incidents = list(found)
    latest = AssessmentRecord.objects.filter(incident__in=incidents).order_by("incident", "-pk")
    assessments = {record.incident_id: record for record in latest.distinct("incident")}
    running = running_of_each(incident.pk for incident in incidents)
    return [Row(each, assessments.get(each.pk), running.get(each.pk)) for each in incidents]


def _narrowed(incidents: QuerySet[Incident], filters: Filters) -> QuerySet[Incident]:
    if filters.level in list(IncidentLevel):
        incidents = incidents.filter(_duty_level(IncidentLevel(filters.level)))
    if filters.state in IncidentStatus.values:
        incidents = incidents.filter(status=filters.state)
    if filters.response in Responding.values:
        incidents = incidents.filter(_responding(running=filters.response == Responding.RUNNING))
    if filters.county.isalnum():
        incidents = incidents.filter(involved__county__code=filters.county)
    if filters.kind in Kind.values:
        incidents = incidents.filter(is_drill=filters.kind == Kind.DRILL)
    text = searched(filters.text)
    return incidents.filter(named(text)) if text else incidents


def _responding(*, running: bool) -> Q:
    """Match by whether a response to the incident, or to what was merged into it, runs (A56)."""
    active = Response.objects.filter(state=ResponseState.ACTIVE)
    own = Exists(active.filter(incident=OuterRef("pk"))) | Exists(
        active.filter(incident__merged_into=OuterRef("pk"))
    )
    return Q(own) if running else ~Q(own)


def _duty_level(level: IncidentLevel) -> Q:
    """Match the more severe of proposed and confirmed level (architecture: levels)."""
    milder = [each.value for each in IncidentLevel if level.at_least(each)]
    either = Q(proposed_level=level) | Q(confirmed_level=level)
    return either & Q(proposed_level__in=milder) & Q(confirmed_level__in=[*milder, ""])
