"""Clocks for tests: incidents at Ⅲ made through the actions, and short ways to read their legs."""

from datetime import datetime
from typing import Any

from audit.clock import database_now
from incidents.models import Incident
from incidents.selectors import family_ids
from reporting.actions.deliveries import record_delivery
from reporting.leg_view import LegView
from reporting.models import Delivery, LegCode, Obligation, ObligationState, StageEvent
from reporting.selectors import legs
from tests.support.people import actor, organisation
from tests.support.reports import BEIJING, NOON, incident, minutes

COUNTY, DUTY_ROOM, OFFICE = "330212-gov", "city-duty", "city-fso"
PHONE, WRITTEN = LegCode.PHONE, LegCode.WRITTEN


def major(*, at: datetime = NOON, **more: Any) -> Incident:
    """An incident at Ⅲ by its first report: 120 ill, occurred, known and reported at `at`."""
    return incident(120, at=at, **more)


def reminded_soon(name: str = "甬江饭店", *, in_s: float = 3) -> Incident:
    """An incident whose two phone legs fall due for their reminder so many seconds from now, by the real clock."""
    return major(at=database_now() - minutes(15) + minutes(in_s / 60), place_text=name)


def armed(found: Incident) -> list[Obligation]:
    """The armed clocks with hours of an incident and of what was merged into it."""
    own = Obligation.objects.filter(
        incident__in=family_ids(found), state=ObligationState.ARMED, limit_at__isnull=False
    )
    return list(own.select_related("bearer", "recipient").order_by("bearer__code", "recipient__code", "leg"))


def matrix(found: Incident) -> list[tuple[str, str, str]]:
    """Who owes whom, and how."""
    return [(each.bearer.code, each.recipient.code, each.leg) for each in armed(found)]


def of(bearer: str) -> list[tuple[str, str, str]]:
    """The four legs of one bearer."""
    return [(bearer, to, how) for to in (DUTY_ROOM, OFFICE) for how in (PHONE, WRITTEN)]


def leg(
    found: Incident, how: str = PHONE, *, to: str = DUTY_ROOM, bearer: str = COUNTY, at: datetime = NOON
) -> LegView:
    """One leg as shown at a moment."""
    (view,) = [
        view
        for view in legs([found.pk], at)
        if (view.bearer.code, view.recipient.code, view.obligation.leg) == (bearer, to, how)
    ]
    return view


def deliver(
    found: Incident,
    received_at: datetime,
    how: str = PHONE,
    *,
    to: str = DUTY_ROOM,
    bearer: str = COUNTY,
    by: str = "330212-regulator",
    at: datetime | None = None,
    **more: Any,
) -> Delivery:
    """Record a delivery, entered as it was received unless `at` says otherwise."""
    return record_delivery(
        incident=found,
        bearer=organisation(bearer),
        recipient=organisation(to),
        leg=how,
        received_at=received_at,
        receiver=more.pop("receiver", "值班员甲"),
        channel=more.pop("channel", "电话"),
        by=actor(by),
        at=at or received_at,
        **more,
    )


def fired(found: Incident) -> list[tuple[str, str, str, str]]:
    """The stages that fired, in the order they were written: Beijing minute due, stage, leg, recipient."""
    events = StageEvent.objects.filter(obligation__incident__in=family_ids(found)).order_by("pk")
    return [
        (
            f"{event.due_at.astimezone(BEIJING):%H:%M}",
            event.stage,
            event.obligation.leg,
            event.obligation.recipient.code,
        )
        for event in events.select_related("obligation__recipient")
    ]


def after(number: float) -> datetime:
    """The moment so many minutes after noon, when `major` occurs."""
    return NOON + minutes(number)
