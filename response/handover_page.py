"""The page between two shifts: what is open, what runs out next, who is on duty, who handed over to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from accounts.actors import Actor
from accounts.models import DutyShift, Organisation
from accounts.selectors import display_names
from response.desk.page import Desk, desk_of
from response.models import ShiftHandover
from response.selectors.shifts import handovers_of

SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """The page at one instant; `pending` is the handover nobody has taken yet, `ahead` the shifts that come."""

    desk: Desk
    ahead: Sequence[DutyShift]
    handovers: Sequence[tuple[ShiftHandover, str]]
    pending: ShiftHandover | None
    is_mine: bool

    @property
    def at(self) -> datetime:
        """The instant."""
        return self.desk.at


def handover_page(actor: Actor, office: Organisation, *, at: datetime) -> HandoverPage:
    """Return what an office's people see between two shifts."""
    found = list(handovers_of(office)[:SHOWN])
    names: Mapping[str, str] = display_names(one.given_by for one in found)
    newest = found[0] if found else None
    pending = newest if newest is not None and not hasattr(newest, "taking") else None
    ahead = DutyShift.objects.filter(organisation=office, from_at__gt=at).select_related("person", "stand_in")
    return HandoverPage(
        desk=desk_of(actor, at=at),
        ahead=list(ahead.order_by("from_at", "pk")[:3]),
        handovers=[(one, names.get(one.given_by, one.given_by)) for one in found],
        pending=pending,
        is_mine=pending is not None and actor.ref == f"user:{pending.to_person_id}",
    )
