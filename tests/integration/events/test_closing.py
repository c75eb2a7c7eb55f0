"""Recording a receipt says at once when it closed nothing, and why (5.1(8), A18, A46, A55)."""

from datetime import datetime

import pytest
from django.test import Client

from audit.clock import database_now
from incidents.models import Incident
from reporting.actions.bearers import name_city_unit
from tests.support.events import event
from tests.support.pages import opened, typed, url
from tests.support.people import actor, login, organisation
from tests.support.reports import minutes

pytestmark = [pytest.mark.django_db, pytest.mark.clause(101, 102)]


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, "330212-regulator")
    return client


def enter(desk: Client, case: Incident, received_at: datetime, **more: str) -> str:
    """The page that follows a phone report to the duty room, entered on its page."""
    said = {
        "bearer": "330212-gov",
        "recipient": "city-duty",
        "leg": "phone",
        "received_at": typed(received_at),
        "receiver": "周值班",
        **more,
    }
    return desk.post(url(case, "deliveries"), said, follow=True).text


def test_a_receipt_that_closes_its_leg_is_said_to_be_delivered(desk: Client) -> None:
    case = opened()
    page = enter(desk, case, database_now())
    assert "已登记送达。" in page
    assert "没有履行任何时限" not in page
    assert "该项此前已经送达" in enter(desk, case, database_now(), channel="值班电话")


def test_one_from_before_the_clock_began_closes_nothing_and_says_from_when_it_would(desk: Client) -> None:
    case = opened()
    page = enter(desk, case, case.occurred_earliest - minutes(1)) if case.occurred_earliest else ""
    assert "送达早于起算时间" in page
    assert "请再次报告" in page
    assert "已登记送达。" not in page
    assert "早于起算时间，不算送达" in page


def test_one_to_an_office_that_is_no_recipient_names_those_that_are(desk: Client) -> None:
    case = opened()
    owed = {"earliest": typed(database_now() - minutes(5)), "duty": "5.1(1)", "reporter": "甬江饭店"}
    desk.post(url(case, "operators"), owed)
    page = enter(desk, case, database_now(), recipient="330212-regulator")
    assert "不是规定的接收单位，仍须向市委市政府值班室、市食药安办报告" in page


def test_one_that_nobody_owes_says_so(desk: Client) -> None:
    case = opened(2)
    health, city = organisation("city-health"), actor("city-fso")
    name_city_unit(incident=case, organisation=health, by=city, at=database_now())
    login(desk, "city-health")
    assert "目前没有以这种方式报告的时限" in enter(desk, case, database_now(), bearer="city-health")
    now = database_now()
    event(at=now, starts_at=now - minutes(60), ends_at=now + minutes(60))
    page = enter(desk, case, database_now(), bearer="city-health", channel="值班电话")
    assert "该项此前已经送达" in page
