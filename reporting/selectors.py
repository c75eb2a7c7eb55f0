"""What pages, the board and replays read about legs and duties; a constant number of queries each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.actors import Actor
from incidents.models import Incident, IncidentStatus
from incidents.selectors import visible_incidents
from reporting.excuses import OnRecord
from reporting.house_targets import targets
from reporting.leg_view import DutyView, LegView, leg_view
from reporting.models import (
    CallAttempt,
    Delivery,
    LegCode,
    Obligation,
    ObligationState,
    OpenDuty,
    OralExplanation,
    StageEvent,
)
from reporting.verdicts import fulfilment

_LEG_ORDER = list(LegCode)
Entered = TypeVar("Entered", Delivery, OralExplanation, CallAttempt)
OfIncident = TypeVar("OfIncident", Delivery, OralExplanation, CallAttempt, Obligation)


def legs(incident_ids: Collection[int], at: datetime) -> list[LegView]:
    """Return every leg of these incidents and of what was merged into them, judged at a moment (预案 5.1)."""
    return _views(Obligation.objects.filter(_of_families(incident_ids)), at)


def running_legs(actor: Actor, at: datetime) -> list[LegView]:
    """Return the legs still owed in open incidents the actor may see, the most pressing first (预案 5.1(8))."""
    seen = visible_incidents(actor).filter(status=IncidentStatus.OPEN).values_list("pk", flat=True)
    armed = Obligation.objects.filter(_of_families(seen), state=ObligationState.ARMED).annotate(
        whole=Coalesce("incident__merged_into", "incident")
    )
    # Legs stay armed when met; incidents with nothing left to tell are not read again for ever.
    told = Q(Exists(_surely_met(leg__in=(LegCode.PHONE, LegCode.WRITTEN))), leg=LegCode.ONWARD)
    open_cases = armed.exclude(Exists(_surely_met(leg=OuterRef("leg"))) | told).values("whole")
    owed = [view for view in _views(armed.filter(whole__in=open_cases), at) if view.verdict.is_owed]
    return sorted(owed, key=_pressure)


def open_duties(incident_ids: Collection[int], at: datetime) -> list[DutyView]:
    """Return the facts these incidents' reporters still owe (预案 5.2); of what was withdrawn or was none, nobody owes any."""
    own = OpenDuty.objects.filter(_of_families(incident_ids), settled_at__isnull=True)
    own = own.exclude(incident__status__in=(IncidentStatus.WITHDRAWN, IncidentStatus.NOT_AN_INCIDENT))
    found = own.select_related("bearer", "incident").order_by("opened_at", "pk")
    known = targets()
    return [DutyView(duty, at, known) for duty in found]


def family_deliveries(incident: Incident) -> list[Delivery]:
    """Return every delivery that counts for an incident: its own and those of what is one with it (A56)."""
    return list(Delivery.objects.filter(_of_families([whole_id(incident)])))


def family_explanations(incident: Incident) -> QuerySet[OralExplanation]:
    """Return every oral explanation that counts for an incident: its own and those of what is one with it (A56)."""
    found = OralExplanation.objects.filter(_of_families([whole_id(incident)]))
    return found.select_related("bearer", "recipient", "retraction")


def family_attempts(incident: Incident) -> QuerySet[CallAttempt]:
    """Return every call without an answer of an incident and of what is one with it (A56)."""
    found = CallAttempt.objects.filter(_of_families([whole_id(incident)]))
    return found.select_related("bearer", "recipient", "retraction")


def family_on_record(incident: Incident) -> OnRecord:
    """Return all that decides about the clocks of an incident and what is one with it (A56)."""
    return families_on_record([incident])[whole_id(incident)]


def families_on_record(incidents: Collection[Incident]) -> dict[int, OnRecord]:
    """Return the same for many incidents, by the id of the whole that each belongs to; three queries at most."""
    wholes = {whole_id(each) for each in incidents}
    family = _of_families(wholes)
    deliveries = _by_whole(Delivery.objects.filter(family).select_related("incident"))
    told = OralExplanation.objects.filter(family).select_related(
        "incident", "bearer", "recipient", "retraction"
    )
    explanations = _by_whole(told)
    written = Obligation.objects.filter(_of_families(explanations), leg=LegCode.WRITTEN)
    owed = _by_whole(written.select_related("incident") if explanations else ())
    return {
        whole: OnRecord(deliveries[whole], explanations[whole], written_to=_written_to(owed[whole]))
        for whole in wholes
    }


def _surely_met(**legs: object) -> QuerySet[Delivery]:
    """Return the deliveries that close the leg of the outer query whatever else is on record (A18, A46, A55)."""
    return Delivery.objects.filter(
        incident=OuterRef("incident"),
        bearer=OuterRef("bearer"),
        recipient=OuterRef("recipient"),
        received_at__gte=OuterRef("anchor_earliest"),
        corrected_by__isnull=True,
        is_retraction=False,
        **legs,
    )


def _views(obligations: QuerySet[Obligation], at: datetime) -> list[LegView]:
    found = list(
        obligations.select_related(
            "bearer", "recipient", "event", "incident__county", "incident__merged_into"
        ).order_by("-armed_at", "-pk")
    )
    stages: dict[int, list[StageEvent]] = defaultdict(list)
    for event in StageEvent.objects.filter(obligation__in=found).order_by("due_at"):
        stages[event.obligation_id].append(event)
    owed_to: dict[tuple[int, int], set[int]] = defaultdict(set)
    versions: dict[tuple[object, ...], list[Obligation]] = defaultdict(list)
    for each in found:
        whole = whole_id(each.incident)
        owed_to[whole, each.bearer_id].add(each.recipient_id)
        versions[whole, each.clause, each.ground, each.leg, each.bearer_id, each.recipient_id].append(each)
    on_record = _on_record(found)
    views = []
    for group in versions.values():
        whole = whole_id(group[0].incident)
        current = _current(group, on_record[whole])
        older = [each for each in group if each is not current]
        theirs = owed_to[whole, current.bearer_id]
        views.append(leg_view([current, *older], on_record[whole], stages, theirs, at))
    return sorted(views, key=_place)


def _current(versions: Sequence[Obligation], on_record: OnRecord) -> Obligation:
    """Return the version that stands; of two that a merge brought together, one that was met (A56)."""
    armed = [each for each in versions if each.state == ObligationState.ARMED]
    if len(armed) > 1:
        armed.sort(key=lambda each: fulfilment(each, on_record.deliveries) is None)
    return armed[0] if armed else versions[0]


def _on_record(obligations: Collection[Obligation]) -> dict[int, OnRecord]:
    """Return what is on record for each whole these obligations belong to, by its id."""
    wholes = {whole_id(each.incident) for each in obligations}
    family = _of_families(wholes)
    rows = Delivery.objects.filter(family).select_related(
        "incident", "recipient", "report", "channel_review", "inherited_from__channel_review"
    )
    deliveries = _by_whole(rows.order_by("received_at", "pk"))
    told = OralExplanation.objects.filter(family).select_related("incident", "retraction")
    explanations = _by_whole(told.order_by("lodged_at", "pk"))
    tried = CallAttempt.objects.filter(family).select_related("incident", "retraction")
    attempts = _by_whole(tried.order_by("attempted_at", "pk"))
    owed = _by_whole(obligations)
    house_targets = targets()
    return {
        whole: OnRecord(
            _once(deliveries[whole]),
            _once(explanations[whole]),
            _once(attempts[whole]),
            _written_to(owed[whole]),
            house_targets,
        )
        for whole in wholes
    }


def _by_whole(rows: Iterable[OfIncident]) -> dict[int, list[OfIncident]]:
    found: dict[int, list[OfIncident]] = defaultdict(list)
    for row in rows:
        found[whole_id(row.incident)].append(row)
    return found


def _once(rows: list[Entered]) -> list[Entered]:
    """Leave out what an incident inherited at a split from one that it is one with again (A56)."""
    known = {row.pk for row in rows}
    return [row for row in rows if row.inherited_from_id not in known]


def _written_to(obligations: Iterable[Obligation]) -> dict[int, frozenset[int]]:
    """Return the ids of those to whom each bearer owes a written report, by the bearer's id."""
    owed: dict[int, frozenset[int]] = defaultdict(frozenset)
    for each in obligations:
        if each.leg == LegCode.WRITTEN:
            owed[each.bearer_id] |= {each.recipient_id}
    return owed


def _of_families(incident_ids: Iterable[int]) -> Q:
    # Found in one table: a choice between two keeps the database from every index, and costs as much as all that ever was.
    ids = list(incident_ids)
    return Q(incident__in=Incident.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids)).values("pk"))


def whole_id(incident: Incident) -> int:
    """Return the id of the incident that this one was merged into, or its own (A56)."""
    return incident.merged_into_id or incident.pk


def _place(view: LegView) -> tuple[object, ...]:
    own = view.obligation
    return (
        own.incident.number,
        own.clause,
        own.bearer.code,
        own.recipient.code,
        _LEG_ORDER.index(LegCode(own.leg)),
    )


def _pressure(view: LegView) -> tuple[object, ...]:
    """Order by what presses: limits passed first and longest, then the next due time, then what has no hours."""
    own = view.obligation
    due = view.countdown_at or own.limit_at
    return due is None, due or own.anchor_earliest, own.pk
