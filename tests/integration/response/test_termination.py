"""A response ends by the commander's consent to a proposal that rests on an assessment, and by nothing else (6.4.2)."""

from datetime import datetime
from typing import Any

import pytest

from accounts.actors import Actor
from incidents.actions.findings import find_not_an_incident
from incidents.models import IncidentStatus
from outbox.models import Message
from plan.levels import ResponseLevel
from plan.termination import Finding
from response.actions.commanders import appoint_commander
from response.actions.termination import answer_proposal, propose_end
from response.models import CommanderBasis, Decision, Response, ResponseState
from response.selectors.recovery import recovery_of
from response.selectors.running import city_response
from tests.support.people import actor, holding
from tests.support.refusals import refused
from tests.support.reports import NOON, YINZHOU, minutes
from tests.support.response import (
    active,
    colleague,
    commanded,
    condition,
    hours,
    second_office,
    spoken,
    weigh_all,
)

pytestmark = pytest.mark.django_db
III, IV = ResponseLevel.III, ResponseLevel.IV
OFFICE, GOVERNMENT, COUNTY = "city-fso", "city-gov", f"{YINZHOU}-gov"
ONE, TWO, THREE, FOUR = ("6.4.2(1)", "6.4.2(2)", "6.4.2(3)", "6.4.2(4)")
CONTROLLED = {Finding.HARM_CONTROLLED: "疫情平息", Finding.NO_MORE_HANDLING: "专家意见"}
CLEAN = {
    Finding.FOOD_CONTROLLED: "全部封存销毁",
    Finding.CLEANED: "检测合格",
    Finding.NO_SECONDARY_HAZARD: "排查无隐患",
}
LATER = NOON + hours(24)


def ready(level: ResponseLevel = III) -> Response:
    """A response with a commander and a current assessment."""
    response = commanded(level)
    weigh_all(response.incident)
    return response


def propose(response: Response, *names: str, at: datetime = LATER, by: str = OFFICE, **more: Any) -> Decision:
    said = {"conditions": list(names), "findings": CONTROLLED, **more}
    return propose_end(response=response, by=actor(by), at=at, **said)


def consent(proposal: Decision, *, by: Actor | None = None, at: datetime = LATER, **more: Any) -> Response:
    return answer_proposal(proposal=proposal, is_approved=True, by=by or actor(GOVERNMENT), at=at, **more)


@pytest.mark.clause(149, 150, 156)
@pytest.mark.parametrize("proposer", [OFFICE, COUNTY])
def test_the_office_or_the_county_proposes_and_the_commander_ends(proposer: str) -> None:
    response = ready()
    proposal = propose(response, THREE, by=proposer)
    assert propose(response, THREE, by=proposer) == proposal
    assert city_response(response.incident) == response
    ended = consent(proposal)
    assert (ended.state, ended.ended_at) == (ResponseState.ENDED, LATER)
    assert consent(proposal) == ended
    assert ended.incident.confirmed_level == "III"


@pytest.mark.clause(149)
@pytest.mark.parametrize("office", ["city-commission", f"{YINZHOU}-fso", "city-health"])
def test_nobody_else_proposes(office: str) -> None:
    response, _by = ready(), actor(office)
    code = "not_a_proposer" if office.endswith("fso") else "office_lacks_right"
    with refused(code, 403, "6.4.2" if code == "not_a_proposer" else "3.2"):
        propose(response, THREE, by=office)


@pytest.mark.clause(39, 150)
def test_nobody_but_the_commander_consents_not_even_the_proposer() -> None:
    response = ready()
    proposal = propose(response, THREE)
    others = [
        colleague("city-health"),
        colleague(GOVERNMENT),
        actor("city-commission"),
        second_office(GOVERNMENT, "city-commission"),
    ]
    for by in others:
        with refused("not_the_commander", 403, "6.4.2"):
            consent(proposal, by=by)
    office = holding(OFFICE)
    appoint_commander(
        response=response,
        holding=office,
        basis=CommanderBasis.DESIGNATED,
        spoken=spoken(),
        by=actor(GOVERNMENT),
        at=NOON,
    )
    with refused("preparer_approves", 403, "6.4.2"):
        consent(proposal, by=actor(OFFICE))


@pytest.mark.clause(39, 150)
def test_without_a_commander_nobody_ends_it() -> None:
    response = active(III)
    weigh_all(response.incident)
    proposal, by = propose(response, THREE), actor(GOVERNMENT)
    with refused("no_commander", 403, "3.1"):
        consent(proposal, by=by)


@pytest.mark.clause(150)
def test_the_proposal_rests_on_an_assessment_that_names_a_condition() -> None:
    bare, _by = commanded(III), actor(OFFICE)
    with refused("not_assessed", 422, "6.4.2"):
        propose(bare, THREE)
    weigh_all(bare.incident)
    for names in ((), ("6.4.2(5)",)):
        with refused("no_condition_named", 422, "6.4.2"):
            propose(bare, *names)


@pytest.mark.clause(155, 156, 157)
@pytest.mark.parametrize(
    ("name", "findings"),
    [(TWO, CLEAN), (THREE, CONTROLLED), (FOUR, {Finding.NOT_AN_INCIDENT: "集体中暑"})],
)
def test_every_finding_of_a_condition_is_signed(name: str, findings: dict[Finding, str]) -> None:
    response, _by = ready(), actor(OFFICE)
    more: dict[str, Any] = {"handed_to": "市应急管理局", "outside": "市检院 88号"}
    for left_out in findings:
        lacking = {finding: text for finding, text in findings.items() if finding != left_out}
        with refused("finding_missing", 422, name):
            propose(response, name, findings=lacking, **more)
    assert consent(propose(response, name, findings=findings, **more)).ended_at


@pytest.mark.clause(152)
def test_patients_stable_for_exactly_twenty_four_hours_end_it() -> None:
    response = ready()
    condition(response.incident)
    actor(OFFICE)
    with refused("patients_not_yet", 409, "6.4.2(1)"):
        propose(response, ONE, at=LATER - minutes(1))
    assert recovery_of(response.incident, NOON).earliest_at == LATER
    assert consent(propose(response, ONE)).state == ResponseState.ENDED


@pytest.mark.clause(154)
def test_the_longest_incubation_after_the_last_case_must_have_passed() -> None:
    response = ready()
    condition(response.incident, agent="SALM", expert="疾控专家组")
    due = recovery_of(response.incident, NOON).earliest_at
    actor(OFFICE)
    assert due is not None
    assert due > LATER
    with refused("patients_not_yet", 409, "6.4.2(1)"):
        propose(response, ONE, at=due - minutes(1))
    assert consent(propose(response, ONE, at=due), at=due).state == ResponseState.ENDED


@pytest.mark.clause(151, 153, 154)
@pytest.mark.parametrize("change", [{"agent": ""}, {"untraced": 2}, {"patients": 119}])
def test_an_unknown_agent_an_untraced_or_a_new_patient_cannot_be_judged(change: dict[str, Any]) -> None:
    response = ready()
    condition(response.incident, **change)
    actor(OFFICE)
    with refused("patients_cannot_judge", 409, "6.4.2(1)"):
        propose(response, ONE, at=NOON + hours(10_000))


@pytest.mark.clause(152, 153)
def test_what_changes_between_proposal_and_consent_is_looked_at_again() -> None:
    response = ready()
    condition(response.incident)
    proposal, by = propose(response, ONE), actor(GOVERNMENT)
    condition(response.incident, LATER, stable_since=LATER - minutes(5))
    with refused("patients_not_yet", 409, "6.4.2(1)"):
        consent(proposal, by=by)


@pytest.mark.clause(155, 156)
def test_with_patients_in_hospital_the_other_conditions_want_a_reason() -> None:
    response = ready()
    condition(response.incident, in_hospital=3)
    actor(OFFICE)
    with refused("patients_in_hospital", 422, "6.4.2(3)"):
        propose(response, THREE)
    assert consent(propose(response, THREE, note="均为慢性病随诊")).state == ResponseState.ENDED


@pytest.mark.clause(157)
def test_what_is_no_incident_ends_by_termination_alone_and_is_handed_over() -> None:
    response, by = ready(), actor(OFFICE)
    with refused("response_running", 409, "6.4.2(4)"):
        find_not_an_incident(incident=response.incident, reason="中暑", by=by, at=LATER)
    findings = {Finding.NOT_AN_INCIDENT: "集体中暑"}
    with refused("handed_to_nobody", 422, "6.4.2(4)"):
        propose(response, FOUR, findings=findings)
    consent(propose(response, FOUR, findings=findings, handed_to="市应急管理局"))
    ended = Response.objects.get(pk=response.pk)
    assert ended.incident.status == IncidentStatus.NOT_AN_INCIDENT
    assert "市应急管理局" in ended.incident.confirmations.latest("pk").note


@pytest.mark.clause(122, 150)
def test_a_countys_response_ends_by_its_own_commander_and_the_citys_office_is_told() -> None:
    response = ready(IV)
    proposal = propose(response, THREE, by=f"{YINZHOU}-fso")
    by = actor(GOVERNMENT)
    with refused("not_the_commander", 403, "6.4.2"):
        consent(proposal, by=by)
    ended = consent(proposal, by=actor(COUNTY))
    assert ended.state == ResponseState.ENDED
    assert Message.objects.filter(recipient=OFFICE, title__contains="应急响应已终止").exists()


@pytest.mark.clause(150)
def test_a_proposal_is_answered_once_and_a_no_leaves_the_response_running() -> None:
    response = ready()
    proposal = propose(response, THREE)
    answer_proposal(proposal=proposal, is_approved=False, note="再观察", by=actor(GOVERNMENT), at=LATER)
    assert city_response(response.incident) == response
    with refused("already_answered", 409, "6.4.2"):
        consent(proposal)
    consent(propose(response, THREE))
    with refused("response_over", 409, "6.4.2"):
        propose(response, THREE)
