"""Which incidents under way name one source in their line lists: counted in the database, one query however many cases."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import combinations
from typing import Final

from django.db import connection

from incidents.models import Incident, IncidentStatus
from reporting.signalling.parameters import LOOKS_BACK, SignalKind
from reporting.signalling.traces import AT_HOME, trace_of

# House rule, not the plan's: so many cases of each must name it.
LEAST_CASES: Final = 2
MOST_INCIDENTS: Final = 200
NAMED: Final = """
    SELECT coalesce(incident.merged_into_id, incident.id), named.kind, named.name,
           count(DISTINCT (fact.source_id, fact.series, listed.local_id))
    FROM incidents_case AS listed
    JOIN incidents_fact AS fact ON fact.id = listed.fact_id
    JOIN incidents_incident AS incident ON incident.id = fact.incident_id
    CROSS JOIN LATERAL jsonb_array_elements(coalesce(listed.details->'exposures', '[]'::jsonb)) AS exposure
    CROSS JOIN LATERAL (VALUES
        ('maker', exposure->>'place_made'),
        ('place', CASE WHEN exposure->>'place_kind' IS DISTINCT FROM %s THEN exposure->>'place_eaten' END)
    ) AS named (kind, name)
    WHERE coalesce(incident.merged_into_id, incident.id) = ANY(%s) AND named.name IS NOT NULL
      AND NOT fact.is_retraction
      AND NOT EXISTS (SELECT 1 FROM incidents_fact AS newer WHERE newer.corrects_id = fact.id)
    GROUP BY 1, 2, 3
"""


def common_sources(*, at: datetime) -> list[tuple[Incident, Incident, str]]:
    """Return the pairs of recent open incidents whose cases name one place where they ate or where food was made."""
    rows = Incident.objects.filter(status=IncidentStatus.OPEN, opened_at__gte=at - LOOKS_BACK)
    open_ = {each.pk: each for each in rows.order_by("-opened_at")[:MOST_INCIDENTS]}
    naming: dict[str, list[Incident]] = defaultdict(list)
    for (pk, trace), number in _named(open_).items():
        if number >= LEAST_CASES:
            naming[trace].append(open_[pk])
    pairs: dict[tuple[int, int], tuple[Incident, Incident, str]] = {}
    for trace, incidents in sorted(naming.items()):
        for earlier, later in combinations(sorted(incidents, key=lambda each: (each.opened_at, each.pk)), 2):
            if earlier.is_drill == later.is_drill:
                name = trace.partition("|")[2]
                pairs.setdefault((later.pk, earlier.pk), (later, earlier, name))
    return list(pairs.values())


def _named(incident_ids: Iterable[int]) -> dict[tuple[int, str], int]:
    """Return how many cases of each incident name each place, however often revisions repeat them."""
    found: dict[tuple[int, str], int] = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [AT_HOME, list(incident_ids)])
        for pk, kind, name, number in cursor.fetchall():
            if trace := trace_of(SignalKind(kind), name):
                found[pk, trace] += number
    return found
