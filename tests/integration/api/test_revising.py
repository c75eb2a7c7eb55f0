"""A hospital revises under an address, takes back, closes and lists its own reports, each as often as it likes (5.1(3))."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from audit.models import AuditEvent
from incidents.models import Fact, Incident, IncidentStatus
from outbox.models import Message
from plan.refusal import PlanRefusal
from reporting.actions.closing_clusters import close_cluster
from reporting.models import ClusterClosing, IntakeRecord, Obligation, ObligationState, Report
from tests.support.checksums import table_checksums
from tests.support.hospital import Hospital, ago, cluster, refusal
from tests.support.people import actor

pytestmark = pytest.mark.django_db


def revised(ill: int = 80) -> dict[str, Any]:
    """A revision that leaves to its address what the address says."""
    body = cluster(ill)
    del body["reference"]
    return body


@pytest.mark.clause(93)
def test_a_revision_put_to_its_address_is_the_revision_posted() -> None:
    hospital = Hospital()
    first = hospital.send(cluster(60)).json()
    put = hospital.call("PUT", f"{first['ref']}/revisions/2/", revised())
    assert put.status_code == 201
    assert (put.json()["reference"], put.json()["revision"]) == ("ED-1", 2)
    assert put["Location"].endswith(f"/{put.json()['ref']}/")
    assert hospital.fate(first["ref"]).json()["superseded_by"] == put.json()["ref"]


def test_put_again_or_posted_again_it_is_one_and_with_other_content_it_is_taken() -> None:
    hospital, body = Hospital(), revised()
    ref = hospital.send(cluster(60)).json()["ref"]
    put = hospital.call("PUT", f"{ref}/revisions/2/", body)
    # Any revision's address names the series.
    again = hospital.call("PUT", f"{put.json()['ref']}/revisions/2/", body)
    posted = hospital.send({**body, "reference": "ED-1", "revision": 2})
    for answer in (again, posted):
        assert (answer.content, answer["Idempotent-Replayed"]) == (put.content, "true")
    other = hospital.call("PUT", f"{ref}/revisions/2/", {**body, "counts": {"ill": 81}})
    assert (other.status_code, refusal(other)["code"]) == (409, "revision_taken")
    assert Report.objects.count() == 2


def test_a_body_that_contradicts_its_address_is_refused_and_kept() -> None:
    hospital = Hospital()
    ref = hospital.send(cluster(60)).json()["ref"]
    kept = IntakeRecord.objects.count()
    answer = hospital.call("PUT", f"{ref}/revisions/2/", cluster(61, reference="ED-9", revision=3))
    assert answer.status_code == 422
    assert {(error["field"], error["code"]) for error in refusal(answer)["errors"]} == {
        ("/reference", "not_as_addressed"),
        ("/revision", "not_as_addressed"),
    }
    assert (Report.objects.count(), IntakeRecord.objects.count()) == (1, kept + 1)


def test_a_revision_under_an_unknown_address_is_kept_and_told_to_the_county() -> None:
    answer = Hospital().call("PUT", f"{uuid.uuid4()}/revisions/2/", revised())
    assert (answer.status_code, refusal(answer)["code"]) == (404, "report_not_found")
    assert IntakeRecord.objects.count() == 1
    assert Message.objects.filter(kind="cluster_refused").count() == 2


def test_taken_back_twice_it_is_taken_back_once_with_the_first_reason() -> None:
    hospital = Hospital()
    ref = hospital.send(cluster(20)).json()["ref"]
    first = hospital.call("POST", f"{ref}/withdraw/", {"reason": "重复录入"})
    before = table_checksums()
    second = hospital.call("POST", f"{ref}/withdraw/", {"reason": "再说一次"})
    assert (first.status_code, second.status_code) == (200, 200)
    assert (second.json()["state"], second.json()["withdrawal_reason"]) == ("withdrawn", "重复录入")
    assert table_checksums() == before
    assert Incident.objects.get().status == IncidentStatus.WITHDRAWN


@pytest.mark.parametrize(
    ("body", "code"),
    [({}, "required"), ({"reason": " "}, "blank"), ({"reason": "x", "by": "y"}, "unknown_field")],
)
def test_without_a_reason_nothing_is_taken_back(body: dict[str, str], code: str) -> None:
    hospital = Hospital()
    ref = hospital.send(cluster(20)).json()["ref"]
    before = table_checksums()
    answer = hospital.call("POST", f"{ref}/withdraw/", body)
    assert (answer.status_code, refusal(answer)["errors"][0]["code"]) == (422, code)
    assert table_checksums() == before


@pytest.mark.clause(93)
def test_no_further_cases_is_recorded_once_told_to_the_county_and_ends_no_clock() -> None:
    hospital = Hospital()
    ref = hospital.send(cluster(105)).json()["ref"]
    armed = Obligation.objects.filter(state=ObligationState.ARMED).count()
    answers = [hospital.call("POST", f"{ref}/close/") for _time in range(2)]
    closing = ClusterClosing.objects.get()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["closed_at"] is not None
    assert closing.closed_by == f"key:{hospital.key.pk}"
    told = Message.objects.filter(kind="cluster_closed").values_list("recipient", flat=True)
    assert sorted(told) == ["330212-health", "330212-regulator"]
    assert AuditEvent.objects.filter(action="reporting.close_cluster").count() == 1
    assert armed > 0
    assert Obligation.objects.filter(state=ObligationState.ARMED).count() == armed


def test_a_later_revision_is_taken_and_opens_what_was_closed() -> None:
    hospital = Hospital()
    ref = hospital.send(cluster(60)).json()["ref"]
    hospital.call("POST", f"{ref}/close/")
    assert hospital.call("PUT", f"{ref}/revisions/2/", revised(101)).status_code == 201
    assert hospital.fate(ref).json()["closed_at"] is None
    assert hospital.call("POST", f"{ref}/close/").json()["closed_at"] is not None
    assert ClusterClosing.objects.count() == 2
    assert Fact.objects.filter(kind="illness_count").count() == 2


def test_a_withdrawn_report_has_nothing_to_close_and_another_organisation_cannot() -> None:
    hospital = Hospital()
    ref = hospital.send(cluster(60)).json()["ref"]
    other = actor("hosp-yinzhou-second")
    before = table_checksums()
    with pytest.raises(PlanRefusal, match="报出单位"):
        close_cluster(report=Report.objects.get(), by=other, at=database_now())
    assert table_checksums() == before
    hospital.call("POST", f"{ref}/withdraw/", {"reason": "误报"})
    answer = hospital.call("POST", f"{ref}/close/")
    assert (answer.status_code, refusal(answer)["code"]) == (409, "already_withdrawn")


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "revisions/2/"), ("POST", "withdraw/"), ("POST", "close/")]
)
def test_another_hospital_and_a_key_for_reading_change_nothing(method: str, path: str) -> None:
    hospital, other, reader = Hospital(), Hospital("hosp-yinzhou-second"), Hospital()
    reader.key.scopes = ["cluster:read"]
    reader.key.save()
    ref = hospital.send(cluster(60)).json()["ref"]
    theirs = other.call(method, f"{ref}/{path}", {"reason": "x"})
    assert (theirs.status_code, refusal(theirs)["code"]) == (404, "report_not_found")
    assert refusal(reader.call(method, f"{ref}/{path}"))["code"] == "key_lacks_scope"
    report = Report.objects.get()
    assert (report.state, ClusterClosing.objects.exists()) == ("accepted", False)


def test_the_list_has_ones_own_alone_by_pages_at_the_same_cost() -> None:
    hospital = Hospital()
    Hospital("hosp-yinzhou-second").send(cluster(5, reference="theirs"))
    costs = []
    for number in range(1, 4):
        hospital.send(cluster(number, reference=f"ED-{number}", first_onset_at=ago(90)))
        with CaptureQueriesContext(connection) as captured:
            assert hospital.call("GET", "").json()["count"] == number
        costs.append(len(captured))
    listed = hospital.call("GET", "").json()
    assert costs[0] == costs[-1]
    assert [row["reference"] for row in listed["results"]] == ["ED-3", "ED-2", "ED-1"]
    assert (listed["count"], listed["pages"]) == (3, 1)
    assert hospital.call("GET", "?page=2").json()["results"] == []
    wrong = hospital.call("GET", "?page=0")
    assert (wrong.status_code, refusal(wrong)["field"]) == (422, "/page")
