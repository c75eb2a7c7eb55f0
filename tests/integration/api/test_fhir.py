"""A FHIR R4 bundle is the same report: same rules, same idempotency, and what was not read is named (5.1(3))."""

import copy
import json
import uuid
from typing import Any

import pytest
from django.test import Client

from incidents.models import Case, Incident
from outbox.models import Message
from reporting.api.fhir_example import BUNDLE, PATIENT
from reporting.models import IntakeRecord, Report
from tests.support.hospital import Hospital, ago, moment

pytestmark = pytest.mark.django_db

FHIR = "application/fhir+json"


def bundle(*more: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The example, with further resources."""
    body = copy.deepcopy(BUNDLE) | changes
    if more:
        body["entry"] += [{"resource": resource} for resource in more]
    return body


def post(hospital: Hospital, body: object, *, media_type: str = FHIR, **headers: str) -> Any:
    named = {"Authorization": f"Bearer {hospital.clear}", **headers}
    return Client().post("/api/v1/fhir/", json.dumps(body), content_type=media_type, headers=named)


def issues(answer: Any, severity: str) -> list[dict[str, Any]]:
    assert answer["Content-Type"] == FHIR
    body = answer.json()
    assert body["resourceType"] == "OperationOutcome"
    return [issue for issue in body["issue"] if issue["severity"] == severity]


@pytest.mark.clause(93)
def test_a_bundle_makes_the_report_and_the_case_it_describes() -> None:
    hospital = Hospital()
    answer = post(hospital, bundle())
    assert (answer.status_code, issues(answer, "warning"), issues(answer, "error")) == (201, [], [])
    report, case = Report.objects.get(), Case.objects.get()
    assert answer["Location"].endswith(f"/cluster-reports/{report.ref}/")
    assert (report.reference, report.revision, report.place_text) == ("ED-2026-0504", 1, "甬味轩餐厅")
    assert (case.local_id, case.sex, case.diagnosis_code) == ("A-1", "female", "A05.3")
    assert case.onset_at == moment("2026-05-01T11:20:00+08:00")
    assert case.visit_at == moment("2026-05-01T12:40:00+08:00")
    assert case.details["symptoms"] == ["腹泻"]
    assert case.details["exposures"][0]["food"] == "凉拌海蜇"
    (specimen,) = case.details["specimens"]
    assert (specimen["kind"], specimen["test"], specimen["result"], specimen["agent"]) == (
        "粪便",
        "细菌培养",
        "阳性",
        "副溶血性弧菌",
    )
    assert hospital.fate(str(report.ref)).json()["incident"]["number"] == Incident.objects.get().number


def test_sent_again_it_is_one_and_the_next_version_is_the_next_revision() -> None:
    hospital = Hospital()
    first = post(hospital, bundle())
    again = post(hospital, bundle(), **{"Idempotency-Key": str(uuid.uuid4())})
    assert (again["Idempotent-Replayed"], again["Location"]) == ("true", first["Location"])
    changed = bundle({"resourceType": "Observation", "subject": PATIENT, "code": {"text": "呕吐"}})
    taken = post(hospital, changed)
    assert (taken.status_code, issues(taken, "error")[0]["diagnostics"]) == (409, "revision_taken")
    assert post(hospital, changed | {"meta": {"versionId": "2"}}).status_code == 201
    assert Report.objects.count() == 2


def test_what_has_no_place_is_named_and_holds_nothing_up() -> None:
    answer = post(
        Hospital(),
        bundle(
            {"resourceType": "MedicationRequest", "subject": PATIENT},
            {"resourceType": "Observation", "subject": PATIENT, "code": {"text": "心情不好"}, "note": []},
            {"resourceType": "Condition", "subject": {"reference": "Patient/nobody"}},
            {"resourceType": "张三丰"},
        ),
    )
    assert answer.status_code == 201
    named = {issue["expression"][0] for issue in issues(answer, "warning")}
    assert named == {
        "MedicationRequest",
        "Observation.note",
        "Observation.code",
        "Condition.subject",
        "resourceType",
    }
    assert "张三丰" not in answer.content.decode()


def test_a_citizens_number_is_only_who_it_is_and_the_dead_are_counted() -> None:
    number = "11010519491231002X"
    dead = {
        "resourceType": "Patient",
        "id": "p2",
        "identifier": [{"value": number}],
        "name": [{"family": "王", "given": ["五"]}],
        "deceasedBoolean": True,
    }
    assert post(Hospital(), bundle(dead)).status_code == 201
    case = Case.objects.get(local_id="p2")
    assert (case.outcome, bool(case.person), case.masked_identity[-4:]) == ("dead", True, "002X")
    assert not Case.objects.filter(local_id=number).exists()


def test_a_group_says_how_many_where_there_is_no_list() -> None:
    body = bundle(entry=[{"resource": {"resourceType": "Group", "quantity": 105}}])
    answer = post(Hospital(), body)
    assert answer.status_code == 201
    assert "2.3(2)" in issues(answer, "information")[0]["details"]["text"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ([], 422, "fhir_bundle"),
        ({"resourceType": "Patient"}, 422, "fhir_bundle"),
        (bundle(identifier=None), 422, "fhir_bundle"),
        (bundle(identifier=[{"value": "ED-7"}]), 422, "fhir_bundle"),
        (bundle(meta="2"), 422, "fhir_bundle"),
        (bundle(entry="x"), 422, "fhir_bundle"),
        (bundle(entry=[{"resource": {"resourceType": "Patient", "birthDate": 7}}]), 422, "blank"),
        (bundle({"resourceType": "Condition", "subject": PATIENT, "onsetDateTime": "x:y"}), 422, "invalid"),
    ],
)
def test_what_is_no_report_is_kept_refused_and_told(body: object, status: int, code: str) -> None:
    answer = post(Hospital(), body)
    found = issues(answer, "error")
    assert (answer.status_code, found[0]["diagnostics"]) == (status, "invalid_fields")
    assert len(found) >= 2, code
    assert IntakeRecord.objects.count() == 1
    assert Message.objects.filter(kind="cluster_refused").count() == 2
    assert not Report.objects.exists()


def test_odd_shapes_never_break_it_and_other_media_types_are_refused() -> None:
    hospital = Hospital()
    odd: list[Any] = [None, 1, "x", [], {"resource": None}, {"resource": {"resourceType": ["Patient"]}}]
    odd += [
        {"resource": {"resourceType": "Location", "name": 3, "address": "x", "identifier": {"value": {}}}}
    ]
    assert post(hospital, bundle(entry=odd, identifier={"value": "ED-7"})).status_code == 201
    xml = post(hospital, bundle(), media_type="application/fhir+xml")
    assert (xml.status_code, issues(xml, "error")[0]["code"]) == (415, "not-supported")
    nobody = Client().post("/api/v1/fhir/", "{}", content_type=FHIR)
    assert (nobody.status_code, issues(nobody, "error")[0]["code"]) == (401, "login")


def test_the_earliest_of_several_onsets_counts_whatever_its_offset_and_a_bare_day_is_named() -> None:
    said = [
        {"resourceType": "Condition", "subject": PATIENT, "code": {"text": "A05.3"}, "onsetDateTime": onset}
        for onset in ("2026-05-01T02:50:00Z", "2026-04-30")
    ]
    answer = post(Hospital(), bundle(*said))
    assert answer.status_code == 201
    assert Case.objects.get().onset_at == moment("2026-05-01T02:50:00Z")
    assert [issue["expression"] for issue in issues(answer, "warning")] == [["Condition.onset"]]


def test_times_before_now_are_read_as_elsewhere() -> None:
    late = {"resourceType": "Condition", "subject": PATIENT, "onsetDateTime": ago(-60)}
    only = bundle(entry=[BUNDLE["entry"][1], {"resource": late}])
    assert issues(post(Hospital(), only), "error")[1]["expression"] == ["/cases/0/onset_at"]
