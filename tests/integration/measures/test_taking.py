"""Measures: open from the first report on, taken by whose they are, in an order that keeps the evidence (6.3)."""

import uuid
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from incidents.models import Incident
from outbox.models import Message
from plan.records import KINDS
from response.actions.measures import retract_measure, take_measure
from response.models import MeasureRecord
from tests.support.measures import AFTERWARDS, HEALTH, REGULATOR, answers, refused, taken
from tests.support.people import actor
from tests.support.reports import incident, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Incident:
    """An incident of 45 ill that nobody has activated anything for."""
    return incident(45)


@pytest.mark.clause(125, 126, 127, 128, 130, 132, 133, 140, 141, 142, 143)
@pytest.mark.parametrize(
    ("kind", "by"),
    [
        ("treat", HEALTH),
        ("reinforce", HEALTH),
        ("advise", HEALTH),
        ("psychological_aid", "city-health"),
        ("seal", REGULATOR),
        ("mark_zone", REGULATOR),
        ("epidemiology", "330212-cdc"),
        ("scene_order", "330212-gov"),
        ("key_place", "city-police"),
        ("false_information", "city-politics-law"),
        ("obstruction", "330212-gov"),
    ],
)
def test_measures_are_open_before_activation_and_without_groups(case: Incident, kind: str, by: str) -> None:
    made = taken(case, kind, by)
    event = AuditEvent.objects.get(action="response.take_measure")
    assert (event.chain, event.subject, event.office) == (case.chain, f"measure:{made.pk}", by)
    assert f"response.measurerecord:{made.pk}" in event.payload


def test_a_measure_is_never_changed(case: Incident) -> None:
    made = taken(case, "seal")
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureRecord.objects.filter(pk=made.pk).update(note="改")


def test_sent_twice_it_is_one(case: Incident) -> None:
    token = uuid.uuid4()

    def click() -> MeasureRecord:
        return take_measure(
            incident=case,
            kind="seal",
            details=answers("seal"),
            form_token=token,
            by=actor(REGULATOR),
            at=AFTERWARDS,
        )

    assert click() == click()
    assert MeasureRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "by", "code"),
    [
        ("seal", HEALTH, "measure_of_other_office"),
        ("treat", REGULATOR, "measure_of_other_office"),
        ("seal", "330203-regulator", "outside_jurisdiction"),
        ("seal", "city-duty", "office_lacks_right"),
        ("epidemiology_report", REGULATOR, "measure_of_other_office"),
        ("expert_opinion", HEALTH, "measure_of_other_office"),
    ],
)
def test_an_office_takes_only_its_own_measures(case: Incident, kind: str, by: str, code: str) -> None:
    actor(by)
    refusal = refused(lambda: taken(case, kind, by))
    assert (refusal.code, refusal.status) == (code, 403)


@pytest.mark.clause(64)
def test_the_regulator_of_a_stage_controls_the_hazard(case: Incident) -> None:
    assert taken(case, "seal", "city-agriculture").organisation.code == "city-agriculture"
    actor("city-education")
    assert refused(lambda: taken(case, "seal", "city-education")).code == "measure_of_other_office"


@pytest.mark.parametrize(
    "details",
    [
        answers("seal", quantity=""),
        answers("seal", quantity=None),
        answers("seal", object="vehicle"),
        answers("seal", patient="张三"),
        answers("seal", place=5),
        {},
    ],
)
def test_what_is_asked_for_is_answered_and_nothing_else(case: Incident, details: dict[str, Any]) -> None:
    def take() -> MeasureRecord:
        return take_measure(incident=case, kind="seal", details=details, by=actor(REGULATOR), at=AFTERWARDS)

    refusal = refused(take)
    assert (refusal.code, refusal.status, refusal.clause) == ("record_incomplete", 422, "6.3.2")


def test_what_lies_ahead_was_not_done_yet(case: Incident) -> None:
    def take() -> MeasureRecord:
        return take_measure(
            incident=case,
            kind="seal",
            details=answers("seal"),
            done_at=AFTERWARDS + minutes(1),
            by=actor(REGULATOR),
            at=AFTERWARDS,
        )

    assert refused(take).code == "measure_in_future"


@pytest.mark.clause(129, 132)
@pytest.mark.parametrize("kind", ["sanitise", "clean_tools"])
@pytest.mark.parametrize("secured", ["evidence_taken", "evidence_waived"])
def test_evidence_is_taken_or_waived_at_the_place_before_it_is_cleaned(
    case: Incident, kind: str, secured: str
) -> None:
    refusal = refused(lambda: taken(case, kind, place="后厨"))
    assert (refusal.code, refusal.status) == ("evidence_first", 409)
    elsewhere = taken(case, secured, place="冷库")
    assert refused(lambda: taken(case, kind, place="后厨")).code == "evidence_first"
    retract_measure(record=elsewhere, reason="地点写错", by=actor(REGULATOR), at=AFTERWARDS)
    taken(case, secured, place="后厨")
    assert taken(case, kind, place=" 后 厨 ").kind == kind


@pytest.mark.clause(129)
def test_evidence_is_not_waived_without_a_reason(case: Incident) -> None:
    assert refused(lambda: taken(case, "evidence_waived", note=" ")).code == "record_incomplete"


@pytest.mark.clause(130, 131)
def test_suspicion_is_enough_to_seal_but_a_recall_before_the_finding_is_asked_why(case: Incident) -> None:
    taken(case, "seal")
    refusal = refused(lambda: taken(case, "recall", food="熟食拼盘"))
    assert (refusal.code, refusal.status, refusal.clause) == ("recall_before_finding", 422, "6.3.2")
    assert taken(case, "recall", food="熟食拼盘", before_finding="全省已有三起同类病例").kind == "recall"
    taken(case, "contamination", food="冷菜")
    assert refused(lambda: taken(case, "recall", food="熟食拼盘")).code == "recall_before_finding"
    order = taken(case, "recall", food="冷菜")
    assert taken(case, "recall_progress", about=order).about == order


@pytest.mark.clause(131)
def test_a_finding_of_contamination_names_its_official(case: Incident) -> None:
    def find() -> MeasureRecord:
        return take_measure(
            incident=case,
            kind="contamination",
            details=answers("contamination"),
            note="感官检查",
            by=actor(REGULATOR),
            at=AFTERWARDS,
        )

    assert refused(find).code == "record_incomplete"


@pytest.mark.clause(126)
def test_patients_are_transferred_from_one_hospital_to_another(case: Incident) -> None:
    assert refused(lambda: taken(case, "transfer", HEALTH)).code == "transfer_to_same_hospital"
    assert taken(case, "transfer", HEALTH, to_hospital="hosp-lihuili").details["patients"] == 3
    actor(HEALTH)
    assert refused(lambda: taken(case, "treat", HEALTH, hospital="city-fso")).code == "record_incomplete"


@pytest.mark.clause(134)
@pytest.mark.parametrize(
    ("centre", "recipients"),
    [
        ("330212-cdc", {"330212-regulator", "330212-health"}),
        ("city-cdc", {"city-regulator", "city-health"}),
    ],
)
def test_a_disease_control_centre_reports_to_both_offices_of_its_level(
    case: Incident, centre: str, recipients: set[str]
) -> None:
    taken(case, "epidemiology_report", centre)
    told = Message.objects.filter(kind="epidemiology_report").values_list("recipient", flat=True)
    assert set(told) == recipients


@pytest.mark.clause(136)
def test_the_experts_opinion_has_four_parts(case: Incident) -> None:
    parts = [asked.name for asked in KINDS["expert_opinion"].asks]
    assert len(parts) == 4
    actor("city-fso")
    for part in parts:
        without: dict[str, Any] = {part: ""}
        assert (
            refused(partial(taken, case, "expert_opinion", "city-fso", **without)).code == "record_incomplete"
        )
    assert taken(case, "expert_opinion", "city-fso").kind == "expert_opinion"
