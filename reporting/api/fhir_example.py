"""A bundle for the page that explains the API."""

from typing import Any, Final

PATIENT: Final = {"reference": "Patient/p1"}
BUNDLE: Final[dict[str, Any]] = {
    "resourceType": "Bundle",
    "type": "collection",
    "identifier": {"value": "ED-2026-0504"},
    "meta": {"versionId": "1"},
    "entry": [
        {"resource": resource}
        for resource in (
            {"resourceType": "Location", "name": "甬味轩餐厅", "address": {"district": "330212"}},
            {
                "resourceType": "Patient",
                "id": "p1",
                "identifier": [{"value": "A-1"}],
                "gender": "female",
                "birthDate": "2014-03-01",
            },
            {
                "resourceType": "Encounter",
                "subject": PATIENT,
                "class": {"code": "EMER"},
                "period": {"start": "2026-05-01T12:40:00+08:00"},
            },
            {
                "resourceType": "Condition",
                "subject": PATIENT,
                "code": {"coding": [{"code": "A05.3"}]},
                "onsetDateTime": "2026-05-01T11:20:00+08:00",
            },
            {"resourceType": "Observation", "subject": PATIENT, "code": {"text": "腹泻"}},
            {
                "resourceType": "Observation",
                "subject": PATIENT,
                "category": [{"text": "exposure"}],
                "code": {"text": "进食"},
                "valueString": "凉拌海蜇",
                "effectiveDateTime": "2026-05-01T08:00:00+08:00",
            },
            {
                "resourceType": "Specimen",
                "id": "s1",
                "subject": PATIENT,
                "type": {"text": "粪便"},
                "collection": {"collectedDateTime": "2026-05-01T13:00:00+08:00"},
            },
            {
                "resourceType": "Observation",
                "subject": PATIENT,
                "category": [{"coding": [{"code": "laboratory"}]}],
                "code": {"text": "细菌培养"},
                "specimen": {"reference": "Specimen/s1"},
                "interpretation": [{"coding": [{"code": "POS"}]}],
                "valueCodeableConcept": {"text": "副溶血性弧菌"},
            },
        )
    ],
}
