"""No page leaves one alone: where there is nothing it says so and what will come, and a refusal says why and the way on."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.pages import opened, url
from tests.support.people import login

pytestmark = pytest.mark.django_db
REGULATOR = "330212-regulator"
LISTS = [
    ("response:incidents", "city-fso"),
    ("response:inbox", "city-fso"),
    ("response:orders", "city-fso"),
    ("response:approvals", "city-fso"),
    ("response:data_requests", "city-health"),
    ("response:experts", "city-fso"),
    ("response:suspicions", "city-fso"),
    ("response:evidence", "city-fso"),
    ("reporting:calendar", "city-fso"),
    ("reporting:timeliness", "city-fso"),
    ("reporting:triage", REGULATOR),
    ("response:line_lists", "hosp-first"),
]


@pytest.mark.parametrize(("name", "office"), LISTS)
def test_a_list_with_nothing_in_it_says_so(client: Client, name: str, office: str) -> None:
    login(client, office)
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert 'class="empty-title"' in page.text


@pytest.mark.parametrize(("language", "why", "back"), [("zh-hans", "无权", "返回"), ("en", "right", "Back")])
def test_who_may_not_is_told_why_and_where_to_go(client: Client, language: str, why: str, back: str) -> None:
    found = opened()
    login(client, "330212-gov")
    client.post("/language/", {"language": language})
    page = client.get(url(found, "confirm"))
    assert page.status_code == 403
    assert 'role="alert"' in page.text
    assert why in page.text
    assert back in page.text
    assert 'class="clause"' in page.text


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "没有找到"), ("en", "Not found")])
def test_an_address_that_leads_nowhere_is_answered_in_the_readers_language(
    client: Client, language: str, said: str
) -> None:
    login(client, REGULATOR)
    client.post("/language/", {"language": language})
    page = client.get("/no-such-page/")
    assert page.status_code == 404
    assert said in page.text
