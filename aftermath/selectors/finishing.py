"""Whether the aftermath of an incident is over, who says so, and what went on (7.1, 7.2)."""

from datetime import datetime

from accounts.models import Organisation
from aftermath.models import Finish
from aftermath.selectors.open_items import OpenItem, open_items
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.levels import IncidentLevel
from plan.offices import OfficeKind
from response.models import Track
from response.selectors.measures import stage_regulators, stages_of
from response.selectors.running import responses_of


def last_finish(incident: Incident) -> Finish | None:
    """Return the latest declaration that the aftermath is finished, None before the first."""
    family = family_ids(incident.merged_into or incident)
    rows = Finish.objects.filter(incident__in=family).select_related("organisation")
    return rows.order_by("pk").last()


def finished_at(incident: Incident) -> datetime | None:
    """Return since when the aftermath is finished (7.2); None if it is not, or if a response began or ended since."""
    last = last_finish(incident)
    if last is None:
        return None
    moments = responses_of(incident).values_list("activated_at", "ended_at")
    overtaken = any(
        began > last.declared_at or ended is None or ended > last.declared_at for began, ended in moments
    )
    return None if overtaken else last.declared_at


def carried_over(incident: Incident) -> list[OpenItem]:
    """Return what was carried over at the latest declaration and is still open (7.1, 8.6)."""
    last = last_finish(incident)
    if last is None:
        return []
    keys = {each["key"] for each in last.carried}
    return [item for item in open_items(incident) if item.key in keys]


def regulators_in_charge(incident: Incident) -> list[Organisation]:
    """Return the food-safety regulators that lead the aftermath (7.2, A53): the city's of the stage, or the county's.

    The track of the latest response decides; without one, the level: from Ⅲ on the city.
    """
    tracks = [each.track for each in responses_of(incident)]
    is_city = tracks[-1] == Track.CITY if tracks else incident.duty_level.at_least(IncidentLevel.III)
    if not is_city:
        rows = Organisation.objects.filter(kind=OfficeKind.COUNTY_REGULATOR, jurisdiction=incident.county)
        return list(rows.order_by("pk"))
    by_stage, stages = stage_regulators(), stages_of(incident)
    named = {by_stage[stage].pk: by_stage[stage] for stage in stages}
    if named:
        return [named[pk] for pk in sorted(named)]
    return list(Organisation.objects.filter(kind=OfficeKind.CITY_REGULATOR).order_by("pk"))
