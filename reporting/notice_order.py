"""What an office did after it learnt, in order and each with its time: 通报, 初步核实, 后续通报 (预案 5.1(5), 5.1(6))."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import is_city_wide
from reporting.clocks import to_minute
from reporting.leg_view import LegView
from reporting.models import Leap, Learning, LegCode, PreliminaryCheck


@dataclass(frozen=True, slots=True)
class NoticeOrder:
    """One office's steps; `legs` are its notices and follow-ups."""

    organisation: Organisation
    learnings: Sequence[Learning]
    checks: Sequence[PreliminaryCheck]
    notices: Sequence[LegView]
    follow_ups: Sequence[LegView]

    @property
    def notified_at(self) -> datetime | None:
        """When the last of those it owes a notice had it; None while one is open or none is owed."""
        received = [leg.verdict.received_at for leg in self.notices]
        return max((each for each in received if each), default=None) if all(received) else None

    @property
    def checked_first(self) -> bool:
        """Whether a check came before the notice: 立即 lets no step be put before it (A19, A58)."""
        notified_at = self.notified_at
        return bool(self.notices and self.checks) and (
            notified_at is None or to_minute(self.checks[0].checked_at) < to_minute(notified_at)
        )


def notice_orders(incident_ids: Iterable[int], legs: Sequence[LegView]) -> list[NoticeOrder]:
    """Return what each office that learnt did, with two queries; `legs` are the incident's (预案 5.1(6))."""
    ids = list(incident_ids)
    learnt = list(
        Learning.objects.filter(incident__in=ids).select_related("organisation").order_by("learned_at", "pk")
    )
    checked = list(PreliminaryCheck.objects.filter(incident__in=ids).order_by("checked_at", "pk"))
    offices = {each.organisation_id: each.organisation for each in learnt}
    return [
        NoticeOrder(
            organisation,
            [each for each in learnt if each.organisation_id == pk],
            [each for each in checked if each.organisation_id == pk],
            _of(legs, pk, LegCode.NOTIFY),
            _of(legs, pk, LegCode.FOLLOW_UP),
        )
        for pk, organisation in offices.items()
    ]


def leaps_seen(incident_ids: Iterable[int], actor: Actor) -> list[Leap]:
    """Return the reports that skipped a level; those withheld from it are for the city alone (预案 5.1(7), A25)."""
    found = Leap.objects.filter(incident__in=list(incident_ids))
    if not is_city_wide(actor):
        found = found.filter(withheld_reason="")
    return list(found.select_related("bearer", "recipient", "review").order_by("received_at", "pk"))


def _of(legs: Sequence[LegView], bearer: int, leg: LegCode) -> list[LegView]:
    return [each for each in legs if (each.bearer.pk, each.obligation.leg) == (bearer, leg)]
