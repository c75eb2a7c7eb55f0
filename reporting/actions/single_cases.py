"""Single cases that hospitals report outside any cluster: taken once each, then looked at beside all others (4.1(d))."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import CLOCK, Actor
from accounts.models import Jurisdiction, JurisdictionKind, Organisation
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.envelopes import keyed_hashes
from audit.record import Entry, record
from audit.seals import seals
from incidents.line_lists import NewCase
from reporting.actions.proposing import propose_signals
from reporting.models import IntakeRecord, SingleCase
from reporting.public_record import take_turns
from reporting.signal_policies import check_all_taken, check_can_withdraw_case
from reporting.signalling.cases import stated_case
from reporting.signalling.traces import syndrome_of, traces_of
from reporting.signalling.values import rise_key
from reporting.single_cases import CaseFate, NewSingleCase


def report_single_cases(
    *, cases: Sequence[NewSingleCase], intake: IntakeRecord | None = None, by: Actor, at: datetime
) -> list[CaseFate]:
    """Take single cases, each by itself, and propose what they may be together with others (4.1(d), 8.2(a)).

    Sent again, a case is one; a revision is a new row; what can't be taken is said of its row and holds up no other. The
    signals are sought once the cases are safe: whatever becomes of that, they are taken. Refused: without the right (403).
    """
    hospital = check_actor_may(by, Right.SEND_CLUSTER)
    with transaction.atomic():
        fates, rows = _take(cases, hospital, intake, by, at)
    _seek_signals(rows, at)
    return fates


def import_single_cases(
    *, cases: Sequence[NewSingleCase], intake: IntakeRecord | None = None, by: Actor, at: datetime
) -> list[CaseFate]:
    """Take the cases of a workbook all together or none (4.1(d)): what was previewed is what is stored.

    Refused: without the right (403), when one of them was sent anew since the preview (409).
    """
    hospital = check_actor_may(by, Right.SEND_CLUSTER)
    with transaction.atomic():
        fates, rows = _take(cases, hospital, intake, by, at)
        check_all_taken(fates)
    _seek_signals(rows, at)
    return fates


def withdraw_single_case(*, case: SingleCase, reason: str, by: Actor, at: datetime) -> list[CaseFate]:
    """Take a single case back that was none (4.1(d)): its revisions stay, it counts in no signal any more.

    Refused: without the right or for another hospital's case (403), without a reason (422), withdrawn or revised already
    (409).
    """
    hospital = check_actor_may(by, Right.SEND_CLUSTER)
    check_can_withdraw_case(case, hospital, reason)
    taken_back = NewSingleCase(
        case=stated_case(case),
        revision=case.revision + 1,
        fingerprint=keyed_hashes(f"withdrawn:{case.ref}")[0],
        home=tuple(case.home),
        is_withdrawn=True,
        reason=reason.strip(),
        is_drill=case.is_drill,
        is_demo=case.is_demo,
    )
    return import_single_cases(cases=[taken_back], by=by, at=at)


def _seek_signals(rows: Sequence[SingleCase], at: datetime) -> None:
    for is_drill in (False, True):
        touched = {key for row in rows if row.is_drill == is_drill for key in _keys(row)}
        if touched:
            propose_signals(keys=frozenset(touched), is_drill=is_drill, by=CLOCK, at=at)


def _take(
    cases: Sequence[NewSingleCase],
    hospital: Organisation,
    intake: IntakeRecord | None,
    by: Actor,
    at: datetime,
) -> tuple[list[CaseFate], list[SingleCase]]:
    # A hospital's revisions pass one by one: the last is looked up under this.
    take_turns(f"single-cases:{hospital.pk}")
    latest = _latest(hospital, [each.case.local_id for each in cases])
    counties = {each.code: each for each in Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY)}
    fates, rows = [], []
    for stated in cases:
        before = latest.get(stated.case.local_id)
        fate = _fate(stated, before)
        fates.append(fate)
        if fate.is_new:
            row = _row(stated, before, hospital, counties, at)
            row.intake, row.recorder = intake, by.ref
            latest[row.local_id] = row
            row.save(force_insert=True)
            rows.append(row)
    if rows:
        entry = Entry(
            chain=f"org:{hospital.code}",
            action="reporting.report_single_cases",
            actor=by.ref,
            office=by.office,
            at=at,
            payload={
                "intake": intake.pk if intake else None,
                "count": len(rows),
                "rows": seals(rows),
            },
        )
        record(entry)
    return fates, rows


def _latest(hospital: Organisation, local_ids: Sequence[str]) -> dict[str, SingleCase]:
    found = SingleCase.objects.filter(organisation=hospital, local_id__in=local_ids)
    return {row.local_id: row for row in found.order_by("revision")}


def _fate(stated: NewSingleCase, before: SingleCase | None) -> CaseFate:
    named: dict[str, Any] = {"local_id": stated.case.local_id, "revision": stated.revision}
    if before is not None and before.revision == stated.revision:
        if before.fingerprint == stated.fingerprint:
            return CaseFate(**named)
        why = _("这例病例的这一修订已受理，内容不同。请将revision加1后重发。")
        return CaseFate(**named, code="revision_taken", why=why)
    if before is not None and before.revision > stated.revision:
        why = _("已受理更新的修订（revision %d），旧修订不能再替换它。") % before.revision
        return CaseFate(**named, code="revision_outdated", why=why)
    if stated.is_withdrawn and before is None:
        return CaseFate(**named, code="case_unknown", why=_("没有可以撤回的病例。"))
    return CaseFate(**named, is_new=True)


def _row(
    stated: NewSingleCase,
    before: SingleCase | None,
    hospital: Organisation,
    counties: Mapping[str, Jurisdiction],
    at: datetime,
) -> SingleCase:
    case = stated.case
    fields = {name: getattr(case, name) for name in NewCase.__slots__} | {"traits": list(case.traits)}
    return SingleCase(
        **fields,
        organisation=hospital,
        county=counties.get(case.residence_code, hospital.jurisdiction.county),
        revision=stated.revision,
        fingerprint=stated.fingerprint,
        corrects=before,
        first_id=before.case_id if before else None,
        is_withdrawn=stated.is_withdrawn,
        reason=stated.reason or (_("医疗机构修订") if before else ""),
        seen_at=case.visit_at or case.onset_at or at,
        syndrome=syndrome_of(case.details, case.diagnosis_code),
        traces=list(traces_of(case.details, stated.home)),
        home=list(stated.home),
        is_drill=stated.is_drill,
        is_demo=stated.is_demo,
        recorded_at=at,
    )


def _keys(row: SingleCase) -> list[str]:
    return [*row.traces, rise_key((row.county.code, row.syndrome))]
