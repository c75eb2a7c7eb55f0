"""What came in: hospitals' cluster reports, and alarms that nobody has acknowledged (5.1(3), 5.1(8))."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Max, Q, QuerySet

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import is_city_wide, own_county
from incidents.models import FactKind, IncidentStatus, JoinProposal, JoinState
from incidents.selectors import current_facts, visible_incidents
from outbox.models import Channel, Message
from plan.offices import OfficeKind
from reporting.models import Report, ReportKind, ReportState

SHOWN_REPORTS: Final = 8
SHOWN_ALARMS: Final = 8


@dataclass(frozen=True, slots=True)
class ClusterNow:
    """One cluster report: the number ill it states, and whether its incident may be one with another."""

    report: Report
    ill: int | None
    may_join: bool


@dataclass(frozen=True, slots=True)
class HospitalNow:
    """One hospital: how many reports stand, and when it was last heard of."""

    hospital: Organisation
    reports: int
    heard_at: datetime


@dataclass(frozen=True, slots=True)
class AlarmNow:
    """One alarm without an acknowledgement: whose it is, and how often it has climbed to the next people."""

    message: Message
    office: Organisation
    climbed: int


def clusters_now(actor: Actor) -> list[ClusterNow]:
    """Return the cluster reports of open incidents that came last, the newest first; three queries."""
    found = _clusters(actor).select_related("organisation", "incident__county")
    reports = list(found.order_by("-received_at", "-pk")[:SHOWN_REPORTS])
    incidents = {report.incident_id for report in reports}
    facts = current_facts(incidents).filter(kind=FactKind.ILLNESS)
    ill = {(fact.incident_id, fact.report_ref): fact.value for fact in facts}
    pending = JoinProposal.objects.filter(
        Q(incident__in=incidents) | Q(other__in=incidents), state=JoinState.PENDING
    )
    joining = {pk for pair in pending.values_list("incident", "other") for pk in pair}
    return [
        ClusterNow(each, ill.get((each.incident_id, str(each.ref))), each.incident_id in joining)
        for each in reports
    ]


def hospitals_now(actor: Actor) -> list[HospitalNow]:
    """Return the hospitals with reports in open incidents, the one heard of last first; two queries."""
    rows = _clusters(actor).values("organisation").annotate(number=Count("pk"), heard_at=Max("received_at"))
    known = {row["organisation"]: row for row in rows.order_by()}
    hospitals = Organisation.objects.filter(pk__in=known)
    found = [HospitalNow(each, known[each.pk]["number"], known[each.pk]["heard_at"]) for each in hospitals]
    return sorted(found, key=lambda each: (each.heard_at, each.hospital.pk), reverse=True)


def alarms_now(actor: Actor) -> tuple[int, Sequence[AlarmNow]]:
    """Return how many alarms of an actor's area nobody has acknowledged, and the oldest of them."""
    offices = Organisation.objects.exclude(kind=OfficeKind.HOSPITAL)
    if not is_city_wide(actor):
        offices = offices.filter(jurisdiction=own_county(actor))
    chains = [f"incident:{number}" for number in _open_numbers(actor)]
    waiting = Message.objects.filter(
        channel=Channel.INAPP,
        is_alarm=True,
        acknowledged_at__isnull=True,
        recipient__in=offices.values("code"),
        chain__in=chains,
    )
    rows = list(waiting.annotate(climbed=Count("climbs")).order_by("created_at", "pk")[:SHOWN_ALARMS])
    known = {each.code: each for each in offices.filter(code__in={row.recipient for row in rows})}
    return waiting.count(), [AlarmNow(row, known[row.recipient], row.climbed) for row in rows]


def _clusters(actor: Actor) -> QuerySet[Report]:
    return Report.objects.filter(
        incident__in=visible_incidents(actor).filter(status=IncidentStatus.OPEN),
        kind=ReportKind.CLUSTER,
        state=ReportState.ACCEPTED,
    )


def _open_numbers(actor: Actor) -> Iterable[str]:
    return visible_incidents(actor).filter(status=IncidentStatus.OPEN).values_list("number", flat=True)
