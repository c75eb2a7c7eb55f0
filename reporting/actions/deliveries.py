"""Record that a report reached a recipient, and correct such records (5.1(8), A18, A50, A54, A58)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import record_all
from incidents.actions.assessing import lock_families
from incidents.models import Incident
from outbox.actions.messages import owe
from plan.offices import BY_NAME_ALONE
from plan.refusal import PlanRefusal
from reporting.actions.channels import question_channel
from reporting.actions.evidence import delivery_entries, entered
from reporting.actions.misdirected import owe_passing_on
from reporting.actions.passing import pass_up
from reporting.actions.refreshing import refresh_clocks
from reporting.alerts import Addressees, delivery_messages
from reporting.models import Delivery, Report
from reporting.permissions import check_actor_can_record_delivery
from reporting.policies import check_can_correct_delivery, check_can_record_delivery
from reporting.selectors import family_deliveries
from reporting.verdicts import standing


@transaction.atomic
def record_delivery(  # noqa: PLR0913  each is something a delivery is asked for
    *,
    incident: Incident,
    bearer: Organisation,
    recipient: Organisation,
    leg: str,
    received_at: datetime,
    channel: str = "",
    receiver: str = "",
    content: str = "",
    report: Report | None = None,
    by: Actor,
    at: datetime,
) -> Delivery:
    """Record that a phone or written report of a bearer reached a recipient (5.1(8)).

    received_at: when the call was answered, the text arrived or the paper was handed over; it decides, whenever it is
    entered (A18). Entered minutes later it is marked 补录. The same delivery entered
    twice is one. Never refused for being late, early or at the wrong office: the verdict says what it closes.
    Refused: by neither side of the report (403), in the future or without the receiver of a call (422).
    """
    locked = lock_families([incident])
    incident = locked[incident.pk]
    check_actor_can_record_delivery(by, incident, bearer=bearer, recipient=recipient)
    check_can_record_delivery(bearer=bearer, leg=leg, received_at=received_at, receiver=receiver, at=at)
    _check_report_is_of(locked, report)
    stated = {
        "bearer_id": bearer.pk,
        "recipient_id": recipient.pk,
        "leg": leg,
        "received_at": received_at,
        "channel": channel,
        "receiver": receiver,
        "content": content,
        "report_id": report.pk if report else None,
    }
    for known in standing(family_deliveries(incident)):
        if all(getattr(known, name) == value for name, value in stated.items()):
            return known
    delivery = Delivery(incident=incident, **stated, **entered(received_at, by, at))
    return _save("reporting.record_delivery", delivery, by, at)


@transaction.atomic
def correct_delivery(
    *,
    delivery: Delivery,
    received_at: datetime | None = None,
    channel: str | None = None,
    receiver: str | None = None,
    content: str | None = None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Delivery:
    """Correct a delivery by a new row that names it and says why; what is left out stays as it was (5.1, A48)."""
    changes = {"received_at": received_at, "channel": channel, "receiver": receiver, "content": content}
    return _replace(
        delivery, {name: value for name, value in changes.items() if value is not None}, reason, by, at
    )


@transaction.atomic
def retract_delivery(*, delivery: Delivery, reason: str, by: Actor, at: datetime) -> Delivery:
    """Take back a delivery that never happened by a new row that says why; the leg is owed again (5.1)."""
    return _replace(delivery, {"is_retraction": True}, reason, by, at)


def _replace(delivery: Delivery, changes: dict[str, Any], reason: str, by: Actor, at: datetime) -> Delivery:
    """Write the row that replaces a delivery, and one for each incident that inherited it or left it behind (A56)."""
    receipts = _same_receipt(delivery)
    locked = lock_families(each.incident for each in receipts)
    theirs = [locked[each.incident_id] for each in receipts]
    check_actor_can_record_delivery(by, *theirs, bearer=delivery.bearer, recipient=delivery.recipient)
    is_corrected = Delivery.objects.filter(corrects=delivery).exists()
    check_can_correct_delivery(delivery, is_corrected=is_corrected, reason=reason)
    action = "reporting.retract_delivery" if "is_retraction" in changes else "reporting.correct_delivery"
    made: list[Delivery] = []
    for wrong, incident in zip(receipts, theirs, strict=True):
        same = {
            "incident": incident,
            "corrects": wrong,
            "reason": reason,
            "inherited_from": next(iter(made), None),
        }
        made.append(_save(action, _replacement(wrong, same | changes, by, at), by, at))
    return next(each for each in made if each.corrects_id == delivery.pk)


def _replacement(wrong: Delivery, changes: dict[str, Any], by: Actor, at: datetime) -> Delivery:
    kept = ("bearer", "recipient", "leg", "received_at", "channel", "receiver", "content", "report")
    made = Delivery(**{name: getattr(wrong, name) for name in kept} | changes)
    check_can_record_delivery(
        bearer=made.bearer, leg=made.leg, received_at=made.received_at, receiver=made.receiver, at=at
    )
    for name, value in entered(made.received_at, by, at).items():
        setattr(made, name, value)
    return made


def _same_receipt(delivery: Delivery) -> list[Delivery]:
    """Return the rows that say the same of one receipt, each in an incident of its own, the original first (A56)."""
    origin = delivery.inherited_from_id or delivery.pk
    same = Delivery.objects.filter(Q(pk=origin) | Q(inherited_from=origin)).filter(
        Q(pk=delivery.pk) | Q(corrected_by__isnull=True, is_retraction=False)
    )
    return list(same.select_related("incident__merged_into", "bearer", "recipient", "report").order_by("pk"))


def _check_report_is_of(family: Collection[int], report: Report | None) -> None:
    if report is not None and report.incident_id not in family:
        raise PlanRefusal(_("所附的报告不属于这起事故。"), clause="5.1(8)", code="report_of_another_incident")


def _save(action: str, delivery: Delivery, by: Actor, at: datetime) -> Delivery:
    """Write the row, stop or restart the clocks it decides, and tell the other side."""
    incident = delivery.incident
    delivery.save(force_insert=True)
    question_channel(delivery=delivery, by=by, at=at)
    refresh_clocks(incident=incident, bearer=delivery.bearer)
    record_all(delivery_entries(action, [delivery], incident, by, at))
    addressees = Addressees([delivery.bearer])
    sides = [*addressees.side_of(delivery.bearer), *_inbox_of(delivery.recipient)]
    owe(delivery_messages(delivery, incident, [code for code in sides if code != by.office]), at=at)
    if not delivery.is_retraction:
        pass_up(incident=incident, knowing=delivery.recipient, since=delivery.received_at, by=by, at=at)
        owe_passing_on(delivery=delivery, by=by, at=at)
    return delivery


def _inbox_of(recipient: Organisation) -> list[str]:
    return [] if recipient.kind in BY_NAME_ALONE else [recipient.code]
