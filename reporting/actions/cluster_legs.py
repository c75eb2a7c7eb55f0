"""A hospital's cluster report goes to county health and the county regulator at the same time (5.1(3))."""

from datetime import datetime

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import record_all
from outbox.actions.messages import owe
from plan.duties import DUTY_5_1_3
from reporting.actions.evidence import delivery_entries, obligation_entries
from reporting.actions.passing import tell_place
from reporting.alerts import cluster_messages
from reporting.cluster_recipients import cluster_recipients
from reporting.models import Delivery, Ground, LegCode, Obligation, ObligationState, Report


def arm_cluster_legs(*, report: Report, by: Actor, at: datetime) -> list[Obligation]:
    """Owe a cluster report to both recipients, deliver it to each, and tell them; return the two legs (5.1(3)).

    立即 has no hours, so no leg has a limit (A19); arrival in the recipient's designated system is receipt (A18).
    The incident row is locked.
    """
    incident, recipients = report.incident, cluster_recipients(report)
    standing = Obligation.objects.filter(
        incident=incident, ground=Ground.CLUSTER, bearer=report.organisation, state=ObligationState.ARMED
    )
    known = {each.recipient_id: each for each in standing.select_for_update().order_by("pk")}
    made = Obligation.objects.bulk_create(
        _leg(report, recipient, at) for recipient in recipients if recipient.pk not in known
    )
    delivered = Delivery.objects.bulk_create(_arrival(report, recipient, by, at) for recipient in recipients)
    record_all(
        [
            *obligation_entries("reporting.arm_clock", made, incident, by, at),
            *delivery_entries("reporting.deliver_cluster_report", delivered, incident, by, at),
        ]
    )
    owe(cluster_messages(report, recipients), at=at)
    for recipient in recipients:
        tell_place(incident=incident, knowing=recipient, since=at, by=by, at=at)
    return sorted([*known.values(), *made], key=lambda leg: leg.pk)


def _leg(report: Report, recipient: Organisation, at: datetime) -> Obligation:
    return Obligation(
        incident=report.incident,
        clause=DUTY_5_1_3.clause,
        ground=Ground.CLUSTER,
        leg=LegCode.SYSTEM,
        bearer=report.organisation,
        recipient=recipient,
        anchor_earliest=report.known_at,
        anchor_latest=report.known_at,
        known_at=report.known_at,
        armed_at=at,
    )


def _arrival(report: Report, recipient: Organisation, by: Actor, at: datetime) -> Delivery:
    return Delivery(
        incident=report.incident,
        bearer=report.organisation,
        recipient=recipient,
        leg=LegCode.SYSTEM,
        received_at=at,
        report=report,
        entered_by=by.ref,
        office=by.office,
        entered_at=at,
    )
