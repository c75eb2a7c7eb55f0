"""An office that learns notifies first, checks later and goes on notifying, each stamped (5.1(5), 5.1(6))."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.rights import Right
from audit.record import record
from incidents.actions.assessing import lock_families
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from incidents.policies import check_is_open
from incidents.selectors import family_ids
from outbox.actions.messages import owe
from plan.duties import DUTY_5_1_5_COUNTY, DUTY_5_1_6_COUNTY, FOLLOW_UP, NOTIFY_AT_ONCE, NOTIFY_TIMELY
from reporting.actions.evidence import entered
from reporting.actions.owing import Owing, owe_legs
from reporting.actions.passing import (
    Receipt,
    deliver_here,
    pass_up,
    reached_here,
    regulator_of,
    write_receipts,
)
from reporting.duty_policies import (
    check_can_learn,
    check_has_learnt,
    check_not_in_future,
    check_reaches_somebody,
)
from reporting.models import (
    CheckOutcome,
    Delivery,
    Ground,
    LearnedHow,
    Learning,
    LegCode,
    Obligation,
    ObligationState,
    PreliminaryCheck,
)
from reporting.notice_alerts import owed_messages
from reporting.notice_evidence import row_entry
from reporting.permissions import check_actor_speaks_for
from reporting.selectors import family_deliveries
from reporting.verdicts import fulfilment

HEALTH = Owing.by(DUTY_5_1_5_COUNTY.clause, Ground.HEALTH, NOTIFY_TIMELY)
LEARNT = Owing.by(DUTY_5_1_6_COUNTY.clause, Ground.LEARNED, NOTIFY_AT_ONCE)
FOLLOWING = Owing.by(DUTY_5_1_6_COUNTY.clause, Ground.LEARNED, FOLLOW_UP, is_repeated=True)


@transaction.atomic
def learn_of_incident(
    *,
    incident: Incident,
    how: LearnedHow,
    department: Organisation | None = None,
    health_event: str = "",
    authority: str = "",
    learned_at: datetime,
    others: Sequence[Organisation] = (),
    notifies: bool = True,
    by: Actor,
    at: datetime,
) -> Learning:
    """Record that an office learnt of an incident: it owes the regulator of its level, and others, a notice at once.

    Health that found it in work on an infectious disease or another health event owes it under 5.1(5), any other under
    5.1(6); no hours are set (A19). With `notifies` the notice goes through this system now, never waiting for a check.
    department: whose knowledge it is, the actor's own office if left out. authority: who notified from outside Ningbo.
    Refused: for another office (403), on a closed incident (409), for what can't be (422).
    """
    incident = lock_families([incident])[incident.pk]
    office = _speaker(incident, department, by)
    check_is_open(incident.merged_into or incident)
    said: dict[str, Any] = {
        "how": how,
        "health_event": health_event,
        "authority": authority,
        "learned_at": learned_at,
    }
    check_can_learn(**said, kind=office.kind, at=at)
    learnt = Learning.objects.create(
        incident=incident, organisation=office, **said, **entered(learned_at, by, at)
    )
    record(row_entry("reporting.learn_of_incident", learnt, incident, by, at))
    owing, told = HEALTH if how == LearnedHow.HEALTH_WORK else LEARNT, _told(office, others)
    legs = owe_legs(
        incident=incident, owing=owing, bearer=office, recipients=told, since=learned_at, by=by, at=at
    )
    pass_up(incident=incident, knowing=office, since=learned_at, by=by, at=at)
    if notifies:
        deliver_here(incident=incident, legs=legs, since=learned_at, by=by, at=at)
    else:
        owe(owed_messages(legs, incident), at=at)
    return learnt


@transaction.atomic
def record_check(
    *,
    incident: Incident,
    outcome: CheckOutcome,
    content: str = "",
    checked_at: datetime,
    department: Organisation | None = None,
    by: Actor,
    at: datetime,
) -> PreliminaryCheck:
    """Record an office's preliminary check: it owes whom it notified what it found, as a follow-up (5.1(6)).

    Refused: for another office (403), before it has said when it learnt (409), in the future (422).
    """
    incident = lock_families([incident])[incident.pk]
    office = _speaker(incident, department, by)
    check_has_learnt(has_learnt=_has_learnt(incident, office))
    check_not_in_future(checked_at, clause="5.1(6)", at=at)
    checked = PreliminaryCheck.objects.create(
        incident=incident,
        organisation=office,
        outcome=outcome,
        content=content,
        checked_at=checked_at,
        **entered(checked_at, by, at),
    )
    record(row_entry("reporting.record_check", checked, incident, by, at))
    owe(owed_messages(_follow_up(incident, office, since=checked_at, by=by, at=at), incident), at=at)
    return checked


@transaction.atomic
def send_notice(
    *,
    incident: Incident,
    leg: LegCode,
    department: Organisation | None = None,
    received_at: datetime | None = None,
    channel: str = "",
    receiver: str = "",
    content: str = "",
    by: Actor,
    at: datetime,
) -> list[Delivery]:
    """Send an office's open notices, or a follow-up to all it notified, through this system or as received (5.1(5), (6)).

    received_at: when the others had it, if not through this system now (A18). Refused: for another office (403), before
    it has said when it learnt (409), in the future (422).
    """
    incident = lock_families([incident])[incident.pk]
    office = _speaker(incident, department, by)
    check_has_learnt(has_learnt=_has_learnt(incident, office))
    check_not_in_future(received_at, clause="5.1(6)", at=at)
    legs = _open_legs(incident, office, leg)
    if leg == LegCode.FOLLOW_UP and not legs:
        legs = _follow_up(incident, office, since=received_at or at, by=by, at=at)
    if received_at is None:
        check_reaches_somebody(legs, reached_here(legs))
        return deliver_here(incident=incident, legs=legs, content=content, since=at, by=by, at=at)
    receipt = Receipt(
        received_at=received_at,
        channel=channel,
        receiver=receiver,
        content=content,
        action="reporting.record_delivery",
    )
    return write_receipts(incident=incident, legs=legs, receipt=receipt, since=received_at, by=by, at=at)


def _follow_up(
    incident: Incident, office: Organisation, *, since: datetime, by: Actor, at: datetime
) -> list[Obligation]:
    """Let an office owe whom it notified what it knows since (5.1(6))."""
    to = _notified(incident, office)
    return owe_legs(
        incident=incident, owing=FOLLOWING, bearer=office, recipients=to, since=since, by=by, at=at
    )


def _told(office: Organisation, others: Sequence[Organisation]) -> list[Organisation]:
    """Return the regulator of an office's level, but never the office itself or the one it houses, and the others."""
    regulator = regulator_of(office)
    told = {each.pk: each for each in [regulator, *others] if each.pk != office.pk}
    if regulator.houses_id == office.pk:
        told.pop(regulator.pk, None)
    return list(told.values())


def _speaker(incident: Incident, department: Organisation | None, by: Actor) -> Organisation:
    """Return the office that is spoken for: one that is named, else the actor's own."""
    office = department or check_actor_may_with(by, Right.SEE_INCIDENTS, incident)
    check_actor_speaks_for(by, incident, office)
    return office


def _legs(incident: Incident, office: Organisation, leg: LegCode) -> list[Obligation]:
    found = Obligation.objects.filter(
        incident__in=family_ids(incident.merged_into or incident),
        bearer=office,
        leg=leg,
        state=ObligationState.ARMED,
    )
    return list(found.select_related("bearer", "recipient__jurisdiction__host").order_by("pk"))


def _open_legs(incident: Incident, office: Organisation, leg: LegCode) -> list[Obligation]:
    deliveries = family_deliveries(incident)
    return [each for each in _legs(incident, office, leg) if fulfilment(each, deliveries) is None]


def _notified(incident: Incident, office: Organisation) -> list[Organisation]:
    notices = _legs(incident, office, LegCode.NOTIFY)
    return list({each.recipient_id: each.recipient for each in notices}.values())


def _has_learnt(incident: Incident, office: Organisation) -> bool:
    return Learning.objects.filter(
        incident__in=family_ids(incident.merged_into or incident), organisation=office
    ).exists()
