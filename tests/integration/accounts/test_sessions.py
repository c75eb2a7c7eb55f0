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
