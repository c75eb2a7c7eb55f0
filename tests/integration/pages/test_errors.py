"""What goes wrong becomes a page with a reason, a clause and a way on; a fragment stays a fragment."""

import pytest
from django.test import Client, RequestFactory

from config.errors import server_error
from tests.support.checksums import table_checksums
from tests.support.pages import opened, url
from tests.support.people import login, office_for

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(client: Client, db: None) -> Client:
    login(client, "330212-regulator")
    return client


def test_a_refusal_is_a_page_with_reason_clause_and_way_on(desk: Client) -> None:
    page = desk.get("/incidents/NB2026-9999/")
    assert page.status_code == 404
    assert "没有这起事故" in page.text
    assert "5.1(7)" in page.text
    assert "越级" in page.text
    assert "请核对事故编号" in page.text
    assert "<html" in page.text


def test_a_refused_fragment_is_a_fragment(desk: Client) -> None:
    part = desk.get("/incidents/NB2026-9999/parts/live/", headers=HTMX)
    assert part.status_code == 404
    assert "没有这起事故" in part.text
    assert "<html" not in part.text


def test_a_fragment_of_a_lapsed_login_is_401_and_a_page_leads_to_the_login(client: Client, db: None) -> None:
    assert client.get("/incidents/", headers=HTMX).status_code == 401
    assert client.get("/incidents/").status_code == 302


@pytest.mark.parametrize("address", ["/nowhere/", "/incidents/%00/", "/reports/not-a-uuid/"])
def test_an_address_that_leads_nowhere_offers_a_way_back(desk: Client, address: str) -> None:
    page = desk.get(address)
    assert page.status_code == 404
    assert "没有找到" in page.text
    assert "填写报告" in page.text


def test_a_stale_page_is_refused_and_says_where_the_text_is(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    login(strict, "330212-regulator")
    before = table_checksums()
    page = strict.post("/reports/new/", {"place_text": "甬江饭店"})
    assert page.status_code == 403
    assert "填写的报告已保存在本机" in page.text
    assert 'href="/reports/new/"' in page.text
    assert table_checksums() == before


def test_a_request_that_cannot_be_read_is_answered_in_chinese(desk: Client) -> None:
    page = desk.post("/reports/new/", {f"field{number}": "x" for number in range(1001)})
    assert page.status_code == 400
    assert "无法识别这次请求" in page.text


def test_a_fault_is_told_without_the_database() -> None:
    """No database fixture: a query here would fail."""
    page = server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert "请先用电话" in page.content.decode()


def test_every_page_forbids_foreign_and_inline_code(desk: Client) -> None:
    policy = desk.get("/incidents/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.django_db
def test_who_has_chosen_no_office_yet_is_told_to_choose_one(client: Client) -> None:
    found = opened()
    user = login(client, "city-gov")
    office_for(user, "city-commission")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(url(found, "response"))
    assert answer.status_code == 404
    assert "请先在右上角选择" in answer.content.decode()
