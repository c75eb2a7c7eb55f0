"""A report that reached the wrong office must be passed on at once; the leg stays open until the right one has it (A46)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from incidents.actions.assessing import lock_families
from incidents.models import Incident
from incidents.selectors import family_ids
from outbox.actions.messages import owe
from reporting.actions.owing import Owing, owe_legs
from reporting.actions.passing import Receipt, write_receipts
from reporting.actions.refreshing import refresh_clocks
from reporting.duty_policies import check_can_pass_on
from reporting.models import Delivery, Ground, LegCode, Obligation, ObligationState
from reporting.notice_alerts import arrival_messages, owed_messages
from reporting.permissions import check_actor_speaks_for
from reporting.selectors import family_deliveries
from reporting.verdicts import fulfilment, standing

LONGEST_CHANNEL = 80
PASSING = Owing(clause="5.1(6)", ground=Ground.ELSEWHERE, leg=LegCode.PASS_ON, is_repeated=True)


def owe_passing_on(*, delivery: Delivery, by: Actor, at: datetime) -> None:
    """Let the office that got a report owed to another owe passing it on (5.1(6), A46); the incident is locked."""
    incident = delivery.incident
    if delivery.leg != LegCode.REPORT:
        return
    armed = _armed(incident, leg=LegCode.REPORT, bearer=delivery.bearer_id)
    if delivery.recipient_id in {each.recipient_id for each in armed}:
        return
    deliveries = family_deliveries(incident)
    legs = [each for each in armed if fulfilment(each, deliveries) is None]
    made = owe_legs(
        incident=incident,
        owing=PASSING,
        bearer=delivery.recipient,
        recipients=[each.recipient for each in legs],
        since=delivery.received_at,
        by=by,
        at=at,
    )
    owe(owed_messages(made, incident), at=at)


@transaction.atomic
def pass_on(
    *, incident: Incident, office: Organisation, received_at: datetime | None = None, by: Actor, at: datetime
) -> list[Delivery]:
    """Pass on what an office got that was owed to another; its duty and the reporter's leg close then (5.1(6), A46).

    received_at: when the right office had it, if not through this system now. Refused: by another office (403), with
    nothing to pass on (409), in the future (422).
    """
    incident = lock_families([incident])[incident.pk]
    check_actor_speaks_for(by, incident, office)
    deliveries = standing(family_deliveries(incident))
    armed = _armed(incident, leg=LegCode.PASS_ON, bearer=office.pk)
    duties = [each for each in armed if fulfilment(each, deliveries) is None]
    check_can_pass_on(is_owed=bool(duties), received_at=received_at, at=at)
    senders = {
        each.bearer_id for each in deliveries if (each.recipient_id, each.leg) == (office.pk, LegCode.REPORT)
    }
    recipients = {each.recipient_id for each in duties}
    legs = [
        each
        for each in _armed(incident, leg=LegCode.REPORT)
        if each.bearer_id in senders
        and each.recipient_id in recipients
        and fulfilment(each, deliveries) is None
    ]
    receipt = Receipt(
        received_at=received_at or at,
        channel=(_("由%s转送") % office.name)[:LONGEST_CHANNEL],
        action="reporting.pass_on",
    )
    made = write_receipts(
        incident=incident, legs=[*duties, *legs], receipt=receipt, since=receipt.received_at, by=by, at=at
    )
    for bearer in {each.bearer for each in made}:
        refresh_clocks(incident=incident, bearer=bearer)
    owe(arrival_messages([each for each in made if each.leg == LegCode.PASS_ON], incident), at=at)
    return made


def _armed(incident: Incident, *, leg: LegCode, bearer: int | None = None) -> list[Obligation]:
    found = Obligation.objects.filter(
        incident__in=family_ids(incident.merged_into or incident), leg=leg, state=ObligationState.ARMED
    )
    if bearer is not None:
        found = found.filter(bearer=bearer)
    return list(found.select_related("bearer", "recipient__jurisdiction__host").order_by("pk"))
