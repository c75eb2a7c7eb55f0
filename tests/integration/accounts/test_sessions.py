"""How long a login lasts: half an hour without a request, twelve hours with (3.2)."""

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.sessions import SEEN_KEY, SINCE_KEY
from audit.clock import database_now
from tests.support.people import login

pytestmark = pytest.mark.django_db

OFFICE = "330212-regulator"


def is_in(client: Client) -> bool:
    return client.get("/password/").status_code == 200


def expiry(client: Client) -> datetime:
    return Session.objects.get(pk=client.session.session_key).expire_date


def test_no_activity_keeps_a_login_beyond_twelve_hours(client: Client) -> None:
    login(client, OFFICE)
    session = client.session
    session[SINCE_KEY] = (database_now() - timedelta(hours=11, minutes=59)).isoformat()
    session.save()
    assert is_in(client)
    session[SINCE_KEY] = (database_now() - timedelta(hours=12, seconds=1)).isoformat()
    session.save()
    assert not is_in(client)
    login(client, OFFICE)
    assert is_in(client)


def test_half_an_hour_without_a_request_ends_a_login(client: Client) -> None:
    login(client, OFFICE)
    remaining = expiry(client) - database_now()
    assert abs(remaining - timedelta(minutes=30)) < timedelta(seconds=30)


def test_a_request_puts_the_end_off_and_writes_no_more_than_once_a_minute(client: Client) -> None:
    login(client, OFFICE)
    soon = database_now() + timedelta(minutes=5)
    kept = Session.objects.filter(pk=client.session.session_key)
    for seen_s, puts_off in ((59, False), (60, True)):
        session = client.session
        session[SEEN_KEY] = (database_now() - timedelta(seconds=seen_s)).isoformat()
        session.save()
        kept.update(expire_date=soon)
        assert is_in(client)
        assert (expiry(client) > soon) is puts_off


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/board/parts/live/", {"X-Watching": "1"}),
        ("/board/?watching", {}),
        ("/session/", {"X-Watching": "1"}),
    ],
)
def test_a_page_that_is_watched_keeps_nobody_logged_in(
    client: Client, address: str, headers: dict[str, str]
) -> None:
    login(client, OFFICE)
    session = client.session
    session[SEEN_KEY] = (database_now() - timedelta(minutes=29)).isoformat()
    session.save()
    kept = Session.objects.filter(pk=session.session_key)
    ends = database_now() + timedelta(minutes=1)
    kept.update(expire_date=ends)
    assert client.get(address, headers=headers).status_code == 200
    assert expiry(client) == ends
    kept.update(expire_date=database_now())
    assert client.get(address, headers=headers).status_code in {302, 401}


def left_s(client: Client) -> int:
    """How long the open pages are told that the login lasts."""
    return int(client.get("/session/", headers={"X-Watching": "1"}).json()["left_s"])


def test_a_page_is_told_when_the_login_ends_and_can_go_on_with_it(client: Client) -> None:
    login(client, OFFICE)
    session = client.session
    session[SEEN_KEY] = (database_now() - timedelta(minutes=28)).isoformat()
    session.save()
    assert 110 < left_s(client) <= 120
    answer = client.post("/session/").json()
    assert answer == {"left_s": 1800, "may_go_on": True}
    assert left_s(client) > 1790


def test_going_on_ends_with_the_longest_time_of_a_login(client: Client) -> None:
    login(client, OFFICE)
    session = client.session
    session[SINCE_KEY] = (database_now() - timedelta(hours=11, minutes=59)).isoformat()
    session.save()
    answer = client.post("/session/").json()
    assert 50 < answer["left_s"] <= 60
    assert answer["may_go_on"] is False


def test_nobodys_session_has_no_end(client: Client) -> None:
    assert client.get("/session/").status_code == 401
