"""What an end rests on holds in every part: conditions named, assessment, reasons, and nothing else left running (6.4.2)."""

from typing import Any

import pytest

from incidents.actions.incidents import involve_county
from incidents.models import CountyRole, Incident, IncidentStatus
from plan.levels import IncidentLevel, ResponseLevel
from plan.termination import Finding
from response.actions.activation import activate_county_response, activate_response
from response.actions.assessments import write_assessment
from response.actions.commanders import appoint_commander
from response.actions.termination import answer_proposal, propose_end
from response.models import CommanderBasis, Response, ResponseState
from response.selectors.recovery import latest_report
from tests.support.people import actor, holding
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON, YINZHOU, county, minutes
from tests.support.response import (
    approved,
    colleague,
    commanded,
    condition,
    second_office,
    spoken,
    weigh_all,
)

pytestmark = pytest.mark.django_db
III, IV = ResponseLevel.III, ResponseLevel.IV
OFFICE, GOVERNMENT = "city-fso", "city-gov"
ONE, THREE, FOUR = "6.4.2(1)", "6.4.2(3)", "6.4.2(4)"
CONTROLLED = {Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"}
LATER = NOON + minutes(60)


def ending(response: Response, *names: str, **more: Any) -> dict[str, Any]:
    return {"response": response, "conditions": list(names), "findings": CONTROLLED, "at": LATER, **more}


@pytest.mark.clause(150, 154)
def test_a_condition_named_beside_another_must_be_met_as_well() -> None:
    response, by = commanded(), actor(OFFICE)
    weigh_all(response.incident)
    condition(response.incident, agent="")
    with refused("patients_cannot_judge", 409, ONE):
        propose_end(**ending(response, ONE, THREE), by=by)
    assert propose_end(**ending(response, THREE), by=by).conditions == [THREE]


@pytest.mark.clause(150)
def test_an_assessment_from_before_the_response_carries_no_end() -> None:
    found = approved(III)
    weigh_all(found)
    at = NOON + minutes(1)
    response = activate_response(incident=found, level=III, by=actor("city-commission"), at=at)
    by = actor(OFFICE)
    with refused("assessed_before_response", 409, "6.4.2"):
        propose_end(**ending(response, THREE), by=by)
    weigh_all(found, at=at)
    assert propose_end(**ending(response, THREE), by=by).report == latest_report(found)


@pytest.mark.clause(155, 156)
def test_the_commander_may_give_the_reason_for_patients_admitted_after_the_proposal() -> None:
    response, commander = commanded(), actor(GOVERNMENT)
    weigh_all(response.incident)
    proposal = propose_end(**ending(response, THREE), by=actor(OFFICE))
    condition(response.incident, LATER, in_hospital=3)
    said: dict[str, Any] = {"proposal": proposal, "is_approved": True, "by": commander, "at": LATER}
    with refused("patients_in_hospital", 422, THREE):
        answer_proposal(**said)
    assert answer_proposal(**said, note="均为慢性病随诊").state == ResponseState.ENDED


@pytest.mark.clause(150)
def test_whoever_assessed_does_not_consent_to_the_end() -> None:
    response = commanded()
    by = second_office(GOVERNMENT, OFFICE)
    write_assessment(
        incident=response.incident,
        harm="轻症为主",
        extent="一家饭店",
        trend="无扩散",
        present_level=IncidentLevel.IV,
        conditions=[THREE],
        by=by,
        at=NOON,
    )
    proposal = propose_end(**ending(response, THREE), by=colleague(OFFICE))
    commander = actor(GOVERNMENT)
    with refused("preparer_approves", 403, "6.4.2"):
        answer_proposal(proposal=proposal, is_approved=True, by=commander, at=LATER)


@pytest.mark.clause(157)
def test_what_one_county_finds_no_incident_stays_open_while_another_responds() -> None:
    first = commanded(IV)
    involve_county(
        incident=first.incident, county=county(HAISHU), role=CountyRole.HARM, by=actor(OFFICE), at=NOON
    )
    other = activate_county_response(incident=first.incident, by=actor(f"{HAISHU}-commission"), at=NOON)
    appoint_commander(
        response=other,
        holding=holding(f"{HAISHU}-gov"),
        basis=CommanderBasis.IN_CHARGE,
        spoken=spoken(),
        by=colleague(f"{HAISHU}-gov"),
        at=NOON,
    )
    weigh_all(first.incident)

    def end(response: Response, area: str) -> IncidentStatus:
        proposal = propose_end(
            **ending(response, FOUR, findings={Finding.NOT_AN_INCIDENT: "中暑"}, handed_to="应急管理局"),
            by=actor(f"{area}-fso"),
        )
        answer_proposal(proposal=proposal, is_approved=True, by=actor(f"{area}-gov"), at=LATER)
        return IncidentStatus(Incident.objects.get(pk=response.incident_id).status)

    assert end(first, YINZHOU) == IncidentStatus.OPEN
    assert end(other, HAISHU) == IncidentStatus.NOT_AN_INCIDENT
