"""The county regulator's triage of public reports: look, take up, close, pass on; two at once, one wins (5.1, A46)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Jurisdiction
from accounts.rights import Right
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.incidents import lock_numbers
from incidents.permissions import check_actor_may_with
from outbox.actions.messages import owe
from reporting.actions.operators import OperatorDuty, record_operator_report
from reporting.actions.reports import Door, accept_report
from reporting.actions.tips import BODIES as TIPSTERS
from reporting.actions.tips import record_tip
from reporting.models import PublicPassing, PublicReport, Report, ReportKind
from reporting.public_choices import PublicOutcome, ReporterKind
from reporting.public_news import received_news, regulator_of
from reporting.public_policies import (
    check_can_pass_on,
    check_is_of_county,
    check_is_untouched,
    check_is_waiting,
    check_reason_is_given,
)
from reporting.public_record import lock_public, note_public, wait_anew
from reporting.public_words import Contact, contacts_of
from reporting.stated import StatedReport
from reporting.triage_permissions import check_actor_can_read_contact, check_actor_can_triage

DUTIES = {ReporterKind.OPERATOR: OperatorDuty.OPERATOR, ReporterKind.UNIT: OperatorDuty.UNIT}


@transaction.atomic
def start_triage(*, report: PublicReport, by: Actor, at: datetime) -> PublicReport:
    """Say that somebody looks at a report, which its sender is told (5.1). Refused: by another office (403), twice (409)."""
    report = lock_public(report.pk)
    check_actor_can_triage(by, report)
    check_is_untouched(report)
    report.take()
    report.taken_at, report.taken_by = at, by.ref
    report.save()
    note_public("reporting.start_triage", report, by, at)
    return report


@transaction.atomic
def take_up_public_report(
    *,
    report: PublicReport,
    stated: StatedReport,
    reporter: str = "",
    discovered_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Report:
    """Open an incident for a public report, or let it go with `stated.join`, as the regulator states it (5.1, 5.2).

    An operator's or unit's hour starts as it said, and its report counts when it reached this regulator's system (A18); one
    that had reached another county first is on record there (A46). What the sender wrote, and who it is, is not copied.
    Refused: by another office (403), decided already (409), a place in another county (422), what `accept_report` refuses.
    """
    report = lock_public(report.pk)
    office = check_actor_can_triage(by, report)
    check_is_waiting(report)
    check_is_of_county(report, {stated.area.county.pk})
    counter = lock_numbers(at=at, is_drill=stated.is_drill)
    if stated.join:
        check_actor_may_with(by, Right.FILE_REPORT, stated.join)
    door = Door(kind=ReportKind.PUBLIC, organisation=office)
    stated = replace(stated, known_at=min(report.reached_at, stated.known_at))
    filed = accept_report(stated=stated, door=door, counter=counter, by=by, at=at)
    _start_hour(
        report=report,
        filed=filed,
        stated=stated,
        reporter=reporter,
        discovered_at=discovered_at,
        by=by,
        at=at,
    )
    _record_tip(report, filed, reporter, by, at)
    if filed.incident.opened_at == at:
        report.open()
    else:
        report.join()
    report.decided_at, report.decided_by = at, by.ref
    report.incident, report.report = filed.incident, filed
    report.save()
    note_public("reporting.take_up_public_report", report, by, at, incident=filed.incident.number)
    _vouch(report, filed, by, at)
    return filed


@transaction.atomic
def close_public_report(
    *, report: PublicReport, outcome: PublicOutcome, reason: str, by: Actor, at: datetime
) -> PublicReport:
    """Close a report that leads to no incident (5.1): the outcome is told its sender, the reason stays on record.

    Refused: by another office (403), decided already (409), without a reason (422).
    """
    report = lock_public(report.pk)
    check_actor_can_triage(by, report)
    check_is_waiting(report)
    check_reason_is_given(reason)
    report.close()
    report.decided_at, report.decided_by = at, by.ref
    report.outcome, report.reason = outcome, reason
    report.save()
    note_public("reporting.close_public_report", report, by, at, outcome=outcome, reason=reason)
    return report


@transaction.atomic
def pass_on_public_report(
    *, report: PublicReport, area: Jurisdiction, reason: str, by: Actor, at: datetime
) -> PublicReport:
    """Pass a report on to the regulator of the county it belongs to, which is told at once (5.1(6), A46).

    Refused: by another office (403), decided already (409), to the same county or without a reason (422).
    """
    report = lock_public(report.pk)
    check_actor_can_triage(by, report)
    check_is_waiting(report)
    check_reason_is_given(reason)
    check_can_pass_on(report, area)
    passing = PublicPassing.objects.create(
        report=report,
        from_county=report.county,
        to_county=area.county,
        reached_at=report.reached_at,
        passed_at=at,
        passed_by=by.ref,
        reason=reason,
    )
    report.area, report.county, report.reached_at = area, area.county, at
    wait_anew(report)
    report.save()
    note_public("reporting.pass_on_public_report", report, by, at, rows=[passing], to=area.county.code)
    owe([received_news(report)], at=at)
    return report


@transaction.atomic
def read_contact(*, report: PublicReport, reason: str, by: Actor, at: datetime) -> list[Contact]:
    """Return how the sender can be reached, and write down who asked and why (5.1(4), 个人信息保护).

    Refused: by another office, of a tip-off by any but the office that received it (403), without a reason (422).
    """
    check_actor_can_read_contact(by, report)
    check_reason_is_given(reason)
    note_public("reporting.read_contact", report, by, at, reason=reason)
    return list(contacts_of(report))


def _start_hour(
    *,
    report: PublicReport,
    filed: Report,
    stated: StatedReport,
    reporter: str,
    discovered_at: datetime | None,
    by: Actor,
    at: datetime,
) -> None:
    """Start and answer the hour of an operator or unit; when it began must be known, and who it is (A20)."""
    duty = DUTIES.get(ReporterKind(report.kind))
    start = discovered_at if duty == OperatorDuty.OPERATOR else stated.occurred_latest
    name = reporter or filed.place_text
    if duty is None or start is None or not name:
        return
    for county, received_at in _reached(report):
        record_operator_report(
            incident=filed.incident,
            duty=duty,
            reporter=name,
            place=filed.place if filed.place and name == filed.place.name else None,
            discovered_at=discovered_at,
            occurred_earliest=stated.occurred_earliest,
            occurred_latest=stated.occurred_latest,
            received_at=received_at,
            recipient=regulator_of(county),
            by=by,
            at=at,
        )


def _record_tip(report: PublicReport, filed: Report, reporter: str, by: Actor, at: datetime) -> None:
    """Put on record that a body, an association or a person reported or gave a tip-off, and never who (5.1(4))."""
    kind = ReporterKind(report.kind)
    if kind not in TIPSTERS:
        return
    for county, received_at in _reached(report):
        record_tip(
            incident=filed.incident,
            kind=kind,
            is_tip_off=report.is_tip_off,
            reporter=reporter,
            received_at=received_at,
            recipient=regulator_of(county),
            by=by,
            at=at,
        )


def _reached(report: PublicReport) -> list[tuple[Jurisdiction, datetime]]:
    """Return which counties had it, and when; the right one first: what was passed on already is owed by nobody (A46)."""
    earlier = [(each.from_county, each.reached_at) for each in report.passings.order_by("pk")]
    return [(report.county, report.reached_at), *earlier]


def _vouch(report: PublicReport, filed: Report, by: Actor, at: datetime) -> None:
    """Let the incident's own chain vouch for what was said and shown, so that it goes with the incident's evidence."""
    said = [*report.statements.order_by("pk"), *report.photos.order_by("pk"), *report.passings.order_by("pk")]
    record(
        Entry(
            chain=filed.incident.chain,
            action="reporting.take_up_public_report",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=report.chain,
            payload={"report": str(filed.ref), "rows": seals(said)},
        )
    )
