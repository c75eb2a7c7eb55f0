"""Keep the calendar of important events, and let the clocks of 5.1(8) follow it (second limb, A22, A65)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Jurisdiction
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock
from incidents.actions.incidents import lock_numbers
from incidents.models import Incident, IncidentStatus, InvolvedCounty
from reporting.actions.clocks import follow_calendar
from reporting.calendar_policies import check_can_be_event, check_can_change_event
from reporting.models import EventScope, Ground, ImportantEvent, Obligation, ObligationState
from reporting.permissions import check_actor_keeps_calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """What the calendar says of an event; no counties for the whole city, a place within one county."""

    name: str
    scope: EventScope
    counties: tuple[Jurisdiction, ...] = ()
    place_name: str = ""
    starts_at: datetime
    ends_at: datetime
    is_drill: bool = False
    is_demo: bool = False

    def fields(self) -> dict[str, Any]:
        """Return it as a row holds it."""
        own = {name: getattr(self, name) for name in self.__slots__}
        return own | {"counties": sorted(each.county.code for each in self.counties)}


@transaction.atomic
def enter_event(*, draft: EventDraft, by: Actor, at: datetime) -> ImportantEvent:
    """Enter an important event; incidents within it, known already or not, oblige at once (5.1(8), A22).

    Entered afterwards, 得知 is now: nobody who had to report knew before. The same event entered twice is one. Refused:
    by another office (403), without a name, period or area that can be (422).
    """
    open_ones = _locked_incidents(at)
    check_actor_keeps_calendar(by)
    _check(draft)
    known = ImportantEvent.objects.standing().filter(**draft.fields()).first()
    if known is not None:
        return known
    event = ImportantEvent(**draft.fields())
    return _save("reporting.enter_event", event, open_ones, by, at)


@transaction.atomic
def change_event(
    *, event: ImportantEvent, draft: EventDraft, reason: str, by: Actor, at: datetime
) -> ImportantEvent:
    """Change an entry by a new version that says why; clocks under it start, move or end as it says now (A22, A65).

    Refused: by another office (403), without a reason or for what can't be (422), once changed or cancelled (409).
    """
    open_ones = _locked_incidents(at)
    check_actor_keeps_calendar(by)
    _check(draft)
    _check_change(event, reason)
    marks = {"is_drill": event.is_drill, "is_demo": event.is_demo}
    version = _version_of(event, draft.fields() | marks, reason)
    return _save("reporting.change_event", version, open_ones, by, at)


@transaction.atomic
def cancel_event(*, event: ImportantEvent, reason: str, by: Actor, at: datetime) -> ImportantEvent:
    """Take an event that is none off the calendar, with a reason: clocks that are open under it end (A22).

    One that ends early is changed, not cancelled. Refused: by another office (403), without a reason (422), once changed
    or cancelled (409).
    """
    open_ones = _locked_incidents(at)
    check_actor_keeps_calendar(by)
    _check_change(event, reason)
    same = ("name", "scope", "counties", "place_name", "starts_at", "ends_at", "is_drill", "is_demo")
    said = {name: getattr(event, name) for name in same}
    version = _version_of(event, said | {"is_cancelled": True}, reason)
    return _save("reporting.cancel_event", version, open_ones, by, at)


def _check(draft: EventDraft) -> None:
    check_can_be_event(
        name=draft.name,
        counties=len(draft.counties),
        place_name=draft.place_name,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
    )


def _check_change(event: ImportantEvent, reason: str) -> None:
    is_replaced = ImportantEvent.objects.filter(replaces=event).exists()
    check_can_change_event(event, is_replaced=is_replaced, reason=reason)


def _locked_incidents(at: datetime) -> list[Incident]:
    """Lock both counters and every open incident with its parts, so that none is opened or changed unseen meanwhile."""
    for is_drill in (False, True):
        lock_numbers(at=at, is_drill=is_drill)
    alive = Incident.objects.filter(status__in=(IncidentStatus.OPEN, IncidentStatus.MERGED))
    locked = lock(alive.values_list("pk", flat=True))
    return [each for each in locked if each.status == IncidentStatus.OPEN]


def _version_of(event: ImportantEvent, said: Mapping[str, Any], reason: str) -> ImportantEvent:
    return ImportantEvent(**said, replaces=event, first_id=event.entry_id, reason=reason)


def _save(
    action: str, event: ImportantEvent, open_ones: Collection[Incident], by: Actor, at: datetime
) -> ImportantEvent:
    """Write the row and the evidence, and let the clocks of the incidents it may concern follow."""
    event.entered_by, event.office, event.entered_at = by.ref, by.office, at
    event.save(force_insert=True)
    payload = {
        "entry": event.entry_id,
        "replaces": event.replaces_id,
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "counties": event.counties,
        "rows": seals([event]),
    }
    record(
        Entry(
            chain=f"org:{by.office}",
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"event:{event.entry_id}",
            payload=payload,
        )
    )
    concerned = _concerned(event)
    for incident in open_ones:
        if incident.pk in concerned:
            follow_calendar(incident=incident, event=event, by=by, at=at)
    return event


def _concerned(event: ImportantEvent) -> set[int]:
    """Return the ids of the incidents that changed since it began in its counties, and of those with clocks under it."""
    own = InvolvedCounty.objects.filter(incident__changed_at__gte=event.starts_at)
    own = own.filter(county__code__in=event.counties) if event.counties else own
    running = Obligation.objects.filter(ground=Ground.SECOND_LIMB, state=ObligationState.ARMED)
    entries = [
        event.entry_id,
        *ImportantEvent.objects.filter(first_id=event.entry_id).values_list("pk", flat=True),
    ]
    under = running.filter(event__in=entries)
    wholes = {merged or pk for pk, merged in under.values_list("incident", "incident__merged_into")}
    return {*own.values_list("incident", flat=True), *wholes}
