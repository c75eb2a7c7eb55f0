"""What an oral explanation excuses: computed from what is on record, like every verdict (预案 5.1(8), A23)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reporting.clocks import is_in_time, next_stage, to_minute
from reporting.models import CallAttempt, Delivery, LegCode, Obligation, OralExplanation
from reporting.verdicts import fulfilment, standing


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is on record of an incident and all that is one with it: receipts, oral explanations, and the ids of those to
    whom each bearer owes a written report; for pages alone, calls that nobody answered and the house's own targets.
    """

    deliveries: Sequence[Delivery]
    explanations: Sequence[OralExplanation] = ()
    attempts: Sequence[CallAttempt] = ()
    written_to: Mapping[int, frozenset[int]] = field(default_factory=dict)
    house_targets: Mapping[str, int] = field(default_factory=dict)


def is_timely(stamp: datetime, obligation: Obligation) -> bool:
    """Say whether an explanation came beforehand: no later than the minute of the limit (A58), nor before 事发 (A55)."""
    limit_at = obligation.limit_at
    return (
        limit_at is not None
        and is_in_time(stamp, limit_at)
        and to_minute(stamp) >= to_minute(obligation.anchor_earliest)
    )


def excuse(
    obligation: Obligation, on_record: OnRecord, *, as_of: datetime | None = None
) -> OralExplanation | None:
    """Return the oral explanation that excuses a written leg, None without (预案 5.1(8), A23).

    It was given before the limit ran out, and every recipient of the bearer's written report was told so, or has the
    report itself by then: told to one alone it excuses nothing, nor once taken back. With `as_of`, as it stood then.
    """
    if obligation.leg != LegCode.WRITTEN:
        return None
    told = {
        each.recipient_id: each
        for each in sorted(on_record.explanations, key=lambda each: each.lodged_at, reverse=True)
        if each.bearer_id == obligation.bearer_id
        and (as_of is None or each.entered_at <= as_of)
        and each.stands(as_of)
        and is_timely(each.lodged_at, obligation)
    }
    has_it = {
        each.recipient_id
        for each in standing(on_record.deliveries, as_of=as_of)
        if (each.bearer_id, each.leg) == (obligation.bearer_id, LegCode.WRITTEN)
        and is_timely(each.received_at, obligation)
    }
    owed_to = on_record.written_to.get(obligation.bearer_id, frozenset())
    return told.get(obligation.recipient_id) if owed_to <= told.keys() | has_it else None


def move_on(obligation: Obligation, fired: set[str], on_record: OnRecord) -> None:
    """Set what is still to fire and when, by what is on record: nothing for a leg that is closed (预案 5.1(8))."""
    obligation.next_stage, obligation.next_due_at = next_stage(
        obligation,
        fired,
        is_fulfilled=fulfilment(obligation, on_record.deliveries) is not None,
        is_excused=excuse(obligation, on_record) is not None,
    )
