"""A hospital's cluster report: accepted once however often it is sent, or refused with the county told (5.1(3))."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.record import Entry, record
from incidents.actions.incidents import BEIJING, lock_numbers
from outbox.actions.messages import Owed, owe
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from reporting.actions.clocks import arm_cluster_legs
from reporting.actions.reports import Door, accept_report
from reporting.answers import cluster_answer
from reporting.cluster import Cluster
from reporting.models import IdempotencyRecord, IntakeRecord, Report, ReportKind
from reporting.stated_cluster import revision_taken, stated_report

CREATED = 201
# A twin waits this long for the first to commit; then it is asked to come again.
LOCK_WAIT_MS = 5_000
TOLD = (OfficeKind.COUNTY_HEALTH, OfficeKind.COUNTY_REGULATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the sender is told: the stored first answer, word for word, when it was sent before."""

    status: int
    body: str
    ref: uuid.UUID
    is_replay: bool

    @property
    def content(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    @property
    def url(self) -> str:
        """Where to ask what became of the report."""
        return reverse("reporting_api:cluster_report", args=[self.ref])


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Told):
    """The answer to a report that was accepted."""

    report: Report


@transaction.atomic
def accept_cluster(
    *,
    cluster: Cluster,
    intake: IntakeRecord | None,
    idempotency_key: str,
    fingerprint: str,
    by: Actor,
    at: datetime,
) -> Answer:
    """Accept a cluster report and tell county health and the county regulator (5.1(3), A27); sent again, it is one.

    Refused: without the right (403); a key used for another body (422); a revision that exists with other content or is
    outdated (409); a count that can't follow the last one, or a total of reports that don't stand (422).
    Without an `idempotency_key` only the hospital's own reference and revision tell that it was sent before.
    """
    hospital = check_actor_may(by, Right.SEND_CLUSTER)
    if by.is_test and not cluster.is_drill:
        raise PlanRefusal(_("测试密钥报来的不是报告。"), clause="5.1(3)", code="test_key", status=403)
    _limit_lock_wait()
    records = _claim(cluster, hospital, idempotency_key, fingerprint, at)
    answered = next((found for found in records if found.report_id), None)
    if answered is not None and answered.report is not None:
        _bind(records, answered.report, answered.body)
        return _answer(answered.report, answered.status, answered.body, is_replay=True)
    report = _accept(cluster, hospital, intake, by, at)
    body = json.dumps(cluster_answer(report), ensure_ascii=False)
    _bind(records, report, body)
    return _answer(report, CREATED, body, is_replay=False)


@transaction.atomic
def refuse_cluster(
    *, intake: IntakeRecord | None, code: str, fields: Sequence[str], by: Actor, at: datetime
) -> None:
    """Write down that a hospital's report was refused, and tell its county, which can ask by phone (5.1(3), 5.1(6)).

    The same body refused again for the same reason is told once a day. `fields` are names of ours, never what was sent.
    """
    hospital = by.organisation
    if hospital is None:
        raise ValueError("a refused report has a sender")
    payload = {"intake": intake.pk if intake else None, "code": code, "fields": list(fields)}
    record(
        Entry(
            chain=f"org:{hospital.code}",
            action="reporting.refuse_cluster",
            actor=by.ref,
            office=by.office,
            at=at,
            payload=payload,
        )
    )
    owe((_news(hospital, office, payload, intake, at) for office in _told(hospital)), at=at)


def _news(
    hospital: Organisation,
    office: Organisation,
    payload: Mapping[str, Any],
    intake: IntakeRecord | None,
    at: datetime,
) -> Owed:
    same = f"{hospital.pk}:{intake.body_sha256 if intake else ''}:{at.astimezone(BEIJING):%Y%m%d}"
    what = _("原因代码：%s。") % payload["code"]
    if payload["fields"]:
        what += _("有误字段：%s。") % "、".join(payload["fields"])
    return Owed(
        dedupe_key=f"refused:{same}:{payload['code']}:{office.code}",
        recipient=office.code,
        kind="cluster_refused",
        title=_("%s报送的聚集性病例报告未被系统受理") % hospital.name,
        body=what + _("请立即打电话向该院核实情况（5.1(3)）。"),
        chain=f"org:{hospital.code}",
    )


def _told(hospital: Organisation) -> Iterable[Organisation]:
    return Organisation.objects.filter(jurisdiction=hospital.jurisdiction.county, kind__in=TOLD)


def _answer(report: Report, status: int, body: str, *, is_replay: bool) -> Answer:
    return Answer(status=status, body=body, ref=report.ref, is_replay=is_replay, report=report)


def _limit_lock_wait() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{LOCK_WAIT_MS}ms"])


def _claim(
    cluster: Cluster, hospital: Organisation, idempotency_key: str, fingerprint: str, at: datetime
) -> list[IdempotencyRecord]:
    """Claim the sender's key and its own reference; a twin waits here, on the unique index, for the first to end.

    A record another transaction left has a report: only accepted reports bind. Ours have none yet.
    """
    by_reference = f"ref:{cluster.reference}#{cluster.revision}"
    names = [f"key:{idempotency_key}", by_reference] if idempotency_key else [by_reference]
    IdempotencyRecord.objects.bulk_create(
        [
            IdempotencyRecord(organisation=hospital, key=name, fingerprint=fingerprint, created_at=at)
            for name in names
        ],
        ignore_conflicts=True,
    )
    found = IdempotencyRecord.objects.filter(organisation=hospital, key__in=names).select_related("report")
    records = {record.key: record for record in found}
    if idempotency_key and records[names[0]].fingerprint != fingerprint:
        raise PlanRefusal(
            _("这个Idempotency-Key已用于另一份内容不同的报告。"),
            clause="5.1",
            code="idempotency_key_reused",
            next_step=_("新报告请用新的Idempotency-Key。"),
        )
    if records[by_reference].fingerprint != fingerprint:
        raise revision_taken()
    return [records[name] for name in names]


def _bind(records: Iterable[IdempotencyRecord], report: Report, body: str) -> None:
    unbound = [record.pk for record in records if record.report_id is None]
    IdempotencyRecord.objects.filter(pk__in=unbound).update(status=CREATED, body=body, report=report)


def _accept(
    cluster: Cluster, hospital: Organisation, intake: IntakeRecord | None, by: Actor, at: datetime
) -> Report:
    # Revisions of one reference pass one by one: the counter is locked before the last one is looked up.
    counter = lock_numbers(at=at, is_drill=cluster.is_drill)
    stated = stated_report(cluster, hospital=hospital, at=at)
    door = Door(
        kind=ReportKind.CLUSTER,
        organisation=hospital,
        reference=cluster.reference,
        revision=cluster.revision,
        intake=intake,
    )
    report = accept_report(stated=stated, door=door, counter=counter, by=by, at=at)
    arm_cluster_legs(report=report, by=by, at=at)
    return report
