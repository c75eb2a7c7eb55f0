"""At a split both sides keep the receipts, explanations and clocks they had while they were one (A56)."""

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from datetime import datetime
from typing import TypeVar

from django.db.models import Max

from accounts.actors import Actor
from audit.record import record_all
from incidents.models import Incident
from incidents.steps import Split
from plan.duties import DUTY_5_1_8
from reporting.actions.evidence import (
    attempt_entries,
    delivery_entries,
    explanation_entries,
    obligation_entries,
    stage_entries,
)
from reporting.first_limb import bearers
from reporting.models import (
    CallAttempt,
    CityUnitConcerned,
    Delivery,
    Obligation,
    ObligationState,
    OralExplanation,
    StageEvent,
)
from reporting.selectors import family_on_record
from reporting.verdicts import standing

SPLIT_OFF = "事故拆分，该报告主体的时钟随拆出的事故继续（A56）"
Entered = TypeVar("Entered", Delivery, OralExplanation, CallAttempt)


def inherit_at_split(split: Split, by: Actor, at: datetime) -> None:
    """Give each side of a split what the other holds of the clocks of 5.1(8): a step before each split (A56).

    Every clock goes on where it stands, with the stages it has fired, so that nothing satisfied restarts.
    """
    family = (*split.staying, *split.leaving)
    sides = ((split.whole, split.staying), (split.part, split.leaving))
    _share_units(sides, family)
    held = Obligation.objects.filter(
        incident__in=family, clause=DUTY_5_1_8.clause, state=ObligationState.ARMED
    )
    armed = list(held.select_for_update(of=("self",)).select_related("bearer", "recipient").order_by("pk"))
    on_record = family_on_record(split.whole)
    explained = [each for each in on_record.explanations if each.stands()]
    tried = CallAttempt.objects.filter(incident__in=family, retraction__isnull=True)
    attempts = list(tried.order_by("pk"))
    for heir, members in sides:
        made = Delivery.objects.bulk_create(_copies(standing(on_record.deliveries), heir, members))
        told = OralExplanation.objects.bulk_create(_copies(explained, heir, members))
        record_all(
            [
                *delivery_entries("reporting.inherit_delivery", made, heir, by, at),
                *explanation_entries("reporting.inherit_explanation", told, heir, by, at),
            ]
        )
        copied = CallAttempt.objects.bulk_create(_copies(attempts, heir, members))
        record_all(attempt_entries("reporting.inherit_attempt", copied, heir, by, at))
        _pass_on(armed, heir, members, by, at)
    for heir, members in sides:
        _let_go(armed, heir, members, by, at)


def _share_units(sides: Iterable[tuple[Incident, Collection[int]]], family: Collection[int]) -> None:
    """The city units that were named for the whole were named for both."""
    named = list(CityUnitConcerned.objects.filter(incident__in=family).order_by("pk"))
    for heir, members in sides:
        known = {unit.organisation_id for unit in named if unit.incident_id in members}
        units = {unit.organisation_id: unit for unit in named if unit.organisation_id not in known}
        CityUnitConcerned.objects.bulk_create(
            CityUnitConcerned(
                incident=heir,
                organisation_id=unit.organisation_id,
                named_by=unit.named_by,
                named_at=unit.named_at,
            )
            for unit in units.values()
        )


def _copies(rows: Iterable[Entered], heir: Incident, members: Collection[int]) -> list[Entered]:
    """Return a row of the heir's own for each that only the other side holds; who entered it, and when, stays."""
    rows = list(rows)
    known = {_origin(row) for row in rows if row.incident_id in members}
    return [_copy(row, heir) for row in rows if _origin(row) not in known]


def _copy(row: Entered, heir: Incident) -> Entered:
    made = copy(row)
    made.pk, made.incident, made.inherited_from_id = None, heir, _origin(row)
    if isinstance(made, Delivery):
        # What it corrected stays with the other side.
        made.corrects = None
    return made


def _origin(row: Delivery | OralExplanation | CallAttempt) -> int:
    return row.inherited_from_id or row.pk


def _pass_on(
    armed: Sequence[Obligation], heir: Incident, members: Collection[int], by: Actor, at: datetime
) -> None:
    """Give the heir the other side's clocks of those bearers that it concerns."""
    owing = {bearer.pk for bearer in bearers(members)}
    own = {_key(each) for each in armed if each.incident_id in members}
    passed = [each for each in armed if each.bearer_id in owing and _key(each) not in own]
    made = Obligation.objects.bulk_create([_clock(each, heir, at) for each in passed])
    fired = StageEvent.objects.filter(obligation__in=passed).order_by("pk")
    clocks = dict(zip([each.pk for each in passed], made, strict=True))
    stages = StageEvent.objects.bulk_create([_stage(event, clocks[event.obligation_id]) for event in fired])
    record_all(
        [
            *obligation_entries("reporting.inherit_clock", made, heir, by, at),
            *stage_entries("reporting.inherit_stage", stages, heir, by, at),
        ]
    )


def _let_go(
    armed: Sequence[Obligation], heir: Incident, members: Collection[int], by: Actor, at: datetime
) -> None:
    """End the heir's own clocks of bearers that only the other side concerns; there they go on."""
    owing = {bearer.pk for bearer in bearers(members)}
    gone = [each for each in armed if each.incident_id in members and each.bearer_id not in owing]
    for each in gone:
        each.supersede()
        each.close(reason=SPLIT_OFF, at=at)
        each.save()
    record_all(obligation_entries("reporting.supersede_clock", gone, heir, by, at))


def _key(obligation: Obligation) -> tuple[str, int, int, str]:
    return obligation.ground, obligation.bearer_id, obligation.recipient_id, obligation.leg


def _clock(original: Obligation, heir: Incident, at: datetime) -> Obligation:
    """Return the heir's own clock that goes on where the original stands."""
    earlier = Obligation.objects.filter(
        incident=heir,
        clause=original.clause,
        ground=original.ground,
        leg=original.leg,
        bearer=original.bearer,
        recipient=original.recipient,
    )
    made = copy(original)
    made.pk, made.incident, made.inherited_from_id = None, heir, original.pk
    made.version = 1 + (earlier.aggregate(Max("version"))["version__max"] or 0)
    made.armed_at, made.retry_count = at, 0
    return made


def _stage(event: StageEvent, clock: Obligation) -> StageEvent:
    made = copy(event)
    made.pk, made.obligation = None, clock
    made.on_record = {**event.on_record, "inherited_from": event.pk}
    return made
