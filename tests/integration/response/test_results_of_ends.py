"""An end rests on an assessment that names its condition, and 6.4.2(2) on test results, of the record or of elsewhere."""

from typing import Any

import pytest
from django.test import Client

from audit.clock import database_now
from audit.verify import verify
from plan.levels import IncidentLevel, ResponseLevel
from plan.termination import Finding
from response.actions.assessments import write_assessment
from response.actions.measures import retract_measure
from response.actions.termination import answer_proposal, propose_end
from response.models import FindingEvidence, MeasureRecord, Response, ResponseState
from tests.support.measures import REGULATOR, taken
from tests.support.pages import url
from tests.support.people import actor, login
from tests.support.refusals import refused
from tests.support.reports import NOON, minutes
from tests.support.response import commanded, weigh_all

pytestmark = [pytest.mark.django_db, pytest.mark.clause(150, 155)]
OFFICE, GOVERNMENT, TWO, THREE = "city-fso", "city-gov", "6.4.2(2)", "6.4.2(3)"
CLEAN = {
    Finding.FOOD_CONTROLLED: "全部封存销毁",
    Finding.CLEANED: "检测合格",
    Finding.NO_SECONDARY_HAZARD: "排查无隐患",
}
CONTROLLED = {Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"}
LATER = NOON + minutes(60)


def assess(response: Response, *conditions: str) -> None:
    write_assessment(
        incident=response.incident,
        harm="轻症",
        extent="一家",
        trend="无新增",
        present_level=IncidentLevel.IV,
        conditions=list(conditions),
        by=actor(OFFICE),
        at=NOON,
    )


def end(response: Response, name: str, findings: dict[Finding, str], **more: Any) -> Any:
    return propose_end(
        response=response, conditions=[name], findings=findings, by=actor(OFFICE), at=LATER, **more
    )


def result(response: Response) -> MeasureRecord:
    """A sample that a laboratory found clean."""
    found = response.incident
    sample = taken(found, "sample", sample_number="N-17")
    taken(found, "sample_handover", about=sample, is_laboratory=True)
    clean: dict[str, Any] = {"item": "沙门氏菌", "result": "not_detected", "document": "检88号"}
    return taken(found, "sample_result", about=sample, **clean)


def test_only_what_the_current_assessment_names_can_be_proposed_or_consented_to() -> None:
    response, by = commanded(), actor(OFFICE)
    assess(response)
    with refused("assessment_names_no_condition", 409, "6.4.2"):
        end(response, THREE, CONTROLLED)
    assess(response, THREE)
    with refused("condition_not_assessed", 409, TWO):
        end(response, TWO, CLEAN, outside="市检院 88号")
    with refused("no_such_condition", 422, "6.4.2"):
        assess(response, "6.4.2(9)")
    proposal = end(response, THREE, CONTROLLED)
    assess(response, TWO)
    said: dict[str, Any] = {"proposal": proposal, "is_approved": True, "by": actor(GOVERNMENT), "at": LATER}
    with refused("condition_not_assessed", 409, THREE):
        answer_proposal(**said)
    assess(response, THREE)
    assert answer_proposal(**said).state == ResponseState.ENDED
    assert by.office == OFFICE


def test_cleaned_to_the_standards_rests_on_results_of_the_record_or_says_whose_they_are() -> None:
    response = commanded()
    weigh_all(response.incident)
    clean = result(response)
    with refused("no_test_report", 422, TWO):
        end(response, TWO, CLEAN)
    other = result(commanded(ResponseLevel.III, place_text="另一家"))
    for wrong in (other, clean.about):
        with refused("not_a_result", 422, TWO):
            end(response, TWO, CLEAN, results=[wrong])
    assert end(response, TWO, CLEAN, outside="省检院 12号").findings["outside"] == "省检院 12号"
    proposal = end(response, TWO, CLEAN, results=[clean])
    assert FindingEvidence.objects.get(decision=proposal).record == clean
    retract_measure(record=clean, reason="报告作废", by=actor(REGULATOR), at=LATER)
    with refused("not_a_result", 422, TWO):
        end(response, TWO, CLEAN, results=[clean], note="再报")
    assert list(verify().breaks) == []


def test_the_form_asks_for_the_conditions_assessed_and_the_commander_reads_the_results(
    client: Client,
) -> None:
    response = commanded(at=database_now())
    found = response.incident
    clean = result(response)
    login(client, OFFICE)
    parts = {"harm": "轻", "extent": "一家", "trend": "平稳", "present_level": "IV", "conditions": [TWO]}
    assert client.post(url(found, "response", "assess"), parts).status_code == 302
    form = client.get(url(found, "response", "propose-end")).text
    assert "样品N-17 沙门氏菌：未检出（报告检88号）" in form
    assert 'name="no_more_handling"' not in form
    assert 'name="cleaned"' in form
    said = {
        "conditions": [TWO],
        "results": [str(clean.pk)],
        **{key.value: text for key, text in CLEAN.items()},
    }
    assert client.post(url(found, "response", "propose-end"), said).status_code == 302
    login(client, GOVERNMENT)
    page = client.get(url(found, "response")).text
    assert "检验结果（登记在案）" in page
    assert "样品N-17" in page
