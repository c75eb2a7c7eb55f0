"""One leg or duty as pages, the board and replays show it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import Organisation
from incidents.models import Incident
from plan.duties import urgency_of
from reporting.alerts import leg_label
from reporting.clocks import is_in_time, to_minute
from reporting.excuses import OnRecord, excuse, is_timely
from reporting.follow_up import FollowUp
from reporting.house_targets import HouseClock, house_clock
from reporting.models import (
    CallAttempt,
    Delivery,
    ImportantEvent,
    LegCode,
    Obligation,
    ObligationState,
    OpenDuty,
    OralExplanation,
    StageEvent,
)
from reporting.verdicts import (
    KnowledgeClock,
    Verdict,
    fulfilment,
    knowledge_clock,
    limit_before_knowledge,
    minutes_after_others,
    standing,
    verdict,
)

# What a person can enter, and so be mistaken about.
BY_PEOPLE = frozenset({LegCode.PHONE, LegCode.WRITTEN, LegCode.REPORT, LegCode.ONWARD})


@dataclass(frozen=True, slots=True)
class LegView:
    """One leg as shown: who owes whom, by when, what became of it.

    received: the delivery that closes it; deliveries: every standing one of this bearer to this recipient;
    elsewhere: what reached an office it is not owed to (A46); explanations: what the bearer told this recipient by word
    of mouth about the written report, and excuse: the one of them that counts (A23); attempts: calls to this recipient
    that nobody answered (A54); knowledge: the second clock (A16); history: older versions, newest first, each as it
    stood when it was closed (A48); on_record: all it was judged from; owed_to: all whom this bearer owes reports here.
    """

    obligation: Obligation
    verdict: Verdict
    received: Delivery | None
    deliveries: tuple[Delivery, ...]
    elsewhere: tuple[Delivery, ...]
    explanations: tuple[OralExplanation, ...]
    excuse: OralExplanation | None
    attempts: tuple[CallAttempt, ...]
    stages: tuple[StageEvent, ...]
    knowledge: KnowledgeClock | None
    limit_before_knowledge: bool
    on_record: OnRecord
    owed_to: frozenset[int]
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
    def event(self) -> ImportantEvent | None:
        """The important event it runs under, none under any other ground (A22)."""
        return self.obligation.event

    @property
    def is_event_late(self) -> bool:
        """Whether the calendar learnt of the event only after the case that lies within it (A16, A65)."""
        return self.event is not None and self.event.entered_at > self.obligation.anchor_latest

    @property
    def label(self) -> str:
        """The plan's word for how the report travels."""
        return leg_label(self.obligation.leg)

    @property
    def urgency(self) -> str:
        """The plan's word where it names no hours: 立即, 及时 or none (A19)."""
        return urgency_of(self.obligation.clause, self.bearer.kind, self.obligation.leg)

    @property
    def is_done_without_hours(self) -> bool:
        """Whether nothing is left to do or to judge: delivered, and the plan named no hours (A19)."""
        return self.obligation.limit_at is None and not self.verdict.is_owed

    @property
    def after_other_min(self) -> int | None:
        """By how many minutes the other recipient of a hospital's report had it earlier, so far or in the end (5.1(3))."""
        others = self.owed_to - {self.obligation.recipient_id}
        until = self.verdict.received_at or self.obligation.closed_at or self.at
        return minutes_after_others(self.obligation, self.on_record.deliveries, others, until)

    @property
    def is_recordable(self) -> bool:
        """Whether the delivery of this leg can be entered beside it: what a system delivers enters itself."""
        own = self.obligation
        if own.limit_at is None:
            return own.leg in {LegCode.ONWARD, LegCode.REPORT} and self.verdict.is_owed
        return bool(own.state == ObligationState.ARMED)

    @property
    def is_correctable(self) -> bool:
        """Whether a person entered the delivery that closes the leg, and so may have been mistaken."""
        return self.received is not None and self.received.leg in BY_PEOPLE

    @property
    def explained(self) -> list[tuple[OralExplanation, bool]]:
        """Each oral explanation with whether it came in time; one that did may still wait for the other recipient (A23)."""
        return [(each, is_timely(each.lodged_at, self.obligation)) for each in self.explanations]

    @property
    def too_early(self) -> list[Delivery]:
        """What reached this recipient before the clock began: it is on record and closes nothing (A55)."""
        start = to_minute(self.obligation.anchor_earliest)
        return [
            each
            for each in self.deliveries
            if each.leg == self.obligation.leg and to_minute(each.received_at) < start
        ]

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
    def house(self) -> HouseClock | None:
        """The house's own target where the plan has no hours, None while it is off (A19)."""
        own = self.obligation
        if own.limit_at is not None:
            return None
        until = self.verdict.received_at or own.closed_at or self.at
        return house_clock(self.on_record.house_targets, own.clause, start=own.anchor_latest, until=until)

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
    targets: Mapping[str, int] = field(default_factory=dict)

    @property
    def house(self) -> HouseClock | None:
        """The house's own target, None while it is off (A19)."""
        return house_clock(self.targets, self.duty.clause, start=self.duty.opened_at, until=self.at)

    @property
    def label(self) -> str:
        """What is owed."""
        return str(FollowUp(self.duty.code).label)

    @property
    def elapsed(self) -> timedelta:
        """How long it has been owed."""
        return self.at - self.duty.opened_at


def leg_view(
    versions: Sequence[Obligation],
    on_record: OnRecord,
    stages: Mapping[int, Sequence[StageEvent]],
    owed_to: Collection[int],
    at: datetime,
) -> LegView:
    """Return the view of the first version, with the others as its history.

    owed_to: the ids of all whom its bearer owes reports in this incident, whatever they say.
    """
    own, *older = versions
    known = [each for each in on_record.deliveries if each.bearer_id == own.bearer_id]
    excused = excuse(own, on_record, as_of=own.closed_at)
    judged = verdict(own, known, at, excuse=excused)
    theirs = standing(known, as_of=own.closed_at)
    return LegView(
        obligation=own,
        verdict=judged,
        received=fulfilment(own, known, as_of=own.closed_at),
        deliveries=tuple(each for each in theirs if each.recipient_id == own.recipient_id),
        elsewhere=tuple(each for each in theirs if each.leg == own.leg and each.recipient_id not in owed_to),
        explanations=_told(own, on_record),
        excuse=excused,
        attempts=_tried(own, on_record),
        stages=tuple(stages.get(own.pk, ())),
        knowledge=knowledge_clock(own, judged.received_at, at),
        limit_before_knowledge=limit_before_knowledge(own),
        on_record=on_record,
        owed_to=frozenset(owed_to),
        at=at,
        history=tuple(leg_view([each], on_record, stages, owed_to, at) for each in older),
    )


def _told(own: Obligation, on_record: OnRecord) -> tuple[OralExplanation, ...]:
    sides = (own.bearer_id, own.recipient_id)
    return tuple(
        each
        for each in on_record.explanations
        if own.leg == LegCode.WRITTEN and (each.bearer_id, each.recipient_id) == sides
    )


def _tried(own: Obligation, on_record: OnRecord) -> tuple[CallAttempt, ...]:
    sides = (own.bearer_id, own.recipient_id)
    return tuple(
        each
        for each in on_record.attempts
        if own.leg == LegCode.PHONE and (each.bearer_id, each.recipient_id) == sides
    )
