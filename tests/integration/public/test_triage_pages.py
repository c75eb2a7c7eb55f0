"""The triage's pages: what waits and in which order, each act through its form, nothing told to whom it is not for (5.1)."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.clock import database_now
from incidents.models import Incident
from outbox.models import Message
from reporting.models import Obligation, PublicReport
from reporting.public_choices import PublicOutcome, PublicState, ReporterKind
from reporting.sources import USUAL_PER_SOURCE
from tests.support.checksums import table_checksums
from tests.support.pages import report_fields, typed
from tests.support.people import login
from tests.support.public import public, shown_for_doors
from tests.support.reports import HAISHU, incident, minutes

pytestmark = pytest.mark.django_db
REGULATOR = "330212-regulator"
LIST = "/triage/"


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, REGULATOR)
    return client


def url(report: PublicReport, act: str = "") -> str:
    return f"/triage/{report.pk}/{act}/" if act else f"/triage/{report.pk}/"


def fresh(report: PublicReport) -> PublicReport:
    return PublicReport.objects.get(pk=report.pk)


def numbers(page: Any) -> list[int]:
    return [each.pk for each in page.context["page"].object_list]


def test_the_message_leads_to_the_page(desk: Client) -> None:
    report = public(at=database_now())
    assert Message.objects.get().link == reverse("reporting:triage_report", args=[report.pk]) == url(report)
    assert desk.get(Message.objects.get().link).status_code == 200


def test_the_held_are_last_and_counted_and_the_decided_stand_apart(desk: Client) -> None:
    now = database_now()
    flood = [public(at=now, source="flood") for _ in range(USUAL_PER_SOURCE + 1)]
    late = public(at=now + minutes(1))
    assert numbers(desk.get(LIST)) == [*[each.pk for each in flood[:-1]], late.pk, flood[-1].pk]
    assert "另有 1 份" in desk.get(LIST).text
    desk.post(url(late, "close"), {"outcome": PublicOutcome.NOT_FOOD, "reason": "无关"})
    assert late.pk not in numbers(desk.get(LIST))
    assert numbers(desk.get(LIST, {"state": "decided"})) == [late.pk]


def test_an_empty_list_says_so(desk: Client) -> None:
    assert "没有待分办的公众报告" in desk.get(LIST).text
    assert "还没有已办的公众报告" in desk.get(LIST, {"state": "decided"}).text


def test_the_city_lists_all_and_opens_none(client: Client) -> None:
    login(client, "city-fso")
    here, there = public(at=database_now()), public(at=database_now(), area=HAISHU)
    assert numbers(client.get(LIST)) == [here.pk, there.pk]
    assert f'href="{url(here)}"' not in client.get(LIST).text
    assert client.get(url(here)).status_code == 403


def test_a_county_does_not_see_anothers(desk: Client) -> None:
    there = public(at=database_now(), area=HAISHU)
    assert numbers(desk.get(LIST)) == []
    assert desk.get(url(there)).status_code == 404


def test_lists_and_pages_ask_as_often_however_many_there_are(desk: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    report = public(at=database_now())
    asked(LIST)
    few = asked(LIST), asked(url(report)), asked(url(report, "take-up"))
    for _ in range(5):
        public(at=database_now())
        incident(5, at=database_now(), place_text=f"饭店{uuid.uuid4()}")
    assert (asked(LIST), asked(url(report)), asked(url(report, "take-up"))) == few


def test_everything_said_is_shown_and_who_said_it_is_not(desk: Client) -> None:
    report = public(
        at=database_now(), words="<b>凉菜</b>有异味", suspect_food="凉菜", contact_phone="13800138000"
    )
    page = desk.get(url(report)).text
    assert "&lt;b&gt;凉菜&lt;/b&gt;有异味" in page
    assert "138001" not in page
    assert "138001" not in desk.get(LIST).text
    refused = desk.post(url(report, "contact"), {"reason": " "})
    assert refused.status_code == 422
    shown = desk.post(url(report, "contact"), {"reason": "核实人数"})
    assert "13800138000" in shown.text
    assert "no-store" in shown.headers["Cache-Control"]


def test_a_photo_is_handed_out_as_a_picture_and_kept_by_nobody(desk: Client) -> None:
    pk = shown_for_doors(at=database_now())["reporting:triage_photo"]
    answer = desk.get(f"/triage/photos/{pk}/")
    assert answer.content[:2] == b"\xff\xd8"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "no-store" in answer["Cache-Control"]
    login(desk, "330203-regulator")
    assert desk.get(f"/triage/photos/{pk}/").status_code == 404


def test_looking_closing_and_passing_on_through_their_forms(desk: Client) -> None:
    first, second = public(at=database_now()), public(at=database_now())
    desk.post(url(first, "start"))
    assert fresh(first).state == PublicState.IN_TRIAGE
    desk.post(url(first, "close"), {"outcome": "not_food", "reason": "非食品原因"})
    assert fresh(first).state == PublicState.CLOSED
    passed = desk.post(url(second, "pass-on"), {"area": HAISHU, "reason": "在海曙"}, follow=True)
    assert passed.redirect_chain[-1][0] == LIST
    page = desk.get(url(second)).text
    assert "在海曙" in page
    assert "不在您单位的管辖范围内" in page


@pytest.mark.parametrize(
    ("act", "data"),
    [("close", {"outcome": "moon", "reason": "甲"}), ("close", {}), ("pass-on", {"area": "1"})],
)
def test_bad_input_changes_nothing(desk: Client, act: str, data: dict[str, str]) -> None:
    report = public(at=database_now())
    before = table_checksums()
    assert desk.post(url(report, act), data).status_code == 422
    assert table_checksums() == before


@pytest.mark.clause(91, 94)
def test_taking_up_starts_from_what_was_said_and_leads_to_the_incident(desk: Client) -> None:
    at = database_now()
    report = public(
        at=at,
        kind=ReporterKind.OPERATOR,
        reporter="甬江饭店",
        discovered_at=at - minutes(30),
        illness_count=7,
    )
    page = desk.get(url(report, "take-up")).text
    assert 'value="甬江饭店"' in page
    assert 'value="7"' in page
    said = report_fields(
        illness_count="7", incident="", reporter="甬江饭店", discovered_at=typed(at - minutes(30))
    )
    answer = desk.post(url(report, "take-up"), said, follow=True)
    case = Incident.objects.get()
    assert answer.redirect_chain == [(f"/reports/{fresh(report).report.ref}/", 302)]  # type: ignore[union-attr]
    assert Obligation.objects.get(clause="5.1(1)").incident == case
    assert case.number in desk.get(url(report)).text


def test_taking_up_joins_an_incident_of_the_county(desk: Client) -> None:
    case = incident(40, at=database_now())
    elsewhere = incident(40, at=database_now(), area=HAISHU)
    report = public(at=database_now())
    page = desk.get(url(report, "take-up")).text
    assert case.number in page
    assert elsewhere.number not in page
    desk.post(url(report, "take-up"), report_fields(incident=case.number))
    assert (fresh(report).state, fresh(report).incident) == (PublicState.JOINED, case)


def test_who_comes_second_is_told(desk: Client) -> None:
    report = public(at=database_now())
    desk.post(url(report, "close"), {"outcome": "not_food", "reason": "无关"})
    before = table_checksums()
    second = desk.post(url(report, "take-up"), report_fields(incident=""))
    assert second.status_code == 409
    assert "已由他人分办" in second.text
    assert table_checksums() == before
