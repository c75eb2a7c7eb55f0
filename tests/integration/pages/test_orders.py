"""The supervision page across incidents, and the member units with their contacts (3.1, 3.2)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from plan.levels import ResponseLevel
from response.actions.commands import issue_command
from response.actions.members import keep_card
from response.models import CommandAddressee, CommandKind, Response
from tests.support.people import actor, login, organisation
from tests.support.refusals import refused
from tests.support.reports import HAISHU, YINZHOU, minutes
from tests.support.response import active

pytestmark = pytest.mark.django_db
OFFICE, FARMS = "city-fso", "city-agriculture"


def issue(response: Response, title: str, *to: str, office: str = OFFICE, **more: object) -> None:
    issue_command(
        response=response,
        title=title,
        text="内容",
        addressees=[organisation(code) for code in to],
        by=actor(office),
        **{"kind": CommandKind.ORDER, "at": database_now(), **more},  # type: ignore[arg-type]
    )


def page(client: Client, office: str, query: str = "") -> str:
    login(client, office)
    answer = client.get(f"/orders/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.clause(47, 78)
def test_each_sees_what_its_level_ordered_and_what_names_it(client: Client) -> None:
    city, own = (
        active(ResponseLevel.III, at=database_now()),
        active(ResponseLevel.IV, at=database_now(), place_text="另一家"),
    )
    issue(city, "市级指令", FARMS, f"{YINZHOU}-gov")
    issue(own, "县级指令", f"{YINZHOU}-health", office=f"{YINZHOU}-fso")
    for office, sees in (
        (OFFICE, {"市级指令", "县级指令"}),
        ("city-commission", {"市级指令", "县级指令"}),
        (f"{YINZHOU}-fso", {"县级指令"}),
        (f"{YINZHOU}-gov", {"市级指令"}),
        (f"{YINZHOU}-health", {"县级指令"}),
        (f"{HAISHU}-fso", set()),
        (FARMS, {"市级指令"}),
    ):
        shown = page(client, office)
        assert {title for title in ("市级指令", "县级指令") if title in shown} == sees, office


@pytest.mark.clause(47, 48, 51)
def test_the_filters_stand_in_the_address(client: Client) -> None:
    response = active(ResponseLevel.III, at=database_now())
    now = database_now()
    issue(response, "逾期的", FARMS, at=now - minutes(90), due_at=now - minutes(30))
    issue(response, "上级的", "city-health", kind=CommandKind.INSTRUCTION, origin="市委")
    for query, found in (
        ("?state=overdue", {"逾期的"}),
        ("?state=unread", {"上级的"}),
        ("?kind=instruction", {"上级的"}),
        (f"?incident={response.incident.number}", {"逾期的", "上级的"}),
        ("?body=农业", {"逾期的"}),
        ("?state=nonsense&kind=nonsense", {"逾期的", "上级的"}),
        ("?incident=NB1999-001", set()),
    ):
        shown = page(client, OFFICE, query)
        assert {title for title in ("逾期的", "上级的") if title in shown} == found, query
    assert "没有符合条件的事项" in page(client, OFFICE, "?incident=%00x")


def test_the_pages_ask_the_database_as_often_for_much_as_for_little(client: Client) -> None:
    response = active(ResponseLevel.III, at=database_now())
    login(client, OFFICE)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    issue(response, "一", FARMS)
    few = [asked(address) for address in ("/orders/", "/approvals/", "/members/")]
    for number in range(6):
        issue(response, f"又{number}", FARMS, "city-health")
        keep_card(organisation=organisation(FARMS), duties="查源", by=actor(FARMS), at=database_now())
    assert [asked(address) for address in ("/orders/", "/approvals/", "/members/")] == few
    assert CommandAddressee.objects.count() == 13


@pytest.mark.clause(31, 40, 41)
def test_units_keep_their_cards_and_contacts_are_for_whom_commands(client: Client) -> None:
    login(client, FARMS)
    said = {"duties": "种养殖环节的监管", "contact": "总值班室", "phone": "0574-00000001"}
    assert client.post(f"/members/{FARMS}/", said).status_code == 302
    assert client.post("/members/city-health/", said).status_code == 403
    for office, sees in ((OFFICE, True), ("city-commission", True), (FARMS, True), ("city-health", False)):
        login(client, office)
        shown = client.get("/members/").content.decode()
        assert "种养殖环节的监管" in shown
        assert ("0574-00000001" in shown) == sees, office
    login(client, f"{YINZHOU}-fso")
    assert "市农业农村局" not in client.get("/members/").content.decode()
    assert client.get(f"/members/{FARMS}/").status_code == 404


@pytest.mark.clause(41)
def test_a_card_is_kept_by_the_unit_or_the_office_of_its_commission() -> None:
    unit = organisation(f"{YINZHOU}-health")
    other, city, own = actor(f"{HAISHU}-fso"), actor(FARMS), actor(f"{YINZHOU}-fso")
    for by in (other, city):
        with refused("card_of_other_unit", 403, "3.1"):
            keep_card(organisation=unit, duties="救治", by=by, at=database_now())
    assert keep_card(organisation=unit, duties="救治", by=own, at=database_now()).duties == "救治"


@pytest.mark.clause(31, 32)
def test_the_body_says_when_it_has_turned_into_headquarters(client: Client) -> None:
    login(client, OFFICE)
    assert "目前没有转为应急指挥部" in client.get("/members/").content.decode()
    response = active(ResponseLevel.III, at=database_now())
    shown = client.get("/members/").content.decode()
    assert "已转为应急指挥部" in shown
    assert response.incident.number in shown


@pytest.mark.clause(41)
def test_a_member_unit_that_sees_no_incident_keeps_its_own_card(client: Client) -> None:
    login(client, "city-emergency")
    assert 'href="/members/"' in client.get("/orders/").content.decode()
    assert client.post("/members/city-emergency/", {"duties": "救援"}).status_code == 302
    shown = client.get("/members/").content.decode()
    assert "救援" in shown
    assert "市农业农村局" not in shown
    login(client, "hosp-yinzhou-people")
    assert client.get("/members/").status_code == 403
