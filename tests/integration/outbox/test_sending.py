"""Sending: at least once, by any number of senders, nothing held up by what fails (5.1)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.models import F

from audit.clock import database_now
from audit.models import AuditEvent
from outbox.actions.messages import Owed, mark_read, owe
from outbox.actions.outcomes import LEASE
from outbox.actions.sending import send_due
from outbox.heartbeat import ages, beat
from outbox.models import Message, MessageState
from outbox.tasks import send_outbox
from tests.support.evidence import broken_links
from tests.support.waiting import until

SENDERS, MESSAGES = 4, 60


def queue(*keys: str, chain: str = "") -> None:
    at = database_now()
    owe(
        [Owed(dedupe_key=key, recipient="city-fso", kind="test", title="测试", chain=chain) for key in keys],
        at=at,
    )


def one(key: str) -> Message:
    return Message.objects.get(dedupe_key=key)


def let_time_pass(key: str) -> None:
    Message.objects.filter(dedupe_key=key).update(
        next_try_at=F("next_try_at") - timedelta(hours=1), lease_until=F("lease_until") - timedelta(hours=1)
    )


@pytest.mark.django_db
def test_what_is_due_is_delivered_once_and_on_record() -> None:
    queue("a", "b", chain="incident:2026-0001")
    assert send_due(source="test") == 2
    assert send_due(source="test") == 0
    assert one("a").state == MessageState.DELIVERED
    assert one("a").delivered_at is not None
    assert AuditEvent.objects.filter(chain="incident:2026-0001", action="outbox.deliver").count() == 2


@pytest.mark.django_db
def test_a_message_read_before_it_was_sent_stays_read() -> None:
    queue("a")
    mark_read(message=one("a"), by_ref="user:1", office="city-fso", at=database_now())
    assert send_due(source="test") == 0
    assert one("a").state == MessageState.READ


@pytest.mark.django_db
def test_the_task_sends_all_and_leaves_a_heartbeat() -> None:
    queue(*(str(number) for number in range(250)))
    send_outbox()
    assert not Message.objects.filter(state=MessageState.QUEUED).exists()
    assert 0 <= ages()["outbox"] < 5


@pytest.mark.django_db
def test_a_heartbeat_grows_old_until_the_next() -> None:
    beat("clock")
    before = ages()["clock"]
    assert ages()["clock"] > before
    beat("clock")
    assert list(ages()) == ["clock"]


def in_threads(work: Callable[[int], int]) -> list[int]:
    def closing(number: int) -> int:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(SENDERS) as pool:
        return list(pool.map(closing, range(SENDERS)))


@pytest.mark.usefixtures("committed_db")
def test_senders_side_by_side_share_the_work_and_double_nothing() -> None:
    queue(*(str(number) for number in range(MESSAGES)))
    start = Barrier(SENDERS)

    def send(number: int) -> int:
        start.wait()
        return sum(iter(lambda: send_due(source=f"sender-{number}", limit=5), 0))

    assert sum(in_threads(send)) == MESSAGES
    assert AuditEvent.objects.filter(action="outbox.deliver").count() == MESSAGES
    assert not Message.objects.exclude(state=MessageState.DELIVERED).exists()
    assert broken_links() == []


@pytest.mark.usefixtures("committed_db")
def test_a_dead_senders_message_goes_out_when_its_lease_runs_out() -> None:
    queue("a")
    Message.objects.update(lease_until=database_now() + LEASE, attempts=1)
    assert send_due(source="test") == 0
    let_time_pass("a")
    assert send_due(source="test") == 1
    assert one("a").state == MessageState.DELIVERED


def blocked() -> int:
    """How many transactions of this database wait for another one."""
    with connection.cursor() as cursor:
        # Inside a transaction the first look would be shown for ever.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])


@pytest.mark.usefixtures("committed_db")
def test_two_transactions_that_owe_the_same_messages_in_any_order_both_get_through() -> None:
    def owing(*keys: str) -> None:
        try:
            queue(*keys)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            queue("m")
            both = [pool.submit(owing, "a", "m", "z"), pool.submit(owing, "z", "m", "a")]
            until(lambda: blocked() == 2, "both to wait for the message in the middle")
            transaction.set_rollback(True)
        for one_of_them in both:
            one_of_them.result()
    assert list(Message.objects.order_by("dedupe_key").values_list("dedupe_key", flat=True)) == [
        "a",
        "m",
        "z",
    ]
