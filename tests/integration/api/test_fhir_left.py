"""What of a FHIR bundle was not read is named, kind by kind; nothing is left out in silence (5.1(3))."""

from typing import Any

import pytest

from incidents.models import Case
from reporting.api.fhir_example import BUNDLE, PATIENT
from tests.integration.api.test_fhir import bundle, issues, post
from tests.support.hospital import Hospital, moment

pytestmark = pytest.mark.django_db


def entry(resource_type: str, **more: Any) -> dict[str, Any]:
    return {"resourceType": resource_type, **more}


def warned(*more: dict[str, Any], **changes: Any) -> list[str]:
    """What a bundle with these resources as well says it has not read."""
    answer = post(Hospital(), bundle(*more, **changes))
    assert answer.status_code == 201, answer.content.decode()
    return [issue["expression"][0] for issue in issues(answer, "warning")]


@pytest.mark.parametrize(
    ("resource", "named"),
    [
        (entry("MessageHeader", eventCoding={"code": "report"}), ["MessageHeader"]),
        (entry("Provenance", recorded="2026-05-01"), ["Provenance"]),
        (entry("List", entry=[{"item": PATIENT}]), ["List"]),
        (entry("Group", quantity=7), ["Group"]),
        (entry("Location", name="另一处"), ["Location"]),
        (entry("Condition", code={"text": "A05.3"}), ["Condition.subject"]),
        (entry("Condition", subject=PATIENT, code={"text": "A04"}), ["Condition.code"]),
        (entry("Condition", subject=PATIENT, code={"text": "肚子痛"}), ["Condition.code"]),
        (
            entry("Condition", subject=PATIENT, clinicalStatus={"text": "active"}),
            ["Condition.clinicalStatus"],
        ),
        (
            entry("Observation", subject=PATIENT, code={"text": "呕吐"}, valueBoolean=False),
            ["Observation.valueBoolean"],
        ),
        (
            entry("Observation", subject=PATIENT, status="entered-in-error", code={"text": "呕吐"}),
            ["Observation.status"],
        ),
        (
            entry(
                "Specimen",
                subject=PATIENT,
                type={"text": "粪便"},
                collection={"collectedDateTime": "2026-05-01"},
            ),
            ["Specimen.collection"],
        ),
        (
            entry("Patient", identifier=[{"value": "A-2"}], gender="other", _birthDate={}),
            ["Patient._birthDate", "Patient.gender"],
        ),
    ],
)
def test_nothing_is_left_out_in_silence(resource: dict[str, Any], named: list[str]) -> None:
    assert warned(resource) == named
    assert {case.details["symptoms"][0] for case in Case.objects.filter(local_id="A-1")} == {"腹泻"}


def test_a_message_is_read_like_a_collection_and_its_own_elements_are_named() -> None:
    header = {"resource": entry("MessageHeader")}
    whole = bundle(type="message", timestamp="2026-05-01T13:00:00+08:00")
    named = warned(
        type="message", timestamp=whole["timestamp"], entry=[header, {"request": {}}, *BUNDLE["entry"]]
    )
    assert named == ["Bundle.timestamp", "Bundle.entry", "MessageHeader"]
    assert Case.objects.get().diagnosis_code == "A05.3"


def test_a_food_history_as_a_questionnaire_is_an_exposure_for_each_group() -> None:
    items = [
        {"linkId": "history.food", "answer": [{"valueString": "醉蟹"}]},
        {"linkId": "meal", "answer": [{"valueCoding": {"code": "晚餐"}}]},
        {"linkId": "eaten_at", "answer": [{"valueDateTime": "2026-04-30T18:30:00+08:00"}]},
        {"linkId": "others_ill", "answer": [{"valueBoolean": True}]},
        {"linkId": "mood", "answer": [{"valueString": "差"}]},
    ]
    told = entry(
        "QuestionnaireResponse", subject=PATIENT, status="completed", item=[{"linkId": "1", "item": items}]
    )
    assert warned(told) == ["QuestionnaireResponse.item"]
    first, second = Case.objects.get().details["exposures"]
    assert (first["food"], first["meal"], first["others_ill"]) == ("醉蟹", "晚餐", True)
    assert moment(first["eaten_at"]) == moment("2026-04-30T18:30:00+08:00")
    assert second["food"] == "凉拌海蜇"
