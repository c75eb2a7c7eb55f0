"""What became of a leg, computed from its deliveries every time it is asked (预案 5.1(8); A16, A18, A46, A54, A55, A58)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.clocks import is_in_time, late_from, minutes_after, minutes_late, to_minute
from reporting.models import Delivery, Ground, LegCode, Obligation, ObligationState, OralExplanation


class VerdictState(models.TextChoices):
    """The states a leg can be in, as words; `SHAPES` says the same without colour."""

    RUNNING = "running", _("计时中")
    RUNNING_PAST_TARGET = "running_past_target", _("已过力争时限，未到法定时限")
    MET_IN_TARGET = "met_in_target", _("力争时限内送达")
    MET = "met", _("法定时限内送达，超过力争时限")
    IN_TIME = "in_time", _("法定时限内送达")
    EXCUSED = "excused", _("已口头说明原因，仍应补报")
    LATE_EXCUSED = "late_excused", _("口头说明原因后补报")
    LATE = "late", _("超过法定时限后送达")
    MISSED = "missed", _("超过法定时限，尚未送达")
    NO_LONGER_OWED = "no_longer_owed", _("不再需要")
    OPEN = "open", _("尚未送达")
    DELIVERED = "delivered", _("已送达")


SHAPES = {
    VerdictState.RUNNING: "clock",
    VerdictState.RUNNING_PAST_TARGET: "triangle",
    VerdictState.MET_IN_TARGET: "double-check",
    VerdictState.MET: "check",
    VerdictState.IN_TIME: "boxed-check",
    VerdictState.EXCUSED: "hourglass",
    VerdictState.LATE_EXCUSED: "ringed-check",
    VerdictState.LATE: "crossed-check",
    VerdictState.MISSED: "octagon",
    VerdictState.NO_LONGER_OWED: "dash",
    VerdictState.OPEN: "circle",
    VerdictState.DELIVERED: "check",
}
# Still owed: "report now" is never silenced because a limit has passed (A16).
OWED = frozenset(
    {
        VerdictState.RUNNING,
        VerdictState.RUNNING_PAST_TARGET,
        VerdictState.EXCUSED,
        VerdictState.MISSED,
        VerdictState.OPEN,
    }
)


# A hospital's report counts by whichever way it came first (5.1(3), A18).
_OF_A_HOSPITAL = {LegCode.SYSTEM, LegCode.REPORT}
# What an explanation given in time makes of a state (A23); a report within the limit needs none.
_EXCUSED = {
    VerdictState.RUNNING: VerdictState.EXCUSED,
    VerdictState.RUNNING_PAST_TARGET: VerdictState.EXCUSED,
    VerdictState.MISSED: VerdictState.EXCUSED,
    VerdictState.LATE: VerdictState.LATE_EXCUSED,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of a leg at a moment.

    received_at: the stamp that decides; late_min: whole minutes past the limit, of the receipt or so far;
    before: what the state was when it stopped being owed.
    """

    state: VerdictState
    received_at: datetime | None = None
    late_min: int = 0
    before: VerdictState | None = None

    @property
    def label_zh(self) -> str:
        """The state in the reader's language; Chinese unless they chose another."""
        return str(self.state.label)

    @property
    def shape(self) -> str:
        """The name of the shape that shows the state without colour."""
        return SHAPES[self.state]

    @property
    def is_owed(self) -> bool:
        """Whether the report is still to be made."""
        return self.state in OWED


@dataclass(frozen=True, slots=True)
class KnowledgeClock:
    """The second clock, from 得知: it does not move met or breached, it shows whether a breach can be blamed (A16)."""

    start_at: datetime
    due_at: datetime
    elapsed: timedelta
    is_exceeded: bool


def standing(deliveries: Iterable[Delivery], *, as_of: datetime | None = None) -> list[Delivery]:
    """Return the deliveries that stand, corrected ones replaced and retracted ones left out, earliest receipt first.

    With `as_of`, as they stood on record then.
    """
    known = [delivery for delivery in deliveries if as_of is None or delivery.entered_at <= as_of]
    corrected = {delivery.corrects_id for delivery in known}
    valid = [each for each in known if not each.is_retraction and each.pk not in corrected]
    return sorted(valid, key=lambda delivery: delivery.received_at)


def as_corrected(delivery: Delivery, deliveries: Iterable[Delivery]) -> Delivery:
    """Return what a receipt was corrected to last, the retraction if it was taken back (5.1)."""
    later = {each.corrects_id: each for each in deliveries if each.corrects_id}
    while delivery.pk in later:
        delivery = later[delivery.pk]
    return delivery


def fulfils(delivery: Delivery, obligation: Obligation) -> bool:
    """Say whether a standing delivery closes a leg (预案 5.1(8)).

    It must have reached the named recipient (A46), not before the crossing (A55). A written report within the phone
    limit is the phone report too (A54); a hospital's counts by its system or by phone, whichever came first (A18); what a
    county tells the city under 5.1(8) is its report to the next level (A25).
    """
    if (delivery.bearer_id, delivery.recipient_id) != (obligation.bearer_id, obligation.recipient_id):
        return False
    if to_minute(delivery.received_at) < to_minute(obligation.anchor_earliest):
        return False
    if (
        delivery.leg == obligation.leg
        or {delivery.leg, obligation.leg} == _OF_A_HOSPITAL
        or (obligation.leg == LegCode.ONWARD and delivery.leg in {LegCode.PHONE, LegCode.WRITTEN})
    ):
        return True
    return (
        (delivery.leg, obligation.leg) == (LegCode.WRITTEN, LegCode.PHONE)
        and obligation.limit_at is not None
        and is_in_time(delivery.received_at, obligation.limit_at)
    )


def fulfilment(
    obligation: Obligation, deliveries: Iterable[Delivery], *, as_of: datetime | None = None
) -> Delivery | None:
    """Return the first delivery that closes the leg, None while it is open (预案 5.1(8))."""
    return next((each for each in standing(deliveries, as_of=as_of) if fulfils(each, obligation)), None)


def verdict(
    obligation: Obligation,
    deliveries: Iterable[Delivery],
    now: datetime,
    *,
    excuse: OralExplanation | None = None,
) -> Verdict:
    """Judge a leg from its receipts; a replaced or ended version as of the moment it closed (预案 5.1(8), A18, A48, A57).

    excuse: the oral explanation that excuses it (A23). It is still owed, without a new limit; the minutes past the old
    one are told all the same.
    """
    moment = obligation.closed_at or now
    received = fulfilment(obligation, deliveries, as_of=obligation.closed_at)
    judged = _judge(obligation, received.received_at if received else None, moment)
    if excuse is not None and judged.state in _EXCUSED:
        judged = replace(judged, state=_EXCUSED[judged.state])
    if obligation.state == ObligationState.ENDED and judged.is_owed:
        return Verdict(VerdictState.NO_LONGER_OWED, late_min=judged.late_min, before=judged.state)
    return judged


def knowledge_clock(
    obligation: Obligation, received_at: datetime | None, now: datetime
) -> KnowledgeClock | None:
    """Return the clock from 得知, None for a leg without hours (A16); nobody can know before it happened."""
    if obligation.limit_at is None:
        return None
    start_at = max(obligation.known_at, obligation.anchor_latest)
    due_at = start_at + (obligation.limit_at - obligation.anchor_latest)
    until = received_at or obligation.closed_at or now
    elapsed = max(until - start_at, timedelta())
    return KnowledgeClock(start_at, due_at, elapsed, is_exceeded=not is_in_time(until, due_at))


def limit_before_knowledge(obligation: Obligation) -> bool:
    """Say whether the limit had passed before anybody who had to report knew (A16)."""
    return obligation.limit_at is not None and obligation.known_at >= late_from(obligation.limit_at)


def minutes_after_others(
    obligation: Obligation, deliveries: Iterable[Delivery], others: Collection[int], until: datetime
) -> int | None:
    """Return by how many minutes other recipients had a hospital's report before a moment (5.1(3): 同时; A19).

    None where they had it no earlier, or the report is no hospital's: no verdict follows from it.
    """
    if obligation.ground != Ground.CLUSTER:
        return None
    received = [
        each.received_at
        for each in standing(deliveries, as_of=obligation.closed_at)
        if each.bearer_id == obligation.bearer_id
        and each.leg in _OF_A_HOSPITAL
        and each.recipient_id in others
    ]
    return minutes_after(min(received), until) or None if received else None


def _judge(obligation: Obligation, received_at: datetime | None, now: datetime) -> Verdict:
    target_at, limit_at = obligation.target_at, obligation.limit_at
    if limit_at is None:
        return Verdict(VerdictState.DELIVERED if received_at else VerdictState.OPEN, received_at)
    stamp = received_at or now
    if not is_in_time(stamp, limit_at):
        state = VerdictState.LATE if received_at else VerdictState.MISSED
        return Verdict(state, received_at, minutes_late(stamp, limit_at))
    in_target = target_at is None or is_in_time(stamp, target_at)
    if received_at and target_at is None:
        return Verdict(VerdictState.IN_TIME, received_at)
    if received_at:
        return Verdict(VerdictState.MET_IN_TARGET if in_target else VerdictState.MET, received_at)
    return Verdict(VerdictState.RUNNING if in_target else VerdictState.RUNNING_PAST_TARGET)
