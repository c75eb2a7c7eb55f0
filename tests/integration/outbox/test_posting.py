"""Posting outside: at least once, one at a time to each address, nothing held up by what fails or hangs elsewhere (5.1)."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from pytest_django import Settings

from audit.clock import database_now
from audit.models import AuditEvent
from outbox.actions.outcomes import LEASE
from outbox.actions.posting import post_next
from outbox.channels import network
from outbox.models import Channel, Contact, Message, MessageState
from outbox.senders import PER_CHANNEL, Senders
from tests.support.contacts import contact
from tests.support.evidence import broken_links
from tests.support.letters import OFFICE, alarm, copies_of, let_time_pass, outside, post_all
from tests.support.receivers import MailServer, Receiver, http_receiver
from tests.support.waiting import until


@pytest.fixture
def receivers(settings: Settings) -> Iterator[tuple[Receiver, MailServer]]:
    with outside(settings) as both:
        yield both


def copy_to(message: Message, channel: Channel) -> Message:
    return Message.objects.get(about=message.dedupe_key, channel=channel)


@pytest.mark.django_db
def test_a_failing_address_waits_longer_each_time_up_to_a_minute_and_holds_up_no_other(
    receivers: tuple[Receiver, MailServer],
) -> None:
    receivers[0].answers[:] = [(500, b"")] * 20
    contact(OFFICE, Channel.WEBHOOK, receivers[0].url)
    contact(OFFICE, Channel.EMAIL, "desk@example.org")
    message = alarm()
    assert post_all() == 2
    assert copy_to(message, Channel.EMAIL).state == MessageState.SENT
    waits = []
    for _attempt in range(10):
        copy = copy_to(message, Channel.WEBHOOK)
        waits.append((copy.next_try_at - database_now()).total_seconds())
        assert copy.last_error == "answered 500"
        let_time_pass(0.02)
        assert post_all() == 1
    assert 0.5 < waits[0] <= 2
    assert waits[0] < waits[3] < waits[5]
    assert 25 < max(waits) <= 60


@pytest.mark.django_db
def test_what_never_goes_is_given_up_after_its_time_on_record_and_the_office_is_told(
    receivers: tuple[Receiver, MailServer], settings: Settings
) -> None:
    receivers[0].answers[:] = [(500, b"")] * 2
    contact(OFFICE, Channel.WEBHOOK, receivers[0].url)
    message = alarm(chain="incident:NB2026-0001")
    span = timedelta(minutes=settings.GIVE_UP_AFTER_MIN)
    Message.objects.update(created_at=database_now() - span + timedelta(seconds=60))
    post_all()
    assert copies_of(message)[0].state == MessageState.QUEUED
    let_time_pass(0.1)
    Message.objects.update(created_at=database_now() - span)
    post_all()
    assert copies_of(message)[0].state == MessageState.FAILED
    assert AuditEvent.objects.filter(chain="incident:NB2026-0001", action="outbox.give_up").count() == 1
    (told,) = Message.objects.filter(kind="message_failed")
    assert (told.recipient, told.is_alarm) == (OFFICE, False)
    assert broken_links() == []


@pytest.mark.django_db
def test_a_robot_is_told_one_thing_and_then_rests(receivers: tuple[Receiver, MailServer]) -> None:
    contact(OFFICE, Channel.DINGTALK, receivers[0].url)
    alarm("a")
    alarm("b")
    assert post_all() == 1
    let_time_pass(0.01)
    assert post_all() == 1
    assert len(receivers[0].received) == 2


@pytest.mark.django_db
def test_what_is_sent_is_on_record_by_the_addresss_number_and_without_it(
    receivers: tuple[Receiver, MailServer],
) -> None:
    address = contact(OFFICE, Channel.EMAIL, "desk@example.org")
    alarm(chain="incident:NB2026-0001")
    post_all(source="clock-1")
    event = AuditEvent.objects.get(action="outbox.send")
    assert f'"contact":{address.pk}' in event.payload
    assert '"source":"clock-1"' in event.payload
    assert "desk" not in event.payload


def lease_runs_out() -> None:
    Message.objects.update(lease_until=F("lease_until") - 2 * LEASE)
    Contact.objects.update(free_at=F("free_at") - 2 * LEASE)


@pytest.mark.django_db
def test_after_each_death_of_a_sender_one_copy_more_may_arrive_and_says_so(
    receivers: tuple[Receiver, MailServer],
) -> None:
    address = contact(OFFICE, Channel.WEBHOOK, receivers[0].url)
    message = alarm()
    for _death in range(2):
        # What is committed when a sender dies while it sends.
        held_until = database_now() + LEASE
        Message.objects.filter(about=message.dedupe_key).update(
            lease_until=held_until, attempts=F("attempts") + 1
        )
        Contact.objects.filter(pk=address.pk).update(free_at=held_until)
        assert post_all() == 0
        lease_runs_out()
        receivers[0].answers[:] = [(500, b"")]
        assert post_all() == 1
        let_time_pass(0.1)
    assert post_all() == 1
    titles = [one.json["title"][:7] for one in receivers[0].received]
    assert titles == ["【重复提醒1】", "【重复提醒2】", "【重复提醒2】"]


@pytest.mark.usefixtures("committed_db")
def test_senders_side_by_side_send_each_letter_once(
    receivers: tuple[Receiver, MailServer],
) -> None:
    addresses = [contact(OFFICE, Channel.WEBHOOK, f"{receivers[0].url}/{number}") for number in range(4)]
    for number in range(10):
        alarm(str(number))

    def send(number: int) -> int:
        try:
            return sum(iter(lambda: post_next(source=f"s{number}", channel=Channel.WEBHOOK), 0))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))
    until(lambda: post_all() == 0, "the rest")
    idents = [one.headers["X-Ningbo-Id"] for one in receivers[0].received]
    assert len(idents) == len(set(idents)) == 40
    assert Message.objects.filter(contact__in=addresses, state=MessageState.SENT).count() == 40
    assert AuditEvent.objects.filter(action="outbox.send").count() == 40
    assert broken_links() == []


@pytest.mark.usefixtures("committed_db")
def test_addresses_that_hang_hold_up_neither_their_channel_nor_another(
    receivers: tuple[Receiver, MailServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "WHOLE_LIMIT_S", 8.0)
    with http_receiver() as mute:
        mute.answers[:] = [None] * 50
        for number in range(PER_CHANNEL - 1):
            contact(OFFICE, Channel.WEBHOOK, f"{mute.url}/{number}")
        contact(OFFICE, Channel.WEBHOOK, receivers[0].url)
        contact(OFFICE, Channel.EMAIL, "desk@example.org")
        for number in range(5):
            alarm(str(number))
        senders, began = Senders("test"), time.monotonic()
        senders.look()
        until(lambda: len(receivers[0].received) == len(receivers[1].letters) == 5, "all that can be sent")
        assert time.monotonic() - began < 6
        assert len(mute.received) == PER_CHANNEL - 1
        mute.is_over.set()
        senders.stop(10)


@pytest.mark.usefixtures("committed_db")
def test_a_sender_that_is_told_to_stop_ends_what_it_began_and_begins_nothing(
    receivers: tuple[Receiver, MailServer],
) -> None:
    with http_receiver() as slow:
        slow.answers[:] = [None]
        contact(OFFICE, Channel.WEBHOOK, slow.url)
        first, second = alarm("a"), alarm("b")
        senders = Senders("test")
        senders.look()
        until(lambda: slow.received, "the first to be under way")
        with ThreadPoolExecutor(1) as pool:
            stopping = pool.submit(senders.stop, 10)
            slow.is_over.set()
            stopping.result()
        assert copies_of(first)[0].attempts == 1
        assert copies_of(first)[0].lease_until is None
        assert copies_of(second)[0].attempts == 0
