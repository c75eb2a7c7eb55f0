"""What early detection reads: a constant number of queries, bounded by what is recent, however many cases there ever were."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Min, Q
from django.db.models.functions import TruncDate

from incidents.epi.curve import NINGBO
from incidents.models import Incident, IncidentStatus, Outcome
from reporting.models import PublicStatement, SingleCase
from reporting.public_choices import PublicState
from reporting.signalling.parameters import (
    BASELINE_WEEKS,
    LOOKS_BACK,
    SEASON_DAYS,
    USUAL_DAYS,
    SignalKind,
)
from reporting.signalling.traces import trace_of, traces_of
from reporting.signalling.values import DAY, History, Sighting, Stratum, kind_of, season_of

# The newest of so many: a flood of reports is no reason to read without end.
MOST_CASES: Final = 20_000
MOST_REPORTS: Final = 500
MOST_INCIDENTS: Final = 500
WAITING: Final = (PublicState.RECEIVED, PublicState.IN_TRIAGE)
MENTIONS: Final = """
    SELECT trace, count(*) FROM reporting_singlecase AS single_case, unnest(traces) AS trace
    WHERE traces && %(keys)s::varchar[] AND trace = ANY(%(keys)s) AND NOT is_withdrawn AND is_drill = %(is_drill)s
      AND seen_at >= %(since)s AND seen_at < %(until)s
      AND NOT EXISTS (SELECT 1 FROM reporting_singlecase AS newer WHERE newer.corrects_id = single_case.id)
    GROUP BY trace
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the method is asked about; `incidents` are those under way by the trace of their place."""

    sightings: list[Sighting]
    history: History
    incidents: Mapping[str, int]


def seen(keys: Collection[str], *, is_drill: bool, at: datetime) -> Seen:
    """Return the sightings that share one of these traces or strata, what is usual of them, and the incidents under way."""
    strata = [_stratum(key) for key in keys if kind_of(key) == SignalKind.RISE]
    traces = [key for key in keys if kind_of(key) != SignalKind.RISE]
    public = [] if is_drill else _reports(at)
    mine = set(traces)
    return Seen(
        [*_cases(traces, strata, is_drill, at), *(each for each in public if mine & each.traces.keys())],
        _history(traces, strata, is_drill, at),
        _incidents(is_drill, at),
    )


def recent_keys(*, since: datetime) -> dict[bool, set[str]]:
    """Return the traces and strata of what came since then, apart for drills."""
    keys: dict[bool, set[str]] = defaultdict(set)
    rows = SingleCase.objects.standing().filter(recorded_at__gte=since)
    for traces, county, syndrome, is_drill in rows.values_list(
        "traces", "county__code", "syndrome", "is_drill"
    ):
        keys[is_drill] |= {*traces, f"{SignalKind.RISE.value}|{county}|{syndrome}"}
    for report in _reports(since + LOOKS_BACK):
        keys[False] |= report.traces.keys()
    return keys


def _stratum(key: str) -> Stratum:
    _rise, county, syndrome = key.split("|")
    return county, syndrome


def _cases(
    traces: Collection[str], strata: Collection[Stratum], is_drill: bool, at: datetime
) -> list[Sighting]:
    midnight = at.astimezone(NINGBO).replace(hour=0, minute=0, second=0, microsecond=0)
    near = Q(traces__overlap=list(traces), seen_at__gte=at - LOOKS_BACK)
    for county, syndrome in strata:
        near |= Q(county__code=county, syndrome=syndrome, seen_at__gte=midnight - DAY)
    rows = SingleCase.objects.standing().filter(near, is_drill=is_drill, seen_at__lte=at)
    names = ("pk", "first_id", "county__code", "seen_at", "details", "home", "person", "syndrome")
    grave = ("is_severe", "outcome")
    return [
        Sighting(
            ref=f"case:{first_id or pk}",
            county=county,
            seen_at=seen_at,
            traces=traces_of(details, home),
            kin=frozenset(home),
            person=person,
            syndrome=syndrome,
            is_grave=is_severe or outcome == Outcome.DEAD,
        )
        for pk, first_id, county, seen_at, details, home, person, syndrome, is_severe, outcome in (
            rows.order_by("-seen_at").values_list(*names, *grave)[:MOST_CASES]
        )
    ]


def _reports(at: datetime) -> list[Sighting]:
    """Return the public's reports that wait, each as it was said last; of one source all are one household."""
    rows = PublicStatement.objects.filter(
        report__state__in=WAITING, report__is_held=False, said_at__gte=at - LOOKS_BACK
    )
    names = ("report", "report__county__code", "report__source", "said_at", "place_text", "suspect_food")
    found: dict[int, Sighting] = {}
    for pk, county, source, said_at, place, food, occurred_at in rows.order_by("-said_at", "-pk").values_list(
        *names, "occurred_latest"
    )[:MOST_REPORTS]:
        traces = [trace_of(SignalKind.PLACE, place), trace_of(SignalKind.FOOD, food)]
        kin = frozenset({f"source|{source}"}) if source else frozenset()
        named = dict.fromkeys(filter(None, traces), occurred_at)
        if named and pk not in found:
            found[pk] = Sighting(f"public:{pk}", county, said_at, named, kin)
    return list(found.values())


def _history(traces: Collection[str], strata: Collection[Stratum], is_drill: bool, at: datetime) -> History:
    until = at - LOOKS_BACK
    cases = SingleCase.objects.standing().filter(is_drill=is_drill, seen_at__lte=at)
    spans = {"year": USUAL_DAYS * DAY, "month": SEASON_DAYS * DAY}
    counts = {name: Count("pk", filter=Q(seen_at__gte=at - span)) for name, span in spans.items()}
    of_year = cases.filter(seen_at__gte=at - spans["year"] - LOOKS_BACK)
    totals = of_year.aggregate(first=Min("seen_at"), **counts)
    known_days = (at - totals["first"]) // DAY if totals["first"] else 0
    return History(
        days=known_days,
        mentions=_mentions(traces, is_drill, until - USUAL_DAYS * DAY, until),
        season=season_of(totals["month"], totals["year"], known_days),
        daily=_daily(strata, is_drill, at),
    )


def _mentions(traces: Collection[str], is_drill: bool, since: datetime, until: datetime) -> dict[str, int]:
    given: dict[str, Any] = {"keys": list(traces), "is_drill": is_drill, "since": since, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(MENTIONS, given)
        return dict(cursor.fetchall())


def _daily(strata: Collection[Stratum], is_drill: bool, at: datetime) -> dict[Stratum, dict[date, int]]:
    wanted = Q(pk=None)
    for county, syndrome in strata:
        wanted |= Q(county__code=county, syndrome=syndrome)
    rows = SingleCase.objects.standing().filter(wanted, is_drill=is_drill)
    rows = rows.filter(seen_at__gte=at - (BASELINE_WEEKS * 7 + 2) * DAY, seen_at__lte=at)
    days = rows.annotate(day=TruncDate("seen_at", tzinfo=NINGBO)).order_by()
    found: dict[Stratum, dict[date, int]] = defaultdict(dict)
    for county, syndrome, day, number in days.values_list("county__code", "syndrome", "day").annotate(
        Count("pk")
    ):
        found[county, syndrome][day] = number
    return found


def _incidents(is_drill: bool, at: datetime) -> dict[str, int]:
    rows = Incident.objects.filter(
        status=IncidentStatus.OPEN, is_drill=is_drill, opened_at__gte=at - LOOKS_BACK
    )
    named = rows.order_by("-opened_at").values_list("pk", "place_text")[:MOST_INCIDENTS]
    return {trace: pk for pk, place in named if (trace := trace_of(SignalKind.PLACE, place))}
