"""No page leaves one alone: where there is nothing it says so and what will come, and a refusal says why and the way on."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.repository import access
from tests.repository.doors import DOORS
from tests.repository.test_access import ROUTES
from tests.repository.visitors import session_of
from tests.support.pages import opened, url
from tests.support.people import login

pytestmark = pytest.mark.django_db
REGULATOR = "330212-regulator"
EMPTY = re.compile(r"(<(tbody|ul|ol|dl)\b[^>]*>)\s*</\2>")
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


def test_no_page_of_an_empty_house_shows_a_frame_with_nothing_in_it() -> None:
    """A table without rows or a list without items says nothing to anybody, least of all to a reader aloud."""
    client, seen = Client(), 0
    bare: dict[str, list[str]] = {}
    sessions = {
        role: session_of(role) for role in ("manager-city", REGULATOR, "city-commission", "hosp-first")
    }
    for door in DOORS:
        roles = [role for role in sessions if {role, access.MANAGERS.get(role)} & door.may]
        if door.method != "GET" or door.status != 200 or "<" in ROUTES[door.name] or not roles:
            continue
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[roles[0]]
        page = client.get(reverse(door.name))
        seen += 1
        if page.get("Content-Type", "").startswith("text/html") and (
            found := EMPTY.findall(page.text.partition("<main")[2].partition("</main>")[0])
        ):
            bare[door.name] = [tag for tag, _kind in found]
    assert bare == {}
    assert seen > 25


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
