"""Which incident a report belongs to: by itself only on the same registered place within 72 hours."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from incidents.models import Incident, IncidentStatus, Place

# House rules for joining, not the plan's (architecture: joining).
JOINS_WITHIN = timedelta(hours=72)
PROPOSED_WITHIN = timedelta(days=14)
ALIKE = 0.3
MOST_PROPOSED = 3


def joinable(*, place: Place | None, occurred: datetime, is_drill: bool) -> Incident | None:
    """Return the incident a report joins by itself: same registered place, 72 h at most apart; else None.

    It is open, or part of a whole that is (A56).
    """
    if place is None:
        return None
    merged = Q(status=IncidentStatus.MERGED, merged_into__status=IncidentStatus.OPEN)
    there = Incident.objects.filter(Q(status=IncidentStatus.OPEN) | merged, place=place, is_drill=is_drill)
    return _near(there, occurred, JOINS_WITHIN).first()


def alike(incident: Incident) -> Iterable[Incident]:
    """Return open incidents that may be the same one: in the county, near in time, the same or a like-named place."""
    moment = incident.occurred_latest or incident.known_at
    near = _near(_open(incident.is_drill).filter(county=incident.county_id), moment, PROPOSED_WITHIN)
    named = near.exclude(pk=incident.pk).annotate(
        likeness=TrigramSimilarity("place_text", incident.place_text or "-")
    )
    same = Q(likeness__gte=ALIKE) | (Q(place=incident.place_id) if incident.place_id else Q(pk=None))
    return named.filter(same).order_by("-likeness", "pk")[:MOST_PROPOSED]


def _open(is_drill: bool) -> QuerySet[Incident]:
    return Incident.objects.filter(status=IncidentStatus.OPEN, is_drill=is_drill)


def _near(incidents: QuerySet[Incident], moment: datetime, span: timedelta) -> QuerySet[Incident]:
    """Return those at most a span apart from a moment, the latest first."""
    dated = incidents.annotate(moment=Coalesce("occurred_latest", "known_at"))
    return dated.filter(moment__range=(moment - span, moment + span)).order_by("-moment")
