"""The answer to a report: level, clause, running clocks, and what to do next (5.1(8), 6.1)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from incidents.fixing import fix_level
from incidents.models import FactKind, Incident
from plan.levels import IncidentLevel
from reporting.models import Delivery, Report, ReportState
from reporting.stated import NUMBER
from tests.support.checksums import table_checksums
from tests.support.pages import typed, url
from tests.support.people import actor, login
from tests.support.reports import people, report, restaurant

pytestmark = pytest.mark.django_db
COUNTY = "330212-regulator"


def filed(ill: int | None = 120, *, minutes_ago: int = 29, **more: Any) -> Report:
    """A report that has just come in."""
    now = database_now()
    occurred = now - timedelta(minutes=minutes_ago)
    return report(ill, at=now, occurred_earliest=occurred, occurred_latest=occurred, **more)


@pytest.fixture
def phone(client: Client) -> Client:
    login(client, COUNTY)
    return client


@pytest.mark.clause(101, 102)
def test_a_serious_report_is_answered_with_the_clocks_and_the_calls_to_make(phone: Client) -> None:
    page = phone.get(f"/reports/{filed().ref}/").text
    assert "Ⅲ级" in page
    assert "发病人数在100人以上" in page
    assert page.count("data-countdown=") == 4
    calls = [page.index("向市委市政府值班室作电话"), page.index("向市食药安办作电话")]
    letters = [page.index("向市委市政府值班室作书面"), page.index("向市食药安办作书面")]
    assert max(calls) < min(letters)


@pytest.mark.clause(101)
def test_a_call_is_recorded_where_it_is_asked_for(phone: Client) -> None:
    made = filed()
    said = {
        "bearer": "330212-gov",
        "recipient": "city-duty",
        "leg": "phone",
        "received_at": typed(),
        "receiver": "陈值班",
    }
    page = phone.post(f"/incidents/{made.incident.number}/deliveries/", said, follow=True)
    assert page.redirect_chain == [(f"/incidents/{made.incident.number}/", 302)]
    assert Delivery.objects.get(recipient__code="city-duty", leg="phone").receiver == "陈值班"
    assert "力争时限内送达" in page.text
    assert phone.get(f"/reports/{made.ref}/").text.count("data-countdown=") == 3


def test_a_refused_call_stays_on_the_form_with_its_reason(phone: Client) -> None:
    made = filed()
    before = table_checksums()
    said = {
        "bearer": "330212-gov",
        "recipient": "city-duty",
        "leg": "phone",
        "received_at": "2099-01-01T10:00",
        "receiver": "陈值班",
    }
    refused = phone.post(f"/incidents/{made.incident.number}/deliveries/", said)
    assert refused.status_code == 422
    assert 'value="陈值班"' in refused.text
    assert 'role="alert"' in refused.text
    assert table_checksums() == before


@pytest.mark.clause(99)
def test_a_report_below_iii_is_told_that_no_hours_run(phone: Client) -> None:
    page = phone.get(f"/reports/{filed(5).ref}/").text
    assert "目前没有一小时、两小时的报告时限" in page
    assert "data-countdown=" not in page


def test_a_confirmed_level_shows_as_confirmed(phone: Client) -> None:
    made = filed()
    fix_level(incident=made.incident, level=IncidentLevel.III, by=actor("city-fso"), at=database_now())
    assert "已核定" in phone.get(f"/reports/{made.ref}/").text


def test_a_report_that_joined_says_so(phone: Client) -> None:
    place = restaurant()
    filed(place=place)
    second = filed(5, place=place)
    assert "已归入先前登记的事故" in phone.get(f"/reports/{second.ref}/").text


@pytest.mark.clause(90)
def test_a_mistaken_report_is_withdrawn_with_a_reason(phone: Client) -> None:
    made = filed(5)
    address = f"/reports/{made.ref}/withdraw/"
    before = table_checksums()
    assert phone.post(address, {"reason": " "}).status_code == 422
    assert table_checksums() == before
    page = phone.post(address, {"reason": "单位填错"}, follow=True).text
    assert Report.objects.get().state == ReportState.WITHDRAWN
    assert "报告已撤回" in page
    assert "单位填错" in page
    again = phone.post(address, {"reason": "单位填错"})
    assert again.status_code == 409
    assert "这份报告已撤回" in again.text


def test_only_the_reporter_takes_a_report_back(client: Client) -> None:
    made = filed(5)
    login(client, "330212-fso")
    before = table_checksums()
    assert client.post(f"/reports/{made.ref}/withdraw/", {"reason": "误报"}).status_code == 403
    assert table_checksums() == before


def test_another_county_learns_nothing(client: Client) -> None:
    made = filed(5)
    login(client, "330203-regulator")
    hidden = client.get(f"/reports/{made.ref}/")
    missing = client.get("/reports/00000000-0000-4000-8000-000000000000/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert made.incident.number not in hidden.text


def test_the_number_of_queries_does_not_grow(phone: Client) -> None:
    place = restaurant()
    first = filed(place=place)
    phone.get(f"/reports/{first.ref}/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        phone.get(f"/reports/{first.ref}/")
    for number in range(5):
        filed(
            10 + number,
            place=place,
            facts=(
                people(10 + number, at=database_now()),
                people(1, FactKind.SEVERE, at=database_now()),
            ),
        )
    assert Incident.objects.count() == 1
    with CaptureQueriesContext(connection) as many:
        phone.get(f"/reports/{first.ref}/")
    assert len(many) == len(one)


@pytest.mark.clause(104)
def test_a_number_that_nobody_has_said_is_no_nought(phone: Client) -> None:
    made = filed(None)
    for address in (f"/reports/{made.ref}/", f"/incidents/{made.incident.number}/", "/incidents/", "/board/"):
        page = phone.get(address).text
        assert "发病人数暂不清楚" in page, address
        assert "发病 0" not in page, address


def test_a_withdrawn_report_asks_for_nothing_more(phone: Client) -> None:
    made = filed(None, unknown=frozenset({NUMBER}))
    assert "查明后立即补报人数" in phone.get(f"/reports/{made.ref}/").text
    page = phone.post(f"/reports/{made.ref}/withdraw/", {"reason": "单位填错"}, follow=True).text
    assert "补报" not in page
    assert "没有要做的" in page


@pytest.mark.clause(101)
def test_a_call_before_the_clock_began_stays_visible_and_can_be_corrected(phone: Client) -> None:
    case = filed().incident
    said = {
        "bearer": "330212-gov",
        "recipient": "city-fso",
        "leg": "phone",
        "received_at": typed(database_now() - timedelta(hours=2)),
        "receiver": "陈值班",
    }
    page = phone.post(url(case, "deliveries"), said, follow=True).text
    recorded = Delivery.objects.get(recipient__code="city-fso", leg="phone")
    assert "早于起算时间，不算送达" in page
    assert url(case, "deliveries", str(recorded.pk), "correct") in page
    assert page.count("data-countdown=") == 4
