"""The response level moves by headquarters' decision on grounds that are shown; the incident's never does (6.4.1)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from incidents.actions.incidents import involve_county
from incidents.models import CountyRole
from plan.adjustment import Element
from plan.levels import IncidentLevel, ResponseLevel
from response.actions.activation import activate_response
from response.actions.adjustment import apply_adjustment, decide_adjustment
from response.actions.tasks import enter_task
from response.models import Decision, Response, ResponseState, TaskState, Track
from response.selectors.running import responses_of
from tests.support.events import cancel, event
from tests.support.people import actor, login
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON, county
from tests.support.response import active, second_office, weigh_all

pytestmark = pytest.mark.django_db
I, II, III, IV = ResponseLevel  # noqa: E741 - the plan's own numerals
OFFICE, HEADQUARTERS = "city-fso", "city-commission"
WORSE = {
    Element.WORSENED: "重症增加",
    Element.WIDENED: "涉及三区",
    Element.SPREADING: "同批次已售出",
    Element.HARD_TO_CONTROL: "去向不明",
}
SCHOOL = {Element.SCHOOL_OR_NURSERY: "学校食堂"}
BETTER = {
    Element.CONTROLLED: "全部召回",
    Element.BELOW_FORMER_LEVEL: "评估见附件",
    Element.NO_FURTHER_SPREAD: "三日无新增",
}


def apply(
    response: Response, level: ResponseLevel, findings: dict[Element, str], by: str = OFFICE, **more: Any
) -> Decision:
    said = {"note": "分析、评估、论证意见", "at": NOON, **more}
    return apply_adjustment(response=response, level=level, findings=findings, by=actor(by), **said)


def approve(application: Decision, at: datetime = NOON, by: str = HEADQUARTERS) -> Response:
    return decide_adjustment(application=application, is_approved=True, by=actor(by), at=at)


@pytest.mark.clause(37, 145, 146)
def test_raising_needs_all_four_elements_with_their_evidence() -> None:
    response, _by = active(III), actor(OFFICE)
    for left_out in WORSE:
        with refused("raise_not_grounded", 422, "6.4.1(1)"):
            apply(response, II, WORSE | {left_out: " "})
    application = apply(response, II, WORSE)
    assert apply(response, II, WORSE) == application
    assert Response.objects.get(pk=response.pk).level == III
    assert approve(application).level == II
    assert approve(application).level == II
    raised = Response.objects.get(pk=response.pk)
    assert (raised.level, raised.incident.confirmed_level) == (II, "III")


@pytest.mark.clause(147)
def test_a_school_is_enough_without_worsening_named_by_a_person_or_by_the_register() -> None:
    assert approve(apply(active(III), II, {Element.SCHOOL_OR_NURSERY: "小学食堂"})).level == II
    application = apply(active(III, place_kind="school_canteen", place_text="某小学食堂"), II, {})
    assert "学校或托幼机构" in application.findings["school_or_nursery"]
    assert approve(application).level == II


@pytest.mark.clause(147)
def test_an_event_of_the_calendar_is_enough_without_worsening_and_is_cited() -> None:
    response = active(III)
    with refused("event_not_in_calendar", 422, "6.4.1(2)"):
        apply(response, II, {Element.IMPORTANT_EVENT: "听说有活动"})
    entered = event(-60, 600)
    application = apply(response, II, {})
    assert "全国运动会" in application.findings["important_event"]
    cancel(entered, at=NOON)
    with refused("event_not_in_calendar", 422, "6.4.1(2)"):
        approve(application)
    event(-60, 600, name="区域展会")
    assert approve(application).level == II


@pytest.mark.clause(145)
def test_headquarters_may_raise_by_more_than_a_step_and_never_above_one() -> None:
    response = approve(apply(active(III), I, WORSE))
    assert response.level == I
    with refused("same_level", 422, "6.4.1"):
        apply(response, I, WORSE)


@pytest.mark.clause(145)
def test_analysis_assessment_and_argument_are_written_down() -> None:
    response, _by = active(III), actor(OFFICE)
    with refused("not_argued", 422, "6.4.1"):
        apply(response, II, WORSE, note=" ")


@pytest.mark.clause(37, 145)
def test_the_office_applies_and_headquarters_decide_in_two_persons() -> None:
    response, _by = active(III), (actor(HEADQUARTERS), actor(OFFICE))
    with refused("office_lacks_right", 403, "3.2"):
        apply(response, II, WORSE, by=HEADQUARTERS)
    application = apply(response, II, WORSE)
    with refused("office_lacks_right", 403, "3.2"):
        approve(application, by=OFFICE)
    same = second_office(OFFICE, HEADQUARTERS)
    with refused("preparer_approves", 403, "3.1"):
        decide_adjustment(application=application, is_approved=True, by=same, at=NOON)


@pytest.mark.clause(145)
def test_an_answered_or_overtaken_application_moves_nothing() -> None:
    response = active(III)
    first, second = apply(response, II, WORSE), apply(response, II, SCHOOL)
    third = apply(response, I, WORSE)
    decide_adjustment(application=third, is_approved=False, by=actor(HEADQUARTERS), at=NOON)
    with refused("already_answered", 409, "6.4.1"):
        approve(third)
    approve(first)
    with refused("overtaken", 409, "6.4.1"):
        approve(second)


@pytest.mark.clause(145)
def test_a_countys_four_is_not_raised_here() -> None:
    response, _by = active(IV), actor(OFFICE)
    with refused("no_city_headquarters", 409, "6.4.1"):
        apply(response, III, WORSE)


@pytest.mark.clause(148)
def test_lowering_needs_three_findings_and_an_assessment_strictly_below() -> None:
    response, _by = active(II), actor(OFFICE)
    for left_out in BETTER:
        with refused("lower_not_grounded", 422, "6.4.1"):
            apply(response, III, BETTER | {left_out: ""})
    with refused("assessment_not_below", 409, "6.4.1"):
        apply(response, III, BETTER)
    weigh_all(response.incident, IncidentLevel.II)
    with refused("assessment_not_below", 409, "6.4.1"):
        apply(response, III, BETTER)
    weigh_all(response.incident, IncidentLevel.III)
    with refused("lower_than_assessed", 422, "6.4.1"):
        apply(response, IV, BETTER)
    lowered = approve(apply(response, III, BETTER))
    assert (lowered.level, lowered.incident.confirmed_level) == (III, "II")


@pytest.mark.clause(148)
def test_a_new_assessment_overtakes_an_application_to_lower() -> None:
    response = active(II)
    weigh_all(response.incident, IncidentLevel.III)
    application = apply(response, III, BETTER)
    weigh_all(response.incident, IncidentLevel.II)
    actor(HEADQUARTERS)
    with refused("overtaken", 409, "6.4.1"):
        approve(application)


@pytest.mark.clause(148)
def test_lowering_to_four_hands_over_to_the_counties_without_a_fresh_assessment() -> None:
    response = active(III)
    involve_county(
        incident=response.incident,
        county=county(HAISHU),
        role=CountyRole.HARM,
        by=actor(OFFICE),
        at=NOON,
    )
    weigh_all(response.incident, IncidentLevel.IV)
    approve(apply(response, IV, BETTER))
    city, *counties = responses_of(response.incident)
    assert (city.state, city.level) == (ResponseState.REPLACED, III)
    assert [(each.track, each.level, each.state) for each in counties] == [
        (Track.COUNTY, IV, ResponseState.ACTIVE)
    ] * 2
    assert city.incident.confirmed_level == "III"


@pytest.mark.clause(113)
def test_an_approval_once_used_does_not_raise_the_response_again() -> None:
    response, by = active(II), actor(HEADQUARTERS)
    weigh_all(response.incident, IncidentLevel.III)
    approve(apply(response, III, BETTER))
    with refused("not_approved", 409, "6.2.2"):
        activate_response(incident=response.incident, level=II, by=by, at=NOON)


@pytest.mark.clause(60, 145, 146)
def test_how_the_trend_was_judged_goes_into_the_application_and_before_headquarters(client: Client) -> None:
    response = active(II)
    weigh_all(response.incident)
    enter_task(
        incident=response.incident,
        code="investigation:trend",
        state=TaskState.DONE,
        document="研判〔2026〕3号",
        note="同批次仍在流通，有蔓延趋势",
        by=actor("city-regulator"),
        at=NOON + timedelta(minutes=5),
    )
    login(client, OFFICE)
    form = client.get(f"/incidents/{response.incident.number}/response/adjust/").text
    assert "同批次仍在流通，有蔓延趋势" in form
    application = apply(response, I, WORSE, at=NOON + timedelta(minutes=9))
    assert application.findings["trend"].startswith("事故调查组")
    assert "市食药安办" in application.findings["trend"]
    login(client, HEADQUARTERS)
    page = client.get(f"/incidents/{response.incident.number}/response/").text
    assert "发展趋势研判" in page
    assert "同批次仍在流通，有蔓延趋势 研判〔2026〕3号" in page
    decide_adjustment(
        application=application, is_approved=True, by=actor(HEADQUARTERS), at=NOON + timedelta(hours=1)
    )
    assert Response.objects.get().level == I
