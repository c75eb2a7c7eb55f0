"""The office's work reports wait for headquarters, with adjustments and ends, in one list (3.1, 6.4)."""

import pytest
from django.test import Client

from audit.clock import database_now
from plan.adjustment import Element
from plan.levels import ResponseLevel
from plan.termination import Finding
from response.actions.adjustment import apply_adjustment
from response.actions.termination import propose_end
from response.actions.work_reports import decide_work_report, submit_work_report
from response.models import Decision, Response
from tests.integration.response.test_side_by_side import side_by_side
from tests.support.people import actor, login
from tests.support.refusals import refused
from tests.support.reports import NOON, YINZHOU
from tests.support.response import active, colleague, commanded, second_office, weigh_all

III, IV = ResponseLevel.III, ResponseLevel.IV
COMMISSION, OFFICE = "city-commission", "city-fso"


def submit(response: Response, office: str = OFFICE, *, text: str = "已封存") -> Decision:
    return submit_work_report(response=response, title="第一次报告", text=text, by=actor(office), at=NOON)


@pytest.mark.django_db
@pytest.mark.clause(37)
def test_the_office_submits_and_headquarters_approve_or_send_back() -> None:
    response = active(III)
    first, second = submit(response), submit(response, text="已检验")
    assert submit(response) == first != second
    approved = decide_work_report(report=first, is_approved=True, by=actor(COMMISSION), at=NOON)
    assert (approved.rests_on, approved.step) == (first, "approve")
    by = actor(COMMISSION)
    with refused("return_without_reason", 422, "3.1"):
        decide_work_report(report=second, is_approved=False, by=by, at=NOON)
    returned = decide_work_report(report=second, is_approved=False, note="补充检验结果", by=by, at=NOON)
    assert returned.step == "reject"
    other = colleague(COMMISSION)
    with refused("already_answered", 409, "3.1"):
        decide_work_report(report=first, is_approved=False, note="再议", by=other, at=NOON)


@pytest.mark.django_db
@pytest.mark.clause(37)
def test_nobody_else_submits_or_approves_and_nobody_approves_their_own() -> None:
    response = active(III)
    both, county = second_office(OFFICE, COMMISSION), actor(f"{YINZHOU}-fso")
    by = actor(COMMISSION)
    with refused("office_lacks_right", 403, "3.2"):
        submit(response, COMMISSION)
    with refused("response_of_another_track", 403, "3.5"):
        submit_work_report(response=response, title="报告", text="内容", by=county, at=NOON)
    with refused("report_without_words", 422, "3.1"):
        submit(response, text=" ")
    report = submit(response)
    with refused("preparer_approves", 403, "3.1"):
        decide_work_report(report=report, is_approved=True, by=both, at=NOON)
    office = actor(OFFICE)
    with refused("office_lacks_right", 403, "3.2"):
        decide_work_report(report=report, is_approved=True, by=office, at=NOON)
    assert decide_work_report(report=report, is_approved=True, by=by, at=NOON).step == "approve"


@pytest.mark.django_db
@pytest.mark.clause(37)
def test_a_countys_office_reports_to_its_own_headquarters() -> None:
    report = submit(active(IV), f"{YINZHOU}-fso")
    city, own = actor(COMMISSION), actor(f"{YINZHOU}-commission")
    with refused("response_of_another_track", 403, "3.5"):
        decide_work_report(report=report, is_approved=True, by=city, at=NOON)
    assert decide_work_report(report=report, is_approved=True, by=own, at=NOON).rests_on == report


@pytest.mark.clause(37)
@pytest.mark.usefixtures("committed_db")
def test_of_two_who_answer_a_report_at_once_one_wins_and_the_other_is_told() -> None:
    report, people = submit(active(III)), [actor(COMMISSION), colleague(COMMISSION)]
    came = side_by_side(
        *(lambda by=by: decide_work_report(report=report, is_approved=True, by=by, at=NOON) for by in people)
    )
    assert came == ["already_answered", "done"]
    assert report.followed_by.count() == 1


def three_waiting() -> Response:
    """A response with a work report, an adjustment and an end that wait."""
    at = database_now()
    response, by = commanded(III, at=at), actor(OFFICE)
    weigh_all(response.incident, at=at)
    submit_work_report(response=response, title="第一次报告", text="内容", by=by, at=at)
    apply_adjustment(
        response=response,
        level=ResponseLevel.II,
        findings={Element.SCHOOL_OR_NURSERY: "学校食堂"},
        note="论证",
        by=by,
        at=at,
    )
    findings = {Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"}
    propose_end(response=response, conditions=["6.4.2(3)"], findings=findings, by=by, at=at)
    return response


@pytest.mark.django_db
@pytest.mark.clause(37)
def test_the_three_kinds_wait_in_one_list_the_longest_first(client: Client) -> None:
    response = three_waiting()
    login(client, COMMISSION)
    shown = client.get("/approvals/").content.decode()
    places = [shown.index(words) for words in ("第一次报告", "目标Ⅱ级", "总指挥</td>")]
    assert places == sorted(places)
    report = Decision.objects.get(step="submit")
    page = f"/incidents/{response.incident.number}/response/"
    assert "第一次报告" in client.get(page).content.decode()
    address = f"{page}decide-report/{report.pk}/"
    assert client.post(address, {"answer": "no", "note": ""}).status_code == 422
    assert client.post(address, {"answer": "yes", "note": ""}).status_code == 302
    assert "第一次报告" not in client.get("/approvals/").content.decode()
    login(client, "330203-commission")
    assert response.incident.number not in client.get("/approvals/").content.decode()
