"""The hour of operators and units, and oral explanations, on the pages (5.1(1), 5.1(2), 5.1(8), A20, A23)."""

from datetime import timedelta

import pytest
from django.test import Client

from audit.clock import database_now
from incidents.models import Fact, FactKind, Incident
from reporting.models import Obligation, OralExplanation
from tests.support.checksums import table_checksums
from tests.support.pages import opened, typed, url
from tests.support.people import login

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, "330212-regulator")
    return client


def ago(minutes: int) -> str:
    return typed(database_now() - timedelta(minutes=minutes))


@pytest.mark.clause(91, 92)
def test_an_operators_hour_is_entered_and_its_report_recorded_on_the_leg(desk: Client) -> None:
    case = opened(5)
    address = url(case, "operators")
    assert address in desk.get(url(case)).text
    said = {"duty": "5.1(1)", "reporter": "甬江饭店", "earliest": ago(20)}
    before = table_checksums()
    assert desk.post(address, {**said, "earliest": ""}).status_code == 422
    assert desk.post(address, {**said, "earliest": "2099-01-01T00:00"}).status_code == 422
    assert table_checksums() == before
    page = desk.post(address, said, follow=True).text
    assert "甬江饭店负责" in page
    assert "到法定时限" in page
    assert "力争 " not in page
    clock = Obligation.objects.get(leg="report")
    receipt = {
        "bearer": clock.bearer.code,
        "recipient": "330212-regulator",
        "leg": "report",
        "received_at": typed(),
    }
    page = desk.post(url(case, "deliveries"), receipt, follow=True).text
    assert "法定时限内送达" in page
    unit = {"duty": "5.1(2)", "reporter": "某小学", "earliest": ago(100), "latest": ago(90)}
    assert "超过法定时限，尚未送达" in desk.post(address, unit, follow=True).text


@pytest.mark.clause(103)
def test_an_oral_explanation_is_entered_and_says_on_each_leg_what_it_is_worth(desk: Client) -> None:
    case = opened()
    address = url(case, "explanations")
    assert address in desk.get(url(case)).text
    said = {
        "bearer": "330212-gov",
        "recipients": ["city-duty"],
        "lodged_at": typed(),
        "receiver": "周值班",
        "reason": "现场断电",
    }
    before = table_checksums()
    assert desk.post(address, {**said, "reason": ""}).status_code == 422
    assert desk.post(address, {**said, "recipients": []}).status_code == 422
    assert table_checksums() == before
    page = desk.post(address, said, follow=True).text
    assert "现场断电" in page
    assert "说明未生效" in page
    page = desk.post(address, {**said, "recipients": ["city-fso"]}, follow=True).text
    assert "说明未生效" not in page
    assert page.count("已口头说明原因，仍应补报") == 2
    assert OralExplanation.objects.count() == 2


@pytest.mark.clause(101)
def test_the_time_of_a_fact_is_corrected_and_the_clocks_move(desk: Client) -> None:
    at = database_now()
    case = opened(5)
    death = {
        "value": "1",
        "count_kind": "total",
        "certainty": "confirmed",
        "as_of": typed(at),
        "happened_at": ago(20),
    }
    desk.post(f"{url(case, 'facts')}?kind=death_count", death)
    assert Incident.objects.get().proposed_level == "III"
    fact = Fact.objects.get(kind=FactKind.DEATHS)
    address = url(case, "facts", str(fact.pk), "correct")
    form = desk.get(address)
    assert form.text.count(ago(20)) == 2
    said = {
        "value": "1",
        "happened_earliest": ago(10),
        "happened_latest": ago(10),
        "reason": "抢救无效时间有误",
    }
    assert desk.post(address, {**said, "happened_latest": ago(15)}).status_code == 422
    page = desk.post(address, said, follow=True).text
    assert "第1版" in page
    assert "起算事实更正" in page
    moved = Obligation.objects.filter(state="armed", clause="5.1(8)").latest("pk")
    assert typed(moved.anchor_latest) == ago(10)
