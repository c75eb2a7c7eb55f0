"""Which late legs can be blamed: those later than the same limit from 得知 (预案 7.3; A16, A24, A48, A57)."""

import enum
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from reporting.leg_view import LegView, leg_view
from reporting.models import ObligationState
from reporting.verdicts import VerdictState

_BREACHED = frozenset({VerdictState.LATE, VerdictState.MISSED})


class Standing(enum.Enum):
    """Whether what the record once showed is still what it shows."""

    STANDS = "stands"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class Lateness:
    """One version of a leg that was reported, or not, later than the limit both from 事发 and from 得知."""

    leg: LegView
    standing: Standing

    @property
    def origin_id(self) -> int:
        """The clock it is about: what was inherited at a split is the same clock (A56)."""
        return self.leg.obligation.inherited_from_id or self.leg.obligation.pk


def latenesses(legs: Iterable[LegView]) -> list[Lateness]:
    """Return every version of these legs whose lateness can be blamed, or could before a correction (A16, A48, A57).

    A target missed (A24), an excuse given in time (A23) and a limit that passed before 得知 are none by themselves.
    """
    found = []
    for leg in legs:
        for version in (leg, *leg.history):
            standing = _standing(version)
            if standing is not None:
                found.append(Lateness(version, standing))
    return found


def _standing(leg: LegView) -> Standing | None:
    if _is_blameable(leg, leg.verdict.state):
        gone_on = leg.obligation.state == ObligationState.SUPERSEDED
        return Standing.OVERTAKEN if gone_on else Standing.STANDS
    was_blameable = any(
        _is_blameable(each, each.verdict.before or each.verdict.state) for each in _earlier(leg)
    )
    return Standing.OVERTAKEN if was_blameable else None


def _is_blameable(leg: LegView, state: VerdictState) -> bool:
    return state in _BREACHED and leg.knowledge is not None and leg.knowledge.is_exceeded


def _earlier(leg: LegView) -> Iterator[LegView]:
    """Yield the leg as the record showed it just before each entry about its bearer that came after the limit."""
    own, last = leg.obligation, leg.obligation.closed_at or leg.at
    if own.limit_at is None:
        return
    receipts, told = leg.on_record.deliveries, leg.on_record.explanations
    entered = [each.entered_at for each in receipts if each.bearer_id == own.bearer_id]
    entered += [each.entered_at for each in told if each.bearer_id == own.bearer_id]
    for moment in sorted({each for each in [*entered, last] if own.limit_at < each <= last}):
        yield _as_shown(leg, moment)


def _as_shown(leg: LegView, moment: datetime) -> LegView:
    """Return the leg as it was shown just before a moment, when nothing had ended or replaced it yet."""
    then = copy(leg.obligation)
    then.closed_at = moment - timedelta(microseconds=1)
    return leg_view([then], leg.on_record, {}, (), then.closed_at)
