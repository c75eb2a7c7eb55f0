"""The first page of an office: alarms, what waits, what runs out next, who is on duty, what a hospital sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from accounts.actors import Actor
from accounts.duty import shifts_at
from accounts.models import DutyShift, HospitalKey
from accounts.permissions import actor_has
from accounts.rights import Right
from outbox.models import Message
from outbox.selectors import messages_for
from reporting.leg_view import LegView
from reporting.models import Report
from response.desk.deciding import decisions_waiting, joins_to_decide, levels_to_fix, matters_waiting
from response.desk.orders import (
    data_asked_for,
    duties_of,
    explanations_asked_for,
    group_reports_due,
    orders_to,
    public_reports,
    signals_to_judge,
)
from response.desk.reports import documents_waiting, facts_owed, legs_to_send, own_legs
from response.desk.steps import WAITING_ABOVE
from response.desk.todo import ToDo, in_order
from response.situation.now import Situation, situation_of

SHOWN_ALARMS: Final = 8
SHOWN_TODOS: Final = 60
SHOWN_LEGS: Final = 8
SHOWN_REPORTS: Final = 8


@dataclass(frozen=True, slots=True)
class HospitalDesk:
    """What a hospital looks at: its reports, and the keys of its systems."""

    reports: Sequence[Report]
    keys: Sequence[HospitalKey]


@dataclass(frozen=True, slots=True)
class Desk:
    """The page at one instant; `watched` are the clocks of others that the office watches."""

    at: datetime
    alarms: Sequence[Message]
    alarm_count: int
    todos: Sequence[ToDo]
    hidden: int
    watched: Sequence[LegView]
    situation: Situation
    on_duty: Sequence[DutyShift]
    hospital: HospitalDesk | None

    @property
    def late(self) -> int:
        """How many of the things to do are late."""
        return sum(one.is_late for one in self.todos)


def desk_of(actor: Actor, *, at: datetime) -> Desk:
    """Return an office's first page; as many queries with much to do as with nothing."""
    now = situation_of(actor, at=at)
    todos = in_order(_todos(actor, now)) if actor.organisation is not None else []
    own = {leg.obligation.pk for leg in own_legs(actor, now.owed)}
    alarms = messages_for([actor.office]).filter(is_alarm=True, acknowledged_at__isnull=True)
    shifts = DutyShift.objects.filter(shifts_at(at), organisation=actor.organisation)
    return Desk(
        at=at,
        alarms=list(alarms[:SHOWN_ALARMS]),
        alarm_count=alarms.count(),
        todos=todos[:SHOWN_TODOS],
        hidden=max(0, len(todos) - SHOWN_TODOS),
        watched=[leg for leg in now.owed if leg.obligation.pk not in own][:SHOWN_LEGS],
        situation=now,
        on_duty=list(shifts.select_related("person", "stand_in").order_by("from_at", "pk")),
        hospital=_hospital(actor),
    )


def _todos(actor: Actor, now: Situation) -> Iterator[ToDo]:
    incident_ids = [each.incident.pk for each in now.incidents]
    yield from legs_to_send(actor, now.owed)
    yield from facts_owed(actor, now)
    yield from documents_waiting(actor, incident_ids)
    yield from levels_to_fix(actor, now)
    yield from joins_to_decide(actor)
    yield from decisions_waiting(actor, now)
    yield from matters_waiting(actor)
    yield from data_asked_for(actor, now.at)
    yield from explanations_asked_for(actor, now.at)
    yield from orders_to(actor, now.at)
    yield from group_reports_due(actor, now.at)
    yield from duties_of(actor)
    yield from public_reports(actor)
    yield from signals_to_judge(actor)
    for waiting in WAITING_ABOVE:
        yield from waiting(actor, now.at)


def _hospital(actor: Actor) -> HospitalDesk | None:
    if not actor_has(actor, Right.SEND_CLUSTER):
        return None
    reports = Report.objects.filter(organisation=actor.organisation).select_related("incident", "closing")
    keys = HospitalKey.objects.filter(organisation=actor.organisation, revoked_at__isnull=True)
    return HospitalDesk(
        list(reports.order_by("-received_at", "-pk")[:SHOWN_REPORTS]), list(keys.order_by("expires_at", "pk"))
    )
