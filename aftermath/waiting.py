"""What the aftermath keeps on an office's desk: its own open items by incident, and a declaration still to be made (7.1, 7.2)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import actor_has
from accounts.rights import Right
from aftermath.models import Finish
from aftermath.selectors.open_items import OpenItem, open_items_of
from incidents.selectors import visible_incidents
from plan.aftermath import CLAUSE
from plan.offices import OfficeKind
from response.desk.todo import ToDo
from response.models import Response, ResponseState, Track
from response.selectors.measures import stage_regulators


def aftermath_waiting(actor: Actor, at: datetime) -> Iterator[ToDo]:
    """Yield what an office has to settle, incident by incident, and the declarations it owes (7.1, 7.2)."""
    if actor.organisation is None or not actor_has(actor, Right.KEEP_INSURANCE):
        return
    by_incident: dict[int, list[OpenItem]] = defaultdict(list)
    for item in open_items_of(actor.organisation):
        by_incident[item.entry.incident_id].append(item)
    for items in by_incident.values():
        yield _settle(items, at)
    for response in _to_declare(actor):
        yield ToDo(
            key=f"aftermath-finish-{response.incident_id}",
            what=_("善后处置完成后宣布结束"),
            url=reverse("aftermath:page", args=[response.incident.number]),
            since=response.ended_at or response.activated_at,
            incident=response.incident,
            clause="7.2",
        )


def _settle(items: list[OpenItem], at: datetime) -> ToDo:
    incident = items[0].entry.incident
    due = min((item.due_on for item in items if item.due_on), default=None)
    page = "aftermath:insurance" if all(item.entry.slug == "claim" for item in items) else "aftermath:page"
    return ToDo(
        key=f"aftermath-{incident.pk}",
        what=_("办理善后未了事项%d项") % len(items),
        url=reverse(page, args=[incident.number]),
        since=min(item.entry.recorded_at for item in items),
        incident=incident,
        note="、".join(dict.fromkeys(item.what for item in items)),
        clause=CLAUSE,
        due_at=timezone.make_aware(datetime.combine(due, time.max)) if due else None,
        is_late=any(item.is_late(at) for item in items),
        is_house=True,
    )


def _to_declare(actor: Actor) -> QuerySet[Response]:
    """Return the last ended responses whose aftermath this regulator has not declared finished (7.2, A53)."""
    declared = Finish.objects.filter(incident=OuterRef("incident"), declared_at__gte=OuterRef("ended_at"))
    later = Response.objects.filter(incident=OuterRef("incident"), pk__gt=OuterRef("pk"))
    ended = Response.objects.filter(
        ~Exists(declared), ~Exists(later), _in_charge(actor), state=ResponseState.ENDED
    )
    own = ended.filter(incident__in=visible_incidents(actor).filter(merged_into=None))
    return own.select_related("incident").order_by("ended_at")


def _in_charge(actor: Actor) -> Q:
    """Return the condition on a response that the office leads its aftermath: the county's, or the city's of the stage."""
    kind = OfficeKind(actor.organisation.kind) if actor.organisation else None
    if kind is OfficeKind.COUNTY_REGULATOR:
        return Q(track=Track.COUNTY)
    if kind not in {OfficeKind.CITY_REGULATOR, OfficeKind.CITY_UNIT}:
        return Q(pk=None)
    stages = [stage for stage, office in stage_regulators().items() if office == actor.organisation]
    unnamed = [""] if kind is OfficeKind.CITY_REGULATOR else []
    return Q(track=Track.CITY, incident__stage__in=stages + unnamed)
