"""What pages, the board and replays read about legs and duties; a constant number of queries each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.actors import Actor
from accounts.models import Organisation
from incidents.models import Incident, IncidentStatus
from incidents.selectors import visible_incidents
from reporting.alerts import leg_label
from reporting.clocks import is_in_time
from reporting.follow_up import FollowUp
from reporting.models import Delivery, LegCode, Obligation, ObligationState, OpenDuty, StageEvent
from reporting.verdicts import (
    KnowledgeClock,
    Verdict,
    fulfilment,
    knowledge_clock,
    limit_before_knowledge,
    standing,
    verdict,
)

_LEG_ORDER = list(LegCode)


@dataclass(frozen=True, slots=True)
class LegView:
    """One leg as shown: who owes whom, by when, what became of it.

    received: the delivery that closes it; deliveries: every standing one of this bearer to this recipient;
    elsewhere: what reached an office it is not owed to (A46); knowledge: the second clock (A16); history: older
    versions, newest first, each as it stood when it was closed (A48).
    """

    obligation: Obligation
    verdict: Verdict
    received: Delivery | None
    deliveries: tuple[Delivery, ...]
    elsewhere: tuple[Delivery, ...]
    stages: tuple[StageEvent, ...]
    knowledge: KnowledgeClock | None
    limit_before_knowledge: bool
    at: datetime
    history: tuple["LegView", ...] = ()

    @property
    def incident(self) -> Incident:
        """The incident it was armed for."""
        return self.obligation.incident

    @property
    def bearer(self) -> Organisation:
        """Who owes the report."""
        return self.obligation.bearer

    @property
    def recipient(self) -> Organisation:
        """Whom it must reach."""
        return self.obligation.recipient

    @property
    def label(self) -> str:
        """The plan's word for how the report travels."""
        return leg_label(self.obligation.leg)

    @property
    def countdown_at(self) -> datetime | None:
        """The instant to count down to while the report is owed: urgency first, from the earliest 事发 (A48)."""
        own = self.obligation
        dues = (own.urgent_target_at, own.urgent_limit_at, own.limit_at)
        ahead = (due for due in dues if due is not None and is_in_time(self.at, due))
        return next(ahead, None) if self.verdict.is_owed else None

    @property
    def remaining_s(self) -> int | None:
        """Seconds left to `countdown_at`, 0 within its last minute; None where nothing is counted down."""
        due = self.countdown_at
        return None if due is None else max(0, int((due - self.at).total_seconds()))

    @property
    def elapsed(self) -> timedelta:
        """Time from 事发 or 发现 to receipt, or so far: all there is to show where the plan has no hours (A19)."""
        own = self.obligation
        until = self.verdict.received_at or own.closed_at or self.at
        return max(until - own.anchor_earliest, timedelta())


@dataclass(frozen=True, slots=True)
class DutyView:
    """A fact still owed (5.2), and for how long; no hours are set for it."""

    duty: OpenDuty
    at: datetime

    @property
    def label(self) -> str:
        """What is owed."""
        return str(FollowUp(self.duty.code).label)

    @property
    def elapsed(self) -> timedelta:
        """How long it has been owed."""
        return self.at - self.duty.opened_at


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
    open_cases = armed.exclude(Exists(_surely_met())).values("whole")
    owed = [view for view in _views(armed.filter(whole__in=open_cases), at) if view.verdict.is_owed]
    return sorted(owed, key=_pressure)


def open_duties(incident_ids: Collection[int], at: datetime) -> list[DutyView]:
    """Return the facts these incidents' reporters still owe (预案 5.2)."""
    own = OpenDuty.objects.filter(_of_families(incident_ids), settled_at__isnull=True)
    return [
        DutyView(duty, at) for duty in own.select_related("bearer", "incident").order_by("opened_at", "pk")
    ]


def family_deliveries(incident: Incident) -> list[Delivery]:
    """Return every delivery that counts for an incident: its own and those of what is one with it (A56)."""
    return list(Delivery.objects.filter(_of_families([_whole(incident)])))


def _surely_met() -> QuerySet[Delivery]:
    """Return the deliveries that close the leg of the outer query whatever else is on record (A18, A46, A55)."""
    return Delivery.objects.filter(
        incident=OuterRef("incident"),
        bearer=OuterRef("bearer"),
        recipient=OuterRef("recipient"),
        leg=OuterRef("leg"),
        received_at__gte=OuterRef("anchor_earliest"),
        corrected_by__isnull=True,
        is_retraction=False,
    )


def _views(obligations: QuerySet[Obligation], at: datetime) -> list[LegView]:
    found = list(
        obligations.select_related("bearer", "recipient", "incident__county").order_by("-armed_at", "-pk")
    )
    deliveries: dict[int, list[Delivery]] = defaultdict(list)
    of_families = Delivery.objects.filter(_of_families({_whole(each.incident) for each in found}))
    for delivery in of_families.select_related("incident", "recipient", "report").order_by(
        "received_at", "pk"
    ):
        deliveries[_whole(delivery.incident)].append(delivery)
    stages: dict[int, list[StageEvent]] = defaultdict(list)
    for event in StageEvent.objects.filter(obligation__in=found).order_by("due_at"):
        stages[event.obligation_id].append(event)
    owed_to: dict[tuple[int, int], set[int]] = defaultdict(set)
    versions: dict[tuple[object, ...], list[Obligation]] = defaultdict(list)
    for each in found:
        whole = _whole(each.incident)
        owed_to[whole, each.bearer_id].add(each.recipient_id)
        versions[whole, each.clause, each.ground, each.leg, each.bearer_id, each.recipient_id].append(each)
    views = []
    for group in versions.values():
        current = next((each for each in group if each.state == ObligationState.ARMED), group[0])
        older = [each for each in group if each is not current]
        views.append(_view([current, *older], deliveries, stages, owed_to, at))
    return sorted(views, key=_place)


def _view(
    versions: Sequence[Obligation],
    deliveries: dict[int, list[Delivery]],
    stages: dict[int, list[StageEvent]],
    owed_to: dict[tuple[int, int], set[int]],
    at: datetime,
) -> LegView:
    """Build the view of the first version, with the others as its history."""
    own, *older = versions
    whole = _whole(own.incident)
    known = [each for each in deliveries[whole] if each.bearer_id == own.bearer_id]
    judged = verdict(own, known, at)
    theirs = standing(known, as_of=own.closed_at)
    return LegView(
        obligation=own,
        verdict=judged,
        received=fulfilment(own, known, as_of=own.closed_at),
        deliveries=tuple(each for each in theirs if each.recipient_id == own.recipient_id),
        elsewhere=tuple(
            each
            for each in theirs
            if each.leg == own.leg and each.recipient_id not in owed_to[whole, own.bearer_id]
        ),
        stages=tuple(stages[own.pk]),
        knowledge=knowledge_clock(own, judged.received_at, at),
        limit_before_knowledge=limit_before_knowledge(own),
        at=at,
        history=tuple(_view([each], deliveries, stages, owed_to, at) for each in older),
    )


def _of_families(incident_ids: Iterable[int]) -> Q:
    # Found in one table: a choice between two keeps the database from every index, and costs as much as all that ever was.
    ids = list(incident_ids)
    return Q(incident__in=Incident.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids)).values("pk"))


def _whole(incident: Incident) -> int:
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
