"""What a report would set going: it is made as a drill's, looked at, and undone, so that the answer is the product's own (5.1)."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import OperationalError, connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import ANONYMOUS, Actor, ActorKind
from accounts.models import Jurisdiction, Organisation
from incidents.fixing import fix_level
from incidents.models import Incident
from outbox.models import Channel, Message
from plan.levels import IncidentLevel
from plan.offices import OfficeKind, Tier
from plan.refusal import PlanRefusal
from reporting.actions.clusters import accept_cluster
from reporting.actions.opening import file_notice
from reporting.actions.public import file_public_report
from reporting.actions.reports import file_first_report
from reporting.actions.triage import take_up_public_report
from reporting.cluster import Cluster
from reporting.leg_view import LegView
from reporting.models import LearnedHow, PublicReport
from reporting.public_choices import ReporterKind
from reporting.public_words import PublicStated, Said
from reporting.selectors import legs
from reporting.stated import NUMBER, StatedReport

# An alarm that is meant goes first: a rehearsal that would have to wait is broken off.
LOCK_WAIT_MS: Final = 1_000


class Sender(models.TextChoices):
    """By whose report it begins (5.1)."""

    HOSPITAL = "hospital", gettext_lazy("医疗卫生机构，5.1(3)")
    OPERATOR = "operator", gettext_lazy("生产经营者，5.1(1)")
    UNIT = "unit", gettext_lazy("发生健康损害的单位，5.1(2)")
    PERSON = "person", gettext_lazy("技术机构、团体或个人，5.1(4)")
    HEALTH = "health", gettext_lazy("卫生健康部门，5.1(5)")
    DEPARTMENT = "department", gettext_lazy("有关部门，5.1(6)")
    REGULATOR = "regulator", gettext_lazy("县级食品安全监管部门，5.1(7)")


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The number of the incident that never was, its legs, and what the inboxes would be told at once, in order."""

    number: str
    legs: Sequence[LegView]
    messages: Sequence[Message]


def rehearse(sender: Sender, level: IncidentLevel, county: Jurisdiction, *, at: datetime) -> Rehearsed:
    """Return what a report of something that occurred at this moment would oblige whom to, at this level (预案 5.1, 6.1).

    Nothing of it stays. A refusal (409) where an act that is meant holds what it needs.
    """
    try:
        with transaction.atomic():
            _wait_for_nobody()
            last = Message.objects.aggregate(last=models.Max("pk"))["last"] or 0
            incident, chains = _SENDERS[sender](county, at)
            if level is not IncidentLevel.BELOW:
                by = _office(OfficeKind.CITY_COMMISSION_OFFICE)
                fix_level(incident=incident, level=level, note=_("预先查看"), by=by, at=at)
            told = Message.objects.filter(pk__gt=last, chain__in=chains, channel=Channel.INAPP)
            found = Rehearsed(incident.number, legs([incident.pk], at), list(told.order_by("pk")))
            transaction.set_rollback(True)
    except OperationalError:
        raise PlanRefusal(
            _("系统正在受理报告，请稍后再查看。"), clause="5.1", code="busy", status=409
        ) from None
    return found


def _hospital(county: Jurisdiction, at: datetime) -> tuple[Incident, list[str]]:
    hospital = Organisation.objects.select_related("jurisdiction__host").filter(kind=OfficeKind.HOSPITAL)
    nearest = hospital.filter(jurisdiction=county).order_by("pk").first() or hospital.order_by("pk").first()
    cluster = Cluster(
        reference=uuid.uuid4().hex,
        counts={},
        as_of=at,
        found_at=at,
        first_onset_at=at,
        last_onset_at=at,
        county=county,
        place_name=uuid.uuid4().hex,
        is_drill=True,
    )
    by = Actor(ActorKind.SYSTEM, organisation=nearest)
    answer = accept_cluster(cluster=cluster, intake=None, idempotency_key="", fingerprint="", by=by, at=at)
    return _of(answer.report.incident)


def _public(kind: ReporterKind) -> Callable[[Jurisdiction, datetime], tuple[Incident, list[str]]]:
    def report(county: Jurisdiction, at: datetime) -> tuple[Incident, list[str]]:
        stated = PublicStated(kind=kind, area=county, said=Said(occurred_earliest=at, occurred_latest=at))
        came: PublicReport = file_public_report(stated=stated, form_token=uuid.uuid4(), by=ANONYMOUS, at=at)
        by = _office(OfficeKind.COUNTY_REGULATOR, county)
        filed = take_up_public_report(report=came, stated=_stated(county, at), discovered_at=at, by=by, at=at)
        incident, chains = _of(filed.incident)
        return incident, [*chains, came.chain]

    return report


def _regulator(county: Jurisdiction, at: datetime) -> tuple[Incident, list[str]]:
    by = _office(OfficeKind.COUNTY_REGULATOR, county)
    return _of(file_first_report(stated=_stated(county, at), by=by, at=at).incident)


def _notice(
    kind: OfficeKind, how: LearnedHow
) -> Callable[[Jurisdiction, datetime], tuple[Incident, list[str]]]:
    def report(county: Jurisdiction, at: datetime) -> tuple[Incident, list[str]]:
        stated, event = _stated(county, at), _("预先查看") if how == LearnedHow.HEALTH_WORK else ""
        by = _office(kind, county if kind.level is Tier.COUNTY else None)
        return _of(file_notice(stated=stated, how=how, health_event=event, by=by, at=at).incident)

    return report


_SENDERS: Final[Mapping[Sender, Callable[[Jurisdiction, datetime], tuple[Incident, list[str]]]]] = {
    Sender.HOSPITAL: _hospital,
    Sender.OPERATOR: _public(ReporterKind.OPERATOR),
    Sender.UNIT: _public(ReporterKind.UNIT),
    Sender.PERSON: _public(ReporterKind.INDIVIDUAL),
    Sender.HEALTH: _notice(OfficeKind.COUNTY_HEALTH, LearnedHow.HEALTH_WORK),
    Sender.DEPARTMENT: _notice(OfficeKind.CITY_UNIT, LearnedHow.LEARNED),
    Sender.REGULATOR: _regulator,
}


def _of(incident: Incident) -> tuple[Incident, list[str]]:
    return incident, [incident.chain]


def _stated(county: Jurisdiction, at: datetime) -> StatedReport:
    """A report of a place like no other, so that it joins nothing."""
    return StatedReport(
        area=county,
        place_text=uuid.uuid4().hex,
        known_at=at,
        occurred_earliest=at,
        occurred_latest=at,
        unknown=frozenset({NUMBER}),
        is_drill=True,
    )


def _office(kind: OfficeKind, county: Jurisdiction | None = None) -> Actor:
    """The office of this kind, in this county if it is a county's; of several, the first."""
    offices = Organisation.objects.select_related("jurisdiction__host").filter(kind=kind)
    found = offices.filter(jurisdiction=county) if county else offices
    return Actor(ActorKind.SYSTEM, organisation=found.order_by("pk")[0])


def _wait_for_nobody() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{LOCK_WAIT_MS}ms"])
