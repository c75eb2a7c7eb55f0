"""Record that a report reached a recipient, and correct such records (5.1(8), A18, A50, A54, A58)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import record_all
from incidents.actions.assessing import lock
from incidents.models import Incident
from incidents.selectors import family_ids
from outbox.actions.messages import owe
from plan.refusal import PlanRefusal
from reporting.actions.evidence import delivery_entries
from reporting.alerts import Addressees, delivery_messages
from reporting.clocks import next_stage
from reporting.models import Delivery, Obligation, ObligationState, Report, StageEvent
from reporting.permissions import check_actor_can_record_delivery
from reporting.policies import check_can_correct_delivery, check_can_record_delivery
from reporting.selectors import family_deliveries
from reporting.verdicts import fulfilment, standing

# A house rule, not the plan's: entered more than this after receipt, an entry is marked 补录 (A58).
BACK_ENTRY_AFTER_MIN = 5


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
    entered (A18). Entered more than `BACK_ENTRY_AFTER_MIN` minutes later it is marked 补录. The same delivery entered
    twice is one. Never refused for being late, early or at the wrong office: the verdict says what it closes.
    Refused: by neither side of the report (403), in the future or without the receiver of a call (422).
    """
    incident, family = _lock_family(incident)
    check_actor_can_record_delivery(by, incident, bearer=bearer, recipient=recipient)
    check_can_record_delivery(leg=leg, received_at=received_at, receiver=receiver, at=at)
    _check_report_is_of(family, report)
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
    delivery = Delivery(incident=incident, **stated, **_entered(received_at, by, at))
    return _save("reporting.record_delivery", delivery, family, by, at)


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
    incident, family = _lock_family(delivery.incident)
    check_actor_can_record_delivery(by, incident, bearer=delivery.bearer, recipient=delivery.recipient)
    is_corrected = Delivery.objects.filter(corrects=delivery).exists()
    check_can_correct_delivery(delivery, is_corrected=is_corrected, reason=reason)
    kept = ("bearer", "recipient", "leg", "received_at", "channel", "receiver", "content", "report")
    made = Delivery(
        incident=incident,
        corrects=delivery,
        reason=reason,
        **{name: getattr(delivery, name) for name in kept} | changes,
    )
    check_can_record_delivery(leg=made.leg, received_at=made.received_at, receiver=made.receiver, at=at)
    for name, value in _entered(made.received_at, by, at).items():
        setattr(made, name, value)
    action = "reporting.retract_delivery" if made.is_retraction else "reporting.correct_delivery"
    return _save(action, made, family, by, at)


def _lock_family(incident: Incident) -> tuple[Incident, list[int]]:
    """Lock an incident and all that is one with it, by id; return it fresh, and the ids (A56)."""
    family = family_ids(incident.merged_into or incident)
    locked = lock(family)
    return next(each for each in locked if each.pk == incident.pk), family


def _check_report_is_of(family: Iterable[int], report: Report | None) -> None:
    if report is not None and report.incident_id not in family:
        raise PlanRefusal(_("所附的报告不属于这起事故。"), clause="5.1(8)", code="report_of_another_incident")


def _entered(received_at: datetime, by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "entered_by": by.ref,
        "office": by.office,
        "entered_at": at,
        "is_back_entry": at - received_at > timedelta(minutes=BACK_ENTRY_AFTER_MIN),
    }


def _save(action: str, delivery: Delivery, family: Iterable[int], by: Actor, at: datetime) -> Delivery:
    """Write the row, stop or restart the clocks it decides, and tell the other side."""
    incident = delivery.incident
    delivery.save(force_insert=True)
    _refresh_clocks(delivery, family)
    record_all(delivery_entries(action, [delivery], incident, by, at))
    sides = [*Addressees([delivery.bearer]).side_of(delivery.bearer), delivery.recipient.code]
    owe(delivery_messages(delivery, incident, [code for code in sides if code != by.office]), at=at)
    return delivery


def _refresh_clocks(delivery: Delivery, family: Iterable[int]) -> None:
    """Recompute what is still to fire: nothing for a leg now closed, the next stage for one open again."""
    theirs = Obligation.objects.filter(
        incident__in=family,
        bearer=delivery.bearer_id,
        recipient=delivery.recipient_id,
        state=ObligationState.ARMED,
    )
    armed = list(theirs.select_for_update().order_by("pk"))
    deliveries = family_deliveries(delivery.incident)
    fired: dict[int, set[str]] = defaultdict(set)
    for event in StageEvent.objects.filter(obligation__in=armed):
        fired[event.obligation_id].add(event.stage)
    for each in armed:
        is_fulfilled = fulfilment(each, deliveries) is not None
        each.next_stage, each.next_due_at = next_stage(each, fired[each.pk], is_fulfilled=is_fulfilled)
    Obligation.objects.bulk_update(armed, ["next_stage", "next_due_at"])
