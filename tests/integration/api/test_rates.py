"""A key may call so often in a minute; more is asked to wait, and the county hears of it (house rule; 5.1(3))."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from redis import Redis

from accounts import rates
from accounts.models import KeyUse
from outbox.models import Message
from reporting.models import IntakeRecord, Report
from tests.support.hospital import Hospital, cluster, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_redis(settings: LazySettings) -> Iterator[None]:
    """An address where no Redis answers."""
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    rates._client.cache_clear()
    yield
    rates._client.cache_clear()


def exceed(settings: LazySettings) -> Hospital:
    """A hospital that sends three reports where two are allowed; checked over two minutes at most."""
    settings.API_WRITES_PER_MINUTE = 2
    hospital = Hospital()
    answers = [hospital.send(cluster(5, reference=f"ED-{n}")) for n in range(5)]
    refused = [answer for answer in answers if answer.status_code == 429]
    # A minute may end between the calls: then fewer are refused, but of five in two minutes at least one.
    assert 1 <= len(refused) <= 3
    assert refusal(refused[0])["code"] == "rate_limited"
    assert 1 <= int(refused[0]["Retry-After"]) <= 61
    assert Report.objects.count() == IntakeRecord.objects.count() == 5 - len(refused)
    return hospital


def test_one_call_too_many_is_asked_to_wait_and_told_to_the_county_once(settings: LazySettings) -> None:
    hospital = exceed(settings)
    told = Message.objects.filter(kind="cluster_refused")
    assert {message.recipient for message in told} == {"330212-health", "330212-regulator"}
    assert told.count() == 2
    assert not KeyUse.objects.exists()
    # Reading has a count of its own, and other keys theirs.
    assert hospital.call("GET", "").status_code == 200
    assert Hospital().send(cluster(6, reference="ED-9")).status_code == 201


def test_what_had_to_wait_is_taken_when_sent_again_in_another_minute(settings: LazySettings) -> None:
    hospital = exceed(settings)
    with Redis.from_url(settings.REDIS_URL) as broker:
        counted = broker.keys(f"calls:{hospital.key.prefix}:*")
        assert counted
        assert all(0 < broker.ttl(name) <= 2 * rates.WINDOW_S for name in counted)
        # Another minute counts under another name.
        broker.delete(*counted)
    assert hospital.send(cluster(5, reference="ED-4")).status_code == 201


@pytest.mark.usefixtures("no_redis")
def test_without_redis_the_database_counts_and_alarms_are_taken(settings: LazySettings) -> None:
    hospital = exceed(settings)
    assert KeyUse.objects.get(key=hospital.key).scope == "cluster:write"
    assert hospital.call("GET", "").status_code == 200
    assert KeyUse.objects.filter(key=hospital.key).count() == 2
    # A count of an earlier minute is none of this one's.
    KeyUse.objects.update(minute="2026-01-01T00:00:00Z", calls=9)
    assert hospital.send(cluster(5, reference="ED-5")).status_code == 201
