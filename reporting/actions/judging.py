"""A person judges a signal: an incident, part of one, or none; and may take that back (4.1, 5.1(6), A12)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Jurisdiction
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.incidents import lock_numbers
from incidents.models import CountyRole, Incident
from incidents.permissions import check_actor_may_with
from incidents.places import find_place
from reporting.actions.reports import Door, accept_report, withdraw_report
from reporting.models import (
    Report,
    ReportKind,
    ReportState,
    Signal,
    SignalAct,
    SignalDecision,
    SingleCase,
)
from reporting.signal_permissions import check_actor_can_judge
from reporting.signal_policies import (
    check_can_go_with,
    check_has_reason,
    check_is_decided,
    check_is_proposed,
)
from reporting.signalling.cases import counts_of, onsets, standing_cases
from reporting.stated import OCCURRED, PLACE, StatedReport


@transaction.atomic
def take_up_signal(
    *,
    signal: Signal,
    area: Jurisdiction,
    place_text: str = "",
    suspect_food: str = "",
    join: Incident | None = None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Report:
    """Open an incident for a signal, or let its cases count in one (5.1(6), A12): each hospital's patients with their list.

    area: where people ate. Refused: by an office that judges no signal of these counties or files no report there (403),
    decided already (409), without a reason or without a case that stands (422).
    """
    signal = _locked(signal)
    office = check_actor_can_judge(by, signal)
    check_actor_may(by, Right.FILE_REPORT, counties={area.county.pk})
    check_is_proposed(signal)
    check_has_reason(reason)
    cases = standing_cases(signal)
    check_can_go_with(signal, cases, join)
    if join:
        check_actor_may_with(by, Right.FILE_REPORT, join)
    counter = lock_numbers(at=at, is_drill=signal.is_drill)
    where: dict[str, Any] = {"area": area, "place_text": place_text, "suspect_food": suspect_food}
    stated = replace(_stated(signal, cases, join=join, at=at, **where), note=reason)
    door = Door(kind=ReportKind.SIGNAL, organisation=office)
    report = accept_report(stated=stated, door=door, counter=counter, by=by, at=at)
    _take_over(signal, report, reason, by, at)
    return report


@transaction.atomic
def dismiss_signal(*, signal: Signal, reason: str, by: Actor, at: datetime) -> Signal:
    """Find that a signal is no outbreak (4.1): it comes back by itself only when it has clearly grown.

    Refused: by an office that judges no signal of these counties (403), decided already (409), without a reason (422).
    """
    signal = _locked(signal)
    check_actor_can_judge(by, signal)
    check_is_proposed(signal)
    check_has_reason(reason)
    signal.dismiss()
    signal.changed_at = at
    signal.save()
    row = SignalDecision(signal=signal, act=SignalAct.DISMISS, reason=reason)
    _write_down("reporting.dismiss_signal", row, signal, by, at)
    return signal


@transaction.atomic
def take_back_judgement(*, signal: Signal, reason: str, by: Actor, at: datetime) -> Signal:
    """Take a decision back: the signal waits again, and what it brought into an incident no longer counts there (A12).

    Refused: by an office that judges no signal of these counties, or of a report that another office filed (403), when
    nothing was decided (409), without a reason (422).
    """
    signal = _locked(signal)
    check_actor_can_judge(by, signal)
    check_is_decided(signal)
    check_has_reason(reason)
    filed = Report.objects.filter(
        state=ReportState.ACCEPTED, pk__in=signal.decisions.exclude(report=None).values("report")
    )
    for report in filed.order_by("pk"):
        withdraw_report(report=report, reason=reason, by=by, at=at)
    signal.propose_anew()
    signal.incident, signal.changed_at = None, at
    signal.save()
    row = SignalDecision(signal=signal, act=SignalAct.TAKE_BACK, reason=reason)
    _write_down("reporting.take_back_judgement", row, signal, by, at)
    return signal


def _take_over(signal: Signal, report: Report, reason: str, by: Actor, at: datetime) -> None:
    """Say on the signal what became of it."""
    is_new = report.incident.opened_at == at
    if is_new:
        signal.open()
    else:
        signal.join()
    signal.incident, signal.changed_at = report.incident, at
    signal.save()
    act = SignalAct.OPEN if is_new else SignalAct.JOIN
    row = SignalDecision(signal=signal, act=act, incident=report.incident, report=report, reason=reason)
    _write_down("reporting.take_up_signal", row, signal, by, at)


def _locked(signal: Signal) -> Signal:
    return Signal.objects.select_for_update().get(pk=signal.pk)


def _stated(
    signal: Signal,
    cases: Sequence[SingleCase],
    *,
    area: Jurisdiction,
    place_text: str,
    suspect_food: str,
    join: Incident | None,
    at: datetime,
) -> StatedReport:
    """Return what the office states: 事发 is the first onset, as of a hospital's report (A48), unless the incident has its own."""
    place = find_place(area, name=place_text)
    first = next(iter(onsets(cases)), None) if join is None else None
    unknown = {OCCURRED: first or join, PLACE: place_text or join}
    harmed = {case.county_id: case.county for case in cases}
    return StatedReport(
        area=area,
        known_at=at,
        place=place,
        place_text=place_text,
        occurred_earliest=first,
        occurred_latest=first,
        facts=counts_of(signal, cases, at=at),
        unknown=frozenset(code for code, known in unknown.items() if not known),
        suspect_food=suspect_food,
        counties=tuple((county, CountyRole.HARM) for _pk, county in sorted(harmed.items())),
        join=join,
        is_drill=signal.is_drill,
        is_demo=any(case.is_demo for case in cases),
    )


def _write_down(action: str, row: SignalDecision, signal: Signal, by: Actor, at: datetime) -> None:
    """Keep the decision with what there was of the signal then, on its own chain and on the incident's."""
    row.units, row.decided_at, row.decided_by, row.office = signal.units, at, by.ref, by.office
    row.save(force_insert=True)
    payload = {"act": row.act, "units": row.units, "rows": seals([row])}
    chains = [signal.chain, *([row.incident.chain] if row.incident else [])]
    record(
        *(
            Entry(
                chain=chain,
                action=action,
                actor=by.ref,
                office=by.office,
                at=at,
                subject=signal.chain,
                payload=payload,
            )
            for chain in chains
        )
    )
