"""The calendar of important events on its pages, and on the pages of what runs under it (5.1(8), A22, A65)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from reporting.models import ImportantEvent
from tests.support.checksums import table_checksums
from tests.support.events import cancel, change, draft, event
from tests.support.pages import opened, typed, url
from tests.support.people import login
from tests.support.reports import NOON, minutes
from tests.support.response import active

pytestmark = [pytest.mark.django_db, pytest.mark.clause(99)]
NEW = "/calendar/new/"


@pytest.fixture
def office(client: Client) -> Client:
    login(client, "city-fso")
    return client


def said(**more: object) -> dict[str, object]:
    now = database_now()
    period = {"starts_at": typed(now - minutes(60)), "ends_at": typed(now + minutes(60))}
    return {"name": "亚运会", "scope": "national", "counties": ["330212"], **period, **more}


def test_the_office_enters_an_event_and_the_incident_page_and_the_board_say_which_ground_runs(
    office: Client,
) -> None:
    case = opened(2)
    assert "到法定时限" not in office.get(url(case)).text
    before = table_checksums()
    for wrong in ({"name": ""}, {"ends_at": typed(database_now() - minutes(90))}, {"counties": ["x"]}):
        assert office.post(NEW, said(**wrong)).status_code == 422
    assert table_checksums() == before
    page = office.post(NEW, said(), follow=True).text
    assert "亚运会" in page
    assert "进行中" in page
    assert "鄞州区" in page
    page = office.get(url(case)).text
    assert page.count("重要活动“亚运会”期间") == 4
    assert page.count("才列入日历，此前不知") == 4
    assert office.get("/board/").text.count("重要活动期间") == 4


def test_an_event_is_changed_and_cancelled_with_a_reason_and_its_history_stays(office: Client) -> None:
    kept = event(-60, 600, "330212")
    address = f"/calendar/{kept.pk}/"
    form = office.get(address).text
    assert 'value="全国运动会"' in form
    assert 'value="330212"' in form
    assert "checked" in form
    assert office.post(address, said()).status_code == 422
    page = office.post(address, said(reason="改名"), follow=True).text
    assert "此前的 1 版" in page
    assert "全国运动会" in page
    assert office.post(address, said(reason="再改")).status_code == 409
    newest = ImportantEvent.objects.latest("pk")
    page = office.post(f"/calendar/{newest.pk}/cancel/", {"reason": "活动未举办"}, follow=True).text
    assert "已取消" in page
    assert "活动未举办" in page


@pytest.mark.clause(147)
def test_the_form_that_asks_for_another_response_level_cites_the_event(office: Client) -> None:
    response = active()
    now = database_now()
    event(at=now, starts_at=NOON - minutes(60), ends_at=NOON + minutes(60))
    page = office.get(url(response.incident, "response", "adjust")).text
    assert "重要活动日历：全国运动会，2026年5月1日 11:00至2026年5月1日 13:00。" in page


def test_other_offices_read_the_calendar_and_are_told_who_keeps_it(client: Client) -> None:
    login(client, "330212-regulator")
    assert "日历中还没有重要活动" in client.get("/calendar/").text
    event(-60, 600)
    page = client.get("/calendar/").text
    assert "全国运动会" in page
    assert "全市" in page
    assert "您当前的职务没有此项权限" in page
    assert "/cancel/" not in page


def test_the_list_costs_the_same_however_much_it_holds(office: Client) -> None:
    kept = event(-60, 600)
    office.get("/calendar/")
    with CaptureQueriesContext(connection) as of_one:
        office.get("/calendar/")
    for number in range(6):
        kept = change(kept, draft(-60, 600 + number), at=database_now())
        cancel(event(number, 600, name=f"展会{number}"), at=database_now())
    with CaptureQueriesContext(connection) as of_many:
        office.get("/calendar/")
    assert len(of_one) == len(of_many)
