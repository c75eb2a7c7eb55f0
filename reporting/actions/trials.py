"""What a test key sends is tried out as if it were meant, and undone: nothing comes of it but its answer (5.1(3))."""

import json
import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.record import Entry, record
from plan.refusal import PlanRefusal
from reporting.actions.clusters import CREATED, Told, accept_cluster
from reporting.cluster import Cluster
from reporting.models import TrialReport
from reporting.stated_cluster import revision_outdated, revision_taken


@transaction.atomic
def try_cluster(*, cluster: Cluster, fingerprint: str, by: Actor, at: datetime) -> Told:
    """Check and answer a test key's report by accepting it as a drill's and undoing that (5.1(3)); sent again, it is one.

    Known by its reference and revision alone. Earlier test reports were undone too: what must follow from them, but for
    the order of revisions, is not checked.
    """
    hospital = check_actor_may(by, Right.SEND_CLUSTER)
    # The hospital's row makes twins pass one after the other.
    Organisation.objects.select_for_update().get(pk=hospital.pk)
    before = _before(cluster, hospital)
    if before is not None:
        if before.fingerprint != fingerprint:
            raise revision_taken()
        return Told(status=CREATED, body=before.body, ref=before.ref, is_replay=True)
    ref = uuid.uuid4()
    text = json.dumps(_tried(cluster, ref, by, at), ensure_ascii=False)
    made = TrialReport.objects.create(
        ref=ref,
        organisation=hospital,
        reference=cluster.reference,
        revision=cluster.revision,
        fingerprint=fingerprint,
        body=text,
        received_at=at,
    )
    _write_down("reporting.try_cluster", made, by, at)
    return Told(status=CREATED, body=text, ref=ref, is_replay=False)


@transaction.atomic
def withdraw_trial(*, trial: TrialReport, reason: str, by: Actor, at: datetime) -> TrialReport:
    """Take a test report back, as a report would be (5.1); said again, the first reason stands."""
    locked = _lock(trial, by)
    if locked.withdrawn_at is None:
        locked.withdrawn_at, locked.withdrawal_reason = at, reason
        locked.save(update_fields=["withdrawn_at", "withdrawal_reason"])
        _write_down("reporting.withdraw_trial", locked, by, at)
    return locked


@transaction.atomic
def close_trial(*, trial: TrialReport, by: Actor, at: datetime) -> TrialReport:
    """Say of a test report that no further cases follow, as of a report (5.1(3)); said again, it is one."""
    locked = _lock(trial, by)
    if locked.withdrawn_at is not None:
        raise PlanRefusal(_("这份报告已撤回。"), clause="5.1", code="already_withdrawn", status=409)
    if locked.closed_at is None:
        locked.closed_at = at
        locked.save(update_fields=["closed_at"])
        _write_down("reporting.close_trial", locked, by, at)
    return locked


def _before(cluster: Cluster, hospital: Organisation) -> TrialReport | None:
    """Return the same revision if it was sent, checked that no later one was."""
    of_series = TrialReport.objects.filter(organisation=hospital, reference=cluster.reference)
    newest = of_series.order_by("-revision").first()
    same = of_series.filter(revision=cluster.revision).first()
    if same is None and newest is not None and newest.revision > cluster.revision:
        raise revision_outdated(newest.revision)
    return same


def _tried(cluster: Cluster, ref: uuid.UUID, by: Actor, at: datetime) -> dict[str, Any]:
    """Return the answer of a drill's first report under a reference nothing else has; there is no incident to open."""
    with transaction.atomic():
        answer = accept_cluster(
            cluster=replace(cluster, reference=str(ref), is_drill=True),
            intake=None,
            idempotency_key="",
            fingerprint="",
            by=by,
            at=at,
        )
        transaction.set_rollback(True)
    told = answer.content
    return {
        **told,
        "ref": str(ref),
        "url": reverse("reporting_api:cluster_report", args=[ref]),
        "reference": cluster.reference,
        "incident": {**told["incident"], "number": _("测试"), "url": ""},
        "is_test": True,
    }


def _lock(trial: TrialReport, by: Actor) -> TrialReport:
    hospital = check_actor_may(by, Right.SEND_CLUSTER)
    locked = (
        TrialReport.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=trial.pk)
    )
    if locked.organisation_id != hospital.pk:
        raise PlanRefusal(_("只能由报出单位办理。"), clause="5.1", code="not_the_reporter", status=403)
    return locked


def _write_down(action: str, trial: TrialReport, by: Actor, at: datetime) -> None:
    record(
        Entry(
            chain=f"org:{trial.organisation.code}",
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"trial:{trial.ref}",
            payload={"revision": trial.revision},
        )
    )
