"""What is owed is listed with who owes it, and a late answer is chased once (6.1, 6.2, A59)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.actors import CLOCK
from audit.clock import database_now
from outbox.models import Message
from plan.levels import ResponseLevel
from plan.termination import Finding
from response.actions.activation import answer_activation, apply_for_activation
from response.actions.assessments import answer_data_request, request_data
from response.actions.chasing import chase_late_answers
from response.actions.groups import set_interval
from response.actions.termination import propose_end
from response.models import DataRequest
from response.response_page import response_page
from tests.support.groups import group_of
from tests.support.people import actor, login, organisation
from tests.support.reports import NOON, incident, minutes
from tests.support.response import assessed, commanded, hours, oral, weigh_all

pytestmark = pytest.mark.django_db
OFFICE, COURT = "city-fso", "city-court"


def asked(department: str = "city-health", *, at: datetime = NOON) -> DataRequest:
    """The office wants papers within an hour."""
    return request_data(
        incident=incident(120, at=at),
        department=organisation(department),
        what="病例一览表",
        due_at=at + minutes(60),
        by=actor(OFFICE),
        at=at,
    )


def reminded() -> set[str]:
    found = Message.objects.filter(kind="data_request_late")
    return set(found.values_list("recipient", flat=True))


@pytest.mark.clause(105)
def test_a_late_answer_is_chased_from_the_next_minute_on_and_once() -> None:
    request = asked()
    last_second = NOON + minutes(60) + timedelta(seconds=59)
    assert chase_late_answers(by=CLOCK, at=last_second) == 0
    assert not request.is_late(last_second)
    late = NOON + minutes(61)
    assert request.is_late(late)
    assert [chase_late_answers(by=CLOCK, at=late), chase_late_answers(by=CLOCK, at=late)] == [1, 0]
    assert reminded() == {"city-health", OFFICE}


@pytest.mark.clause(105)
def test_an_answered_request_is_not_chased_and_who_asked_is_told() -> None:
    request = asked()
    answer_data_request(request=request, answer="已送", by=actor("city-health"), at=NOON)
    assert chase_late_answers(by=CLOCK, at=NOON + hours(9)) == 0
    assert Message.objects.filter(recipient=OFFICE, title__contains="已提供评估资料").count() == 1


@pytest.mark.clause(105)
@pytest.mark.parametrize("department", [COURT, "330203-health"])
def test_a_department_opens_and_answers_its_request_and_sees_nothing_else(
    client: Client, department: str
) -> None:
    request = asked(department, at=database_now())
    link = Message.objects.get(recipient=department, kind="response").link
    assert link == f"/requests/{request.pk}/"
    login(client, "city-police")
    assert client.get(link).status_code == 404
    login(client, department)
    assert "病例一览表" in client.get("/requests/").content.decode()
    if department != COURT:
        assert client.get(f"/incidents/{request.incident.number}/").status_code == 404
    assert "120" not in client.get(link).content.decode()
    assert client.post(link, {"answer": " "}).status_code == 422
    assert client.post(link, {"answer": "已送市食药安办"}).status_code == 302
    assert client.post(link, {"answer": "再送"}).status_code == 409
    assert "已送市食药安办" in client.get(link).content.decode()


@pytest.mark.clause(105, 113, 116)
def test_what_is_owed_is_listed_until_it_is_done() -> None:
    found = assessed(ResponseLevel.III)

    def owed() -> list[tuple[str, bool]]:
        page = response_page(found, actor(OFFICE), NOON + hours(2))
        return [(each.what, each.is_late) for each in page.owed]

    assert owed() == []
    applied: dict[str, Any] = {"incident": found, "level": ResponseLevel.III}
    apply_for_activation(**applied, note="请批准", by=actor(OFFICE), at=NOON)
    assert owed() == [("对启动申请的答复", False)]
    answer_activation(**applied, is_approved=True, spoken=oral(), by=actor("city-gov"), at=NOON)
    (paper,) = owed()
    assert "书面文件（口头在先）" in paper[0]
    request_data(
        incident=found,
        department=organisation("city-health"),
        what="病例一览表",
        due_at=NOON + hours(1),
        by=actor(OFFICE),
        at=NOON + minutes(1),
    )
    assert owed() == [("病例一览表", True), paper]


@pytest.mark.clause(58, 150)
def test_a_commanders_answer_and_a_groups_report_are_owed() -> None:
    response = commanded()
    weigh_all(response.incident)
    set_interval(group=group_of(response.headquarters), every_min=60, by=actor(OFFICE), at=NOON)
    propose_end(
        response=response,
        conditions=["6.4.2(3)"],
        findings={Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "意见"},
        by=actor(OFFICE),
        at=NOON,
    )

    def owed(after: int) -> dict[str, bool]:
        page = response_page(response.incident, actor(OFFICE), NOON + minutes(after))
        return {each.what: each.is_late for each in page.owed}

    commander = response_page(response.incident, actor("city-gov"), NOON).owed
    assert [each.slug for each in commander if "终止" in each.what] == ["answer-end"]
    assert owed(60)["对“终止应急响应”的答复"] is False
    assert "事故调查组的工作报告" not in owed(60)
    assert owed(61)["事故调查组的工作报告"] is True
