"""Where somebody lands, what waits for them there, and where they may not look."""

from datetime import timedelta

import pytest
from django.test import Client

from audit.clock import database_now
from plan.levels import IncidentLevel, ResponseLevel
from response.actions.activation import apply_for_activation
from response.actions.assessments import request_data
from response.actions.commands import issue_command
from response.models import CommandKind
from tests.support.pages import opened
from tests.support.people import actor, login, organisation
from tests.support.response import active, assessed

pytestmark = pytest.mark.django_db
CITY = "city-fso"
PART = "/board/parts/live/"


def desk(office: str) -> str:
    """What somebody of this office sees first."""
    client = Client()
    login(client, office)
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_lands_on_what_waits_for_them_and_the_board_is_for_who_watches() -> None:
    client = Client()
    assert client.get("/").headers["Location"].startswith("/login/")
    login(client, "330212-cdc")
    assert "没有等您办理的事项" in client.get("/").content.decode()
    assert client.get("/board/").status_code == 403
    assert client.get(PART).status_code == 403
    login(client, CITY)
    assert client.get("/board/parts/other/").status_code == 404
    assert client.post("/board/").status_code == 405


@pytest.mark.clause(101, 102)
def test_the_bearers_side_and_the_office_that_fixes_the_level_have_something_to_do() -> None:
    case = opened(120)
    for office, awaited in (
        ("330212-gov", ["向市委市政府值班室作"]),
        ("330212-regulator", ["向市食药安办作"]),
        (CITY, ["核定级别：系统建议Ⅲ级"]),
        ("city-duty", []),
    ):
        shown = desk(office)
        for what in awaited:
            assert what in shown, office
        assert case.number in shown, office
    assert "核定级别" not in desk("330212-fso")
    assert case.number not in desk("330203-fso")


def test_a_start_waits_for_the_office_then_for_the_government_then_for_the_commission() -> None:
    found = assessed(ResponseLevel.III, at=database_now())
    assert "提出启动Ⅲ级应急响应的申请" in desk(CITY)
    assert "答复：" not in desk("city-gov")
    apply_for_activation(
        incident=found, level=ResponseLevel.III, note="达到较大", by=actor(CITY), at=database_now()
    )
    assert "提出启动" not in desk(CITY)
    assert "答复：" in desk("city-gov")
    assert "启动Ⅲ级应急响应" not in desk("city-commission")


def test_what_was_asked_of_an_office_waits_there_with_its_time() -> None:
    now = database_now()
    response = active(ResponseLevel.III, at=now - timedelta(hours=1))
    health = organisation("330212-health")
    request_data(
        incident=response.incident,
        department=health,
        what="病例一览表",
        due_at=now + timedelta(minutes=30),
        by=actor(CITY),
        at=now,
    )
    issue_command(
        response=response,
        kind=CommandKind.ORDER,
        title="全力救治",
        text="内容",
        addressees=[health],
        due_at=now - timedelta(minutes=1),
        by=actor("city-commission"),
        at=now - timedelta(hours=1),
    )
    shown = desk("330212-health")
    assert "提供资料：病例一览表" in shown
    assert "签收：全力救治" in shown
    assert "1 项已逾期" in shown
    assert shown.index("签收：全力救治") < shown.index("提供资料：病例一览表")
    assert IncidentLevel.III.numeral in shown
