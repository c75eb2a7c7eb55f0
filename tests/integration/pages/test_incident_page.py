"""The incident page: why this level, from which facts, what is owed, and who may do what (6.1, 5.1)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from incidents.actions.facts import record_facts
from incidents.models import Fact, FactKind, Incident, LevelConfirmation
from plan.levels import IncidentLevel
from reporting.models import CityUnitConcerned, Obligation
from tests.support.checksums import table_checksums
from tests.support.pages import opened, url
from tests.support.people import actor, login
from tests.support.reports import HAISHU, people, report, restaurant

pytestmark = pytest.mark.django_db
COUNTY, CITY = "330212-regulator", "city-fso"


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, COUNTY)
    return client


@pytest.fixture
def city(client: Client) -> Client:
    login(client, CITY)
    return client


def test_the_page_shows_level_clause_numbers_clocks_and_evidence(desk: Client) -> None:
    case = opened()
    page = desk.get(url(case)).text
    for shown in (case.number, "Ⅲ级", "2.3(2)", "待核定", "甬江饭店", "120", "data-countdown=", "证据链"):
        assert shown in page


def test_the_moving_part_is_the_same_without_the_frame(desk: Client) -> None:
    case = opened()
    part = desk.get(url(case, "parts", "live")).text
    assert "Ⅲ级" in part
    assert "<html" not in part
    assert desk.get(url(case, "parts", "other")).status_code == 404


def test_another_county_learns_nothing_from_any_address(client: Client) -> None:
    case = opened()
    fact = Fact.objects.filter(incident=case, kind=FactKind.ILLNESS).get()
    login(client, f"{HAISHU}-regulator")
    before = table_checksums()
    for address in (
        url(case),
        url(case, "parts", "live"),
        url(case, "facts"),
        url(case, "facts", str(fact.pk), "correct"),
        url(case, "confirm"),
        url(case, "deliveries"),
        url(case, "city-units"),
    ):
        for answer in (client.get(address), client.post(address, {"reason": "x"})):
            assert answer.status_code in {404, 405}, address
            assert "甬江饭店" not in answer.text
    assert case.number not in client.get("/incidents/").text
    assert table_checksums() == before


@pytest.mark.clause(106)
def test_confirming_is_greyed_with_its_reason_for_those_who_may_not(client: Client) -> None:
    case = opened()
    login(client, COUNTY)
    assert "没有此项权限" in client.get(url(case)).text
    assert client.post(url(case, "confirm"), {"level": "III"}).status_code == 403
    login(client, "330212-fso")
    assert "较大及以上级别由市食药安办核定" in client.get(url(case)).text
    assert client.post(url(case, "confirm"), {"level": "III"}).status_code == 403
    assert not LevelConfirmation.objects.exists()


@pytest.mark.clause(106)
def test_the_city_office_confirms(city: Client) -> None:
    case = opened()
    said = {"level": "III", "note": "专家意见一致", "reason": "电话评估"}
    page = city.post(url(case, "confirm"), said, follow=True).text
    assert Incident.objects.get().confirmed_level == IncidentLevel.III
    assert "专家意见一致" in page
    assert "理由：电话评估" in page
    assert "待核定" not in page


@pytest.mark.clause(106)
def test_a_level_below_the_facts_is_refused_on_the_form(city: Client) -> None:
    case = opened()
    before = table_checksums()
    refused = city.post(url(case, "confirm"), {"level": "IV", "note": "从轻"})
    assert refused.status_code == 409
    assert "现有事实已达到较大" in refused.text
    assert "从轻" in refused.text
    assert table_checksums() == before


@pytest.mark.clause(100)
def test_a_city_unit_is_named_and_owes_reports_of_its_own(city: Client) -> None:
    case = opened()
    page = city.post(url(case, "city-units"), {"organisation": "city-agriculture"}, follow=True).text
    assert CityUnitConcerned.objects.get().organisation.code == "city-agriculture"
    assert "市农业农村局" in page
    assert Obligation.objects.filter(bearer__code="city-agriculture").count() == 4


def test_the_page_costs_the_same_with_many_facts_and_reports(desk: Client) -> None:
    place = restaurant()
    case = opened(place=place)
    desk.get(url(case))
    with CaptureQueriesContext(connection) as few:
        desk.get(url(case))
    for number in range(6):
        report(10 + number, at=database_now(), place=place)
        own = people(number, FactKind.SEVERE, at=database_now(), count_kind="own")
        record_facts(incident=case, entries=[own], by=actor(COUNTY), at=database_now())
    with CaptureQueriesContext(connection) as many:
        desk.get(url(case))
    assert len(many) == len(few)
