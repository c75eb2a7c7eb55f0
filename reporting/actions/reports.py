"""Accept reports, by whichever door, and let a mistaken one be withdrawn (5.1, 5.2)."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.record import Entry, record
from incidents.actions.assessing import lock_with_whole, reassess
from incidents.actions.facts import retract_facts, store_facts
from incidents.actions.incidents import (
    add_county,
    lock_numbers,
    open_incident,
    propose_joins,
    withdraw_incident,
)
from incidents.joining import joinable
from incidents.models import Incident, IncidentNumber
from incidents.policies import check_is_open
from incidents.selectors import current_facts, family_ids
from plan.refusal import PlanRefusal
from reporting.actions.duties import open_duties
from reporting.actions.passing import tell_regulator
from reporting.models import IntakeRecord, Obligation, ObligationState, Report, ReportKind, ReportState
from reporting.permissions import check_actor_can_withdraw
from reporting.stated import StatedReport

# An office of the level wrote it down, so that it knows now; a hospital's legs say themselves whom they reached.
HEARD_BY_OFFICE = frozenset({ReportKind.COUNTY, ReportKind.PUBLIC, ReportKind.SIGNAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """By which door a report comes, and what lets its sender send it twice without harm."""

    kind: ReportKind
    organisation: Organisation
    form_token: uuid.UUID | None = None
    reference: str = ""
    revision: int = 1
    intake: IntakeRecord | None = None


@transaction.atomic
def file_first_report(
    *, stated: StatedReport, form_token: uuid.UUID | None = None, by: Actor, at: datetime
) -> Report:
    """File a county regulator's or the city office's first report (5.1(6), 5.1(7)); sent twice, it is one.

    Refused: without the right in the county of the place (403), for times or numbers that can't be (422).
    """
    office = check_actor_may(by, Right.FILE_REPORT, counties={stated.area.county.pk})
    counter = lock_numbers(at=at, is_drill=stated.is_drill)
    # Looked up under the counter's lock: the second click waits here for the first.
    before = Report.objects.filter(form_token=form_token).first() if form_token else None
    if before is not None and before.submitted_by == by.ref:
        return before
    # Another person's form left in the same browser: their report stays theirs, this one is its own.
    token = form_token if before is None else None
    door = Door(kind=ReportKind.COUNTY, organisation=office, form_token=token)
    return accept_report(stated=stated, door=door, counter=counter, by=by, at=at)


def accept_report(
    *, stated: StatedReport, door: Door, counter: IncidentNumber, by: Actor, at: datetime
) -> Report:
    """Accept a report in the caller's transaction, the year's counter locked: join or open, record, assess.

    Refused (422): times in the future (5.2), before the first edition (9.3), values that can't be; (409): to a closed incident.
    """
    _check_times(stated, at)
    incident, opened = _incident_of(stated, counter, by, at)
    report = Report.objects.create(
        incident=incident,
        kind=door.kind,
        organisation=door.organisation,
        form_token=door.form_token,
        reference=door.reference,
        revision=door.revision,
        intake=door.intake,
        received_at=at,
        known_at=stated.found_at or stated.known_at,
        occurred_earliest=stated.occurred_earliest,
        occurred_latest=stated.occurred_latest,
        place=stated.place,
        place_text=stated.place.name if stated.place else stated.place_text,
        note=stated.note,
        submitted_by=by.ref,
    )
    _write_down("reporting.accept_report", report, by, at)
    placed = _take_over(report, stated, by, at)
    if door.kind in HEARD_BY_OFFICE:
        tell_regulator(
            incident=incident, office=door.organisation, report=report, since=stated.known_at, by=by, at=at
        )
    if opened or placed:
        propose_joins(incident=incident, by=by, at=at)
    return report


def _take_over(report: Report, stated: StatedReport, by: Actor, at: datetime) -> bool:
    """Take over what a report states, and assess its incident anew; return whether only now it has a place."""
    incident = report.incident
    _know_since(incident, stated.known_at)
    placed = _place_late(incident, stated)
    for county, role in [(stated.area.county, stated.area_role), *stated.counties]:
        add_county(incident=incident, county=county, role=role, by=by, at=at)
    store_facts(incident=incident, entries=stated.entries(str(report.ref)), by=by, at=at)
    open_duties(incident=incident, codes=stated.unknown, bearer=report.organisation, by=by, at=at)
    reassess(incident=incident.merged_into or incident, by=by, at=at)
    return placed


@transaction.atomic
def withdraw_report(*, report: Report, reason: str, by: Actor, at: datetime) -> Report:
    """Withdraw a mistaken report: its facts are taken back, all stays on record, the incident is graded anew (5.1).

    Clocks already running go on until the office that fixes levels finds otherwise: no bearer ends its own (A57).
    Refused: by another organisation (403), twice (409), without a reason (422).
    """
    incident, whole = lock_with_whole(report.incident_id)
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("incident", "organisation")
        .get(pk=report.pk)
    )
    _check_can_withdraw(report, whole, reason, by)
    report.withdraw()
    report.withdrawn_at, report.withdrawn_by, report.withdrawal_reason = at, by.ref, reason
    report.save()
    report.incident = incident
    _write_down("reporting.withdraw_report", report, by, at)
    facts = list(current_facts([incident.pk]).filter(report_ref=str(report.ref)))
    retract_facts(incident=incident, facts=facts, reason=reason, by=by, at=at)
    family = family_ids(whole)
    left = Report.objects.filter(incident__in=family, state=ReportState.ACCEPTED).exists()
    # An operator's or a unit's hour as well: closed, the incident would take what is still owed off the board.
    running = Obligation.objects.filter(
        incident__in=family, state=ObligationState.ARMED, limit_at__isnull=False
    ).exists()
    if not left and not running:
        withdraw_incident(incident=whole, by=by, at=at)
    return report


def _incident_of(
    stated: StatedReport, counter: IncidentNumber, by: Actor, at: datetime
) -> tuple[Incident, bool]:
    """Return the locked incident the report belongs to, and whether it was opened for it.

    A report that goes on with one of a merged part belongs to that part, and leaves with it at a split (A56).
    """
    occurred = stated.occurred_latest or stated.known_at
    found = stated.join or joinable(place=stated.place, occurred=occurred, is_drill=stated.is_drill)
    if found is None:
        return open_incident(draft=stated.draft, counter=counter, by=by, at=at), True
    incident, whole = lock_with_whole(found.pk)
    check_is_open(whole)
    return incident, False


def _know_since(incident: Incident, known_at: datetime) -> None:
    """Take over an earlier 得知; of a merged part only here, as it is the whole that the assessment saves."""
    incident.known_at = min(incident.known_at, known_at)
    if incident.merged_into_id:
        incident.save(update_fields=["known_at"])


def _place_late(incident: Incident, stated: StatedReport) -> bool:
    """Take over the registered place where an incident had no place; say whether one is named only now (5.2)."""
    if incident.place_id or incident.place_text:
        return False
    if stated.place:
        incident.place = stated.place
        incident.save(update_fields=["place"])
    return bool(stated.place or stated.place_text)


def _check_times(stated: StatedReport, at: datetime) -> None:
    moments = [stated.known_at, stated.occurred_earliest, stated.occurred_latest]
    if any(moment is not None and moment > at for moment in moments):
        raise PlanRefusal(
            _("事发时间和得知时间不能晚于现在。"),
            clause="5.2",
            code="time_in_future",
            next_step=_("请核对日期和时间（北京时间）；尚不清楚的，选“暂不清楚”。"),
        )
    if (
        stated.occurred_earliest
        and stated.occurred_latest
        and stated.occurred_earliest > stated.occurred_latest
    ):
        raise PlanRefusal(
            _("事发时间的最早值不能晚于最晚值。"), clause="5.2", code="occurred_interval_invalid"
        )


def _check_can_withdraw(report: Report, whole: Incident, reason: str, by: Actor) -> None:
    check_actor_can_withdraw(by, report)
    if report.state != ReportState.ACCEPTED:
        raise PlanRefusal(_("这份报告已撤回。"), clause="5.1", code="already_withdrawn", status=409)
    if not reason.strip():
        raise PlanRefusal(_("撤回须写明理由。"), clause="5.1", code="withdrawal_without_reason")
    check_is_open(whole)


def _write_down(action: str, report: Report, by: Actor, at: datetime) -> None:
    incident = report.incident
    record(
        Entry(
            chain=incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"report:{report.ref}",
            payload={
                "incident": incident.number,
                "kind": report.kind,
                "intake": report.intake_id,
                "revision": report.revision,
            },
        )
    )
