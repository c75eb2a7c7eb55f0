"""A test key tries everything out, and nothing comes of it: no report, no clock, no message, no number (5.1(3))."""

from datetime import timedelta

import pytest

from accounts.actions.keys import issue_key
from accounts.actors import SYSTEM, Actor
from audit.clock import database_now
from audit.models import AuditEvent
from incidents.models import CountKind, FactKind, IncidentNumber
from plan.refusal import PlanRefusal
from reporting.actions.clusters import accept_cluster
from reporting.cluster import Cluster
from reporting.models import TrialReport
from tests.support.checksums import table_checksums
from tests.support.hospital import Hospital, case, cluster, refusal
from tests.support.people import organisation
from tests.support.reports import restaurant

pytestmark = pytest.mark.django_db

# What a test report leaves: its answer and the line in the evidence; a key notes when it was used.
LEFT = {"reporting_trialreport", "audit_auditevent", "audit_chainhead", "accounts_hospitalkey"}


class Trying(Hospital):
    """A hospital's system with a test key."""

    def __init__(self, code: str = "hosp-yinzhou-people") -> None:
        """Get a fresh test key."""
        at = database_now()
        issued = issue_key(
            organisation=organisation(code),
            label="test",
            expires_at=at + timedelta(days=1),
            is_test=True,
            by=SYSTEM,
            at=at,
        )
        self.key, self.clear, self.code = issued.key, issued.clear, code


def test_a_test_report_is_answered_as_a_report_and_leaves_nothing_but_its_answer() -> None:
    restaurant("甬江饭店")
    real, trying = Hospital(), Trying()
    # The numbers of the year's drills exist, as they do once there was one; a real cluster stands at the same place.
    real.send(cluster(60))
    before = table_checksums(exclude=())
    answer = trying.send(cluster(None, cases=[case(n) for n in range(105)]))
    after = table_checksums(exclude=())
    body = answer.json()
    assert (answer.status_code, body["is_test"], body["incident"]["number"]) == (201, True, "测试")
    # Of its own cases alone: the real 60 are not counted in.
    assert body["incident"]["proposed_level"]["code"] == "III"
    assert len(body["legs"]) == 2
    assert {name for name, digest in after.items() if digest != before[name]} <= LEFT
    assert not IncidentNumber.objects.filter(series__startswith="YL").exists()
    assert [event.action for event in AuditEvent.objects.filter(subject__startswith="trial:")] == [
        "reporting.try_cluster"
    ]


def test_test_reports_are_known_again_revised_taken_back_closed_and_listed_apart() -> None:
    real, trying = Hospital(), Trying()
    real.send(cluster(60))
    body = cluster(12)
    first = trying.send(body)
    assert trying.send(body)["Idempotent-Replayed"] == "true"
    assert refusal(trying.send(cluster(13)))["code"] == "revision_taken"
    ref = first.json()["ref"]
    put = trying.call("PUT", f"{ref}/revisions/2/", cluster(20))
    assert trying.call("PUT", f"{ref}/revisions/1/", cluster(20)).json()["code"] == "revision_taken"
    assert trying.fate(ref).json()["superseded_by"] == put.json()["ref"]
    assert trying.call("POST", f"{ref}/close/").json()["closed_at"] is None
    assert trying.call("POST", f"{put.json()['ref']}/close/").json()["closed_at"] is not None
    taken_back = [trying.call("POST", f"{ref}/withdraw/", {"reason": why}).json() for why in ("误报", "又说")]
    assert [one["withdrawal_reason"] for one in taken_back] == ["误报", "误报"]
    assert refusal(trying.call("POST", f"{ref}/close/"))["code"] == "already_withdrawn"
    assert trying.call("GET", "").json()["count"] == 2
    assert real.call("GET", "").json()["count"] == 1
    assert real.fate(ref).status_code == 404
    assert Trying("hosp-yinzhou-second").fate(ref).status_code == 404


def test_a_refused_test_report_is_told_to_nobody_and_kept_nowhere() -> None:
    trying = Trying()
    before = table_checksums(exclude=("accounts_hospitalkey",))
    assert trying.send(cluster(-1)).status_code == 422
    assert trying.send(None, raw=b"{").status_code == 400
    rows = trying.call("POST", "batch/", {"reports": [cluster(-1)]}).json()
    assert rows["refused"] == 1
    assert table_checksums(exclude=("accounts_hospitalkey",)) == before


def test_a_test_key_can_never_make_a_report() -> None:
    trying = Trying()
    by, at = Actor.with_key(trying.key), database_now()
    meant = Cluster(reference="ED-1", count_kind=CountKind.OWN, counts={FactKind.ILLNESS: 60})
    before = table_checksums()
    with pytest.raises(PlanRefusal, match="测试密钥"):
        accept_cluster(cluster=meant, intake=None, idempotency_key="k", fingerprint="f", by=by, at=at)
    assert table_checksums() == before
    assert not TrialReport.objects.exists()


def test_test_keys_and_real_ones_are_counted_apart() -> None:
    for kind in (Trying, Trying, Hospital):
        kind()
    with pytest.raises(PlanRefusal, match="两个有效密钥"):
        Trying()
    assert Hospital().send(cluster(3)).status_code == 201
