"""Which responses run, and what was decided, for an incident and what was merged into it (A52, A56)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Greatest

from accounts.models import Jurisdiction
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.levels import ResponseLevel
from response.models import Decision, Response, ResponseState, Track


def responses_of(incident: Incident) -> QuerySet[Response]:
    """Return the incident's responses, in the order in which they started."""
    return (
        Response.objects.filter(incident__in=family_ids(incident))
        .select_related("incident", "county", "headquarters__body", "headquarters__office")
        .order_by("pk")
    )


def city_response(incident: Incident) -> Response | None:
    """Return the city's running response; of two that a merge brought together the one that leads (A56, A63)."""
    return _leading(incident, responses_of(incident).filter(state=ResponseState.ACTIVE, track=Track.CITY))


def county_response(incident: Incident, county: Jurisdiction | None) -> Response | None:
    """Return a county's running response (A52: each for its territory), or its headquarters beside the city's (3.5)."""
    if county is None:
        return None
    return _leading(incident, responses_of(incident).filter(state=ResponseState.ACTIVE, county=county))


def _leading(incident: Incident, running: Iterable[Response]) -> Response | None:
    """Return the most severe, then the incident's own, then the one that started first."""
    worst_first = list(ResponseLevel)
    return min(
        running,
        key=lambda each: (
            worst_first.index(ResponseLevel(each.level)),
            each.incident_id != incident.pk,
            each.pk,
        ),
        default=None,
    )


def running_response(incident: Incident) -> Response | None:
    """Return a response that runs: the city's, else the county's that started first."""
    return city_response(incident) or responses_of(incident).filter(state=ResponseState.ACTIVE).first()


def began_at(response: Response) -> datetime:
    """Return since when the incident is responded to: from the first of the responses that gave way up to this one (A63)."""
    since = response.activated_at
    replaced = responses_of(response.incident).filter(state=ResponseState.REPLACED, ended_at__isnull=False)
    for began, until in replaced.order_by("-ended_at", "-pk").values_list("activated_at", "ended_at"):
        if until is not None and began < since <= until:
            since = began
    return since


def decisions_of(incident: Incident) -> list[Decision]:
    """Return every decision of an incident, in the order in which they were entered."""
    found = Decision.objects.filter(incident__in=family_ids(incident)).select_related(
        "incident", "organisation", "county", "report"
    )
    response = ("response__incident", "response__county", "response__headquarters__body")
    return list(found.select_related(*response, "response__headquarters__office").order_by("pk"))


def decisions_of_each(incident_ids: Iterable[int]) -> dict[int, list[Decision]]:
    """Return every decision of these incidents and of what was merged into them, by the whole; one query."""
    ids = list(incident_ids)
    family = Incident.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids)).values("pk")
    found: dict[int, list[Decision]] = {pk: [] for pk in ids}
    rows = Decision.objects.filter(incident__in=family)
    for row in rows.select_related("incident__county", "incident__merged_into", "organisation").order_by(
        "pk"
    ):
        found[row.incident.merged_into_id or row.incident_id].append(row)
    return found


def running_of_each(incident_ids: Iterable[int]) -> dict[int, Response]:
    """Return of each incident the most severe response that runs, a merged part's for the whole (A56); one query."""
    wanted, worst_first = set(incident_ids), list(ResponseLevel)
    running = Response.objects.filter(state=ResponseState.ACTIVE).select_related("incident", "county")
    found: dict[int, Response] = {}
    for each in sorted(running.order_by("pk"), key=lambda each: worst_first.index(ResponseLevel(each.level))):
        for whole in {each.incident_id, each.incident.merged_into_id or each.incident_id} & wanted:
            found.setdefault(whole, each)
    return found


def settled_among(incident_ids: Iterable[int], county: Jurisdiction | None = None) -> set[int]:
    """Return the incidents whose last response ended and stays so: nothing has reopened it, no level was fixed since (6.4.2).

    county: of whose responses; of the city's if left out. One query, a merged part's for the whole (A56).
    """
    wanted = set(incident_ids)
    family = Q(incident__in=wanted) | Q(incident__merged_into__in=wanted)
    fixed = [Max(f"incident__{way}confirmations__confirmed_at") for way in ("", "merged_into__")]
    rows = Response.objects.filter(family, county=county).annotate(fixed_at=Greatest(*fixed))
    settled: dict[int, bool] = {}
    last = sorted(
        rows.select_related("incident"), key=lambda row: (row.state == ResponseState.ACTIVE, row.pk)
    )
    for row in last:
        ends = row.ended_at if row.state == ResponseState.ENDED and row.reopened_at is None else None
        is_settled = ends is not None and (row.fixed_at is None or row.fixed_at <= ends)
        settled[row.incident.merged_into_id or row.incident_id] = is_settled
    return {pk for pk, is_so in settled.items() if is_so} & wanted
