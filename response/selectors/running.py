"""Which responses run, and what was decided, for an incident and what was merged into it (A52, A56)."""

from django.db.models import QuerySet

from accounts.models import Jurisdiction
from incidents.models import Incident
from incidents.selectors import family_ids
from response.models import Decision, Response, ResponseState, Track


def responses_of(incident: Incident) -> QuerySet[Response]:
    """Return the incident's responses, in the order in which they started."""
    return (
        Response.objects.filter(incident__in=family_ids(incident))
        .select_related("incident", "county", "headquarters__body", "headquarters__office")
        .order_by("pk")
    )


def city_response(incident: Incident) -> Response | None:
    """Return the city's running response."""
    return responses_of(incident).filter(state=ResponseState.ACTIVE, track=Track.CITY).last()


def county_response(incident: Incident, county: Jurisdiction | None) -> Response | None:
    """Return a county's running response (A52: each for its territory)."""
    return responses_of(incident).filter(state=ResponseState.ACTIVE, county=county).last() if county else None


def running_response(incident: Incident, county: Jurisdiction | None = None) -> Response | None:
    """Return the response that leads: the city's if it runs, else this county's, else any county's."""
    running = [each for each in responses_of(incident) if each.state == ResponseState.ACTIVE]
    rank = {Track.CITY: 0, Track.COUNTY: 1}
    running.sort(key=lambda each: (rank[Track(each.track)], each.county != county, each.pk))
    return running[0] if running else None


def decisions_of(incident: Incident) -> list[Decision]:
    """Return every decision of an incident, in the order in which they were entered."""
    found = Decision.objects.filter(incident__in=family_ids(incident))
    return list(found.select_related("organisation", "county").order_by("pk"))
