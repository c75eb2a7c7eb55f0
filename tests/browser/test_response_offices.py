"""Each office does its part of a response in a browser, on a phone, and the browser has nothing to complain of (3, 6)."""

from typing import TYPE_CHECKING

import pytest

from audit.clock import database_now
from incidents.actions.facts import record_facts
from incidents.models import FactKind
from plan.courses import Turn
from plan.levels import ResponseLevel
from plan.termination import Finding
from response.actions.activation import apply_for_activation
from response.actions.assessments import request_data
from response.actions.groups import set_interval
from response.actions.termination import answer_proposal, propose_end
from response.models import Decision, GroupReport, MeasureRecord, PatientEvent, Step, TaskEntry
from tests.support.groups import group_of
from tests.support.pages import typed
from tests.support.patients import HOSPITAL
from tests.support.people import actor, organisation
from tests.support.reports import YINZHOU, minutes, people
from tests.support.response import active, assessed, commanded, weigh_all
from tests.support.watching import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def desk(page: "Page", served: str) -> Desk:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return Desk(page, served)


@pytest.mark.clause(113)
def test_the_government_consents_by_telephone(desk: Desk) -> None:
    found, at = assessed(ResponseLevel.III, at=database_now()), database_now()
    apply_for_activation(incident=found, level=ResponseLevel.III, note="请批准", by=actor("city-fso"), at=at)
    desk.open("city-gov", found, "response")
    assert "对启动申请的答复" in desk.page.inner_text("main")
    desk.assert_at_peace()
    desk.page.click("a:text-is('登记市政府的批准或同意')")
    said = {"decider": "王某", "capacity": "分管副市长", "given_at": typed(), "form": "oral"}
    desk.send(level="III", answer="yes", **said)
    assert desk.page.locator(".error-summary").count() == 1
    desk.complaints.clear()  # that the answer was 422
    assert "欠书面文件" in desk.send(words="同意", witness="陈值班")
    desk.assert_at_peace()
    assert Decision.objects.filter(step=Step.APPROVE, is_oral=True).count() == 1


@pytest.mark.clause(58)
def test_a_groups_lead_keeps_a_task_and_reports(desk: Desk) -> None:
    response, at = active(at=database_now()), database_now()
    set_interval(group=group_of(response.headquarters, at=at), every_min=60, by=actor("city-fso"), at=at)
    desk.open("city-regulator", response.incident, "groups")
    desk.assert_at_peace()
    desk.page.click("main a:has-text('登记进展') >> nth=0")
    assert "进展已登记" in desk.send(state="ongoing", note="已到现场")
    desk.open("city-regulator", response.incident, "groups")
    desk.page.click("main a:has-text('提交报告')")
    assert "已封存两处" in desk.send(content="已封存两处")
    desk.assert_at_peace()
    assert (TaskEntry.objects.count(), GroupReport.objects.count()) == (1, 1)


@pytest.mark.clause(130)
def test_a_county_records_a_measure_before_anything_was_activated(desk: Desk) -> None:
    found = assessed(ResponseLevel.III, at=database_now())
    desk.open(f"{YINZHOU}-regulator", found, "measures")
    desk.assert_at_peace()
    desk.page.click("main a:text-is('封存')")
    said = {"object": "food", "place": "后厨", "quantity": "20千克"}
    assert "已登记" in desk.send(**said, legal_basis="食品安全法第一百一十条", order_number="封〔2026〕1号")
    desk.assert_at_peace()
    assert MeasureRecord.objects.get().kind == "seal"


@pytest.mark.clause(126, 152)
def test_health_enters_patients_and_a_hospital_its_own(desk: Desk) -> None:
    found = assessed(ResponseLevel.III, at=database_now())
    desk.open("city-health", found, "patients")
    desk.assert_at_peace()
    desk.page.click("main a:text-is('登记患者情况')")
    then = typed(database_now() - minutes(5))
    assert "病情尚未稳定" in desk.send(hospital=HOSPITAL, local_ids="A1\nA2", fell_ill=then, treated=then)
    desk.assert_at_peace()
    desk.open(HOSPITAL, found, "patients")
    desk.page.click("main a:has-text('A1')")
    desk.page.click("main a:text-is('登记患者情况')")
    assert "稳定未满24小时" in desk.send(stable=typed())
    desk.assert_at_peace()
    assert PatientEvent.objects.filter(kind=Turn.STABLE).count() == 1


@pytest.mark.clause(105)
def test_a_department_without_the_incident_answers_what_it_was_asked(desk: Desk) -> None:
    found, at = assessed(ResponseLevel.III, at=database_now()), database_now()
    request = request_data(
        incident=found,
        department=organisation("330203-health"),
        what="门诊病例",
        due_at=at + minutes(60),
        by=actor("city-fso"),
        at=at,
    )
    desk.open("330203-health", found)
    assert "没有这起事故" in desk.page.inner_text("main")
    desk.complaints.clear()
    desk.page.goto(f"{desk.address}/requests/{request.pk}/")
    assert "已提供" in desk.send(answer="共12例，已送市食药安办")
    desk.assert_at_peace()


@pytest.mark.clause(150)
def test_a_death_after_the_end_shows_as_a_question(desk: Desk) -> None:
    response = commanded(at=database_now())
    weigh_all(response.incident, at=database_now())
    proposal = propose_end(
        response=response,
        conditions=["6.4.2(3)"],
        findings={Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"},
        by=actor("city-fso"),
        at=database_now(),
    )
    answer_proposal(proposal=proposal, is_approved=True, by=actor("city-gov"), at=database_now())
    at = database_now()
    died = [people(1, FactKind.DEATHS, at=at)]
    record_facts(incident=response.incident, entries=died, by=actor("city-fso"), at=at)
    desk.open("city-fso", response.incident, "response")
    assert "终止后出现新情况" in desk.page.inner_text("main")
    desk.page.click("a:text-is('认定无须重新启动')")
    assert "终止后出现新情况" not in desk.send(note="原有重症患者死亡")
    desk.assert_at_peace()
