"""The duties without hours on the pages: entered, refused without a change, shown in order (5.1(4)–(7))."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.models import CountyRole, Incident
from reporting.models import Leap, Learning, Obligation
from tests.support.checksums import table_checksums
from tests.support.pages import opened, typed, url
from tests.support.people import login
from tests.support.reports import county

pytestmark = pytest.mark.django_db


def browser(office: str) -> Client:
    client = Client()
    login(client, office)
    return client


@pytest.mark.clause(94)
def test_a_tip_off_to_the_wrong_office_is_shown_as_received_elsewhere_until_it_is_passed_on() -> None:
    case, desk = opened(5), browser("330212-regulator")
    assert url(case, "tips") in desk.get(url(case)).text
    said = {"kind": "individual", "is_tip_off": "on", "received_at": typed(), "recipient": "330212-health"}
    before = table_checksums()
    assert desk.post(url(case, "tips"), {**said, "received_at": "2099-01-01T00:00"}).status_code == 422
    assert table_checksums() == before
    page = desk.post(url(case, "tips"), said, follow=True).text
    assert "他处收到，不算送达" in page
    assert "及时，预案未定时数" in page
    health = browser("330212-health")
    page = health.post(url(case, "passing-on"), {"office": "330212-health"}, follow=True).text
    assert "由鄞州区卫生健康局转送" in page
    assert health.post(url(case, "passing-on"), {"office": "330212-health"}).status_code == 409


@pytest.mark.clause(95, 96)
def test_an_office_notifies_then_checks_then_follows_up_and_the_page_shows_the_order() -> None:
    case, health = opened(5), browser("330212-health")
    said = {"department": "330212-health", "how": "health_work", "learned_at": typed(), "notifies": "on"}
    before = table_checksums()
    assert health.post(url(case, "learnings"), said).status_code == 422
    assert health.post(url(case, "checks"), {"outcome": "likely", "checked_at": typed()}).status_code == 409
    assert table_checksums() == before
    page = health.post(
        url(case, "learnings"), {**said, "health_event": "某小学诺如病毒疫情"}, follow=True
    ).text
    assert "某小学诺如病毒疫情" in page
    assert "通报鄞州区市场监管局" in page
    page = health.post(url(case, "checks"), {"outcome": "likely", "checked_at": typed()}, follow=True).text
    assert "初步属实" in page
    assert "尚未 向鄞州区市场监管局通报后续情况" in page
    # In the same minute, the notice still came first (A58).
    assert "核实先于通报" not in page
    page = health.post(url(case, "notices"), {"leg": "follow_up", "content": "又有三人"}, follow=True).text
    assert "尚未 向" not in page


@pytest.mark.clause(96)
def test_a_check_before_the_notice_is_taken_and_shown_as_such() -> None:
    case, school = opened(5), browser("city-education")
    school.post(
        url(case, "learnings"), {"department": "city-education", "how": "learned", "learned_at": typed()}
    )
    page = school.post(url(case, "checks"), {"outcome": "unclear", "checked_at": typed()}, follow=True).text
    assert "核实先于通报" in page


@pytest.mark.clause(98)
def test_a_leap_on_an_unlisted_ground_is_taken_and_waits_for_review() -> None:
    case, city = opened(5), browser("city-regulator")
    said = {"recipient": "city-regulator", "ground": "other_special", "received_at": typed()}
    page = city.post(url(case, "leaps"), said, follow=True).text
    assert "待复核" in page
    office, review = browser("city-fso"), url(case, "leaps", str(Leap.objects.get().pk), "review")
    assert review in office.get(url(case)).text
    assert city.get(review).status_code == 403
    assert office.post(review, {"reason": ""}).status_code == 422
    assert "已复核：理由成立" in office.post(review, {"reason": "理由成立"}, follow=True).text


@pytest.mark.clause(98)
def test_what_complains_of_the_skipped_level_is_read_by_the_city_alone() -> None:
    case, city = opened(5), browser("city-fso")
    said = {
        "recipient": "city-fso",
        "ground": "sensitive",
        "reason": "反映区局压案不报",
        "received_at": typed(),
        "withheld_reason": "反映的正是区监管部门",
    }
    assert "反映区局压案不报" in city.post(url(case, "leaps"), said, follow=True).text
    theirs = browser("330212-regulator").get(url(case)).text
    assert "压案" not in theirs
    assert "越级报告</strong>" not in theirs
    assert not Obligation.objects.filter(leg="copy").exists()


@pytest.mark.clause(97)
def test_a_notice_from_another_city_opens_an_incident_whose_source_is_here_and_starts_no_clock() -> None:
    desk = browser("330212-regulator")
    said = {
        "how": "outside",
        "known_at": typed(),
        "area": str(county().pk),
        "is_source": "on",
        "illness_count": "120",
        "place_text": "某食品厂",
    }
    before = table_checksums()
    assert desk.post("/notices/new/", said).status_code == 422
    assert table_checksums() == before
    page = desk.post("/notices/new/", {**said, "authority": "杭州市市场监管局"}, follow=True).text
    assert "接到外地主管部门通报：杭州市市场监管局" in page
    found = Incident.objects.get()
    assert (found.involved.get().role, found.proposed_level) == (CountyRole.SOURCE, "III")
    assert not Obligation.objects.filter(clause="5.1(8)").exists()
    assert Learning.objects.get().authority == "杭州市市场监管局"


def test_the_list_leads_to_a_notice_of_something_new() -> None:
    assert "/notices/new/" in browser("330212-health").get("/incidents/").text


def test_the_page_reads_as_much_however_many_offices_learnt() -> None:
    case, health = opened(5), browser("330212-health")

    def read() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert health.get(url(case)).status_code == 200
        return len(seen)

    said = {"how": "learned", "learned_at": typed(), "notifies": "on"}
    browser("city-education").post(url(case, "learnings"), {**said, "department": "city-education"})
    before = read()
    for office in ("330212-health", "330212-gov", "city-police"):
        browser(office).post(url(case, "learnings"), {**said, "department": office})
    assert Learning.objects.count() == 4
    assert read() == before
