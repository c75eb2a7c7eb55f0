"""The office asks departments, assesses in three parts, and hears how the patients are (6.1, 6.4.2)."""

from typing import Any

import pytest

from audit.verify import verify
from outbox.models import Message
from plan.levels import IncidentLevel, ResponseLevel
from plan.recovery import Recovery
from response.actions.assessments import (
    answer_data_request,
    report_condition,
    request_data,
    write_assessment,
)
from response.models import AssessmentReport, ConditionReport
from response.selectors.recovery import latest_report, recovery_of
from tests.support.people import actor, organisation
from tests.support.refusals import refused
from tests.support.reports import NOON, incident, minutes
from tests.support.response import assessed, condition

pytestmark = pytest.mark.django_db
OFFICE = "city-fso"


@pytest.mark.clause(105)
def test_a_department_is_asked_by_a_time_and_answers_once() -> None:
    found, by, health = incident(120), actor(OFFICE), actor("city-health")
    asked: dict[str, Any] = {
        "incident": found,
        "department": organisation("city-health"),
        "what": "病例一览表",
        "due_at": NOON + minutes(60),
        "by": by,
        "at": NOON,
    }
    with refused("request_incomplete", 422, "6.1"):
        request_data(**asked | {"due_at": NOON})
    with refused("office_lacks_right", 403, "3.2"):
        request_data(**asked | {"by": health})
    request = request_data(**asked)
    assert request_data(**asked) == request
    assert Message.objects.filter(recipient="city-health", title__contains="资料").exists()
    with refused("not_the_addressee", 403, "3.1"):
        answer_data_request(request=request, answer="见附件", by=by, at=NOON)
    with refused("answer_without_words", 422, "6.1"):
        answer_data_request(request=request, answer=" ", by=health, at=NOON)
    assert answer_data_request(request=request, answer="见附件", by=health, at=NOON).answered_at == NOON
    with refused("already_answered", 409, "6.1"):
        answer_data_request(request=request, answer="再报", by=health, at=NOON)


@pytest.mark.clause(106, 107)
@pytest.mark.parametrize("part", ["harm", "extent", "trend"])
def test_an_assessment_has_three_parts_and_rests_on_what_was_counted(part: str) -> None:
    found, by = assessed(ResponseLevel.III), actor(OFFICE)
    said = {"harm": "重症2例", "extent": "一区", "trend": "平稳"}
    with refused("assessment_incomplete", 422, "6.1"):
        write_assessment(
            incident=found, **said | {part: " "}, present_level=IncidentLevel.III, by=by, at=NOON
        )
    report = write_assessment(incident=found, **said, present_level=IncidentLevel.III, by=by, at=NOON)
    assert report.record == found.assessments.latest("pk")
    assert latest_report(found) == report


@pytest.mark.clause(152, 154)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"stable_since": NOON + minutes(1)}, "time_in_future"),
        ({"in_hospital": 121}, "patients_do_not_add_up"),
        ({"agent": "NOBODY_KNOWS"}, "agent_unknown"),
        ({"incubation_h": 72}, "incubation_without_expert"),
    ],
)
def test_a_report_on_the_patients_can_be_true(change: dict[str, Any], code: str) -> None:
    found, _by = incident(120), actor("city-health")
    with refused(code, 422, "6.4.2(1)"):
        condition(found, **change)


@pytest.mark.clause(152)
def test_the_latest_report_holds_and_without_one_nothing_can_be_judged() -> None:
    found = incident(120)
    assert recovery_of(found, NOON).state is Recovery.CANNOT_JUDGE
    condition(found)
    at = NOON + minutes(60)
    report_condition(
        incident=found,
        as_of=at,
        patients=120,
        all_treated=True,
        stable_since=at,
        last_onset_at=NOON,
        incubation_h=2,
        expert="疾控专家组",
        by=actor("city-health"),
        at=at,
    )
    judgement = recovery_of(found, at)
    assert judgement.stable_at == at + minutes(24 * 60)
    assert judgement.incubated_at == NOON + minutes(120)


@pytest.mark.clause(90, 107)
def test_what_was_assessed_is_sealed_in_the_log() -> None:
    found = assessed(ResponseLevel.III)
    condition(found, incubation_h=24, expert="疾控专家组")
    write_assessment(
        incident=found,
        harm="轻",
        extent="小",
        trend="无",
        present_level=IncidentLevel.IV,
        by=actor(OFFICE),
        at=NOON,
    )
    assert AssessmentReport.objects.count() == ConditionReport.objects.count() == 1
    assert list(verify().breaks) == []
