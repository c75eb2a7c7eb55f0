"""What comes back of a letter: receipts that their receivers sign, and links that are opened (5.1)."""

import json
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from audit.clock import database_now
from audit.models import AuditEvent
from outbox.actions.posting import post_next
from outbox.models import Channel, Message, MessageState
from outbox.signing import signature_of
from tests.support.checksums import table_checksums
from tests.support.contacts import SECRET, contact
from tests.support.evidence import broken_links
from tests.support.letters import OFFICE, alarm, copies_of, outside, post_all
from tests.support.receivers import MailServer, Received, Receiver

GATEWAY = "what the gateway signs with"


@pytest.fixture
def receivers(settings: Settings) -> Iterator[tuple[Receiver, MailServer]]:
    with outside(settings) as both:
        settings.SMS_RECEIPT_SECRET = GATEWAY
        yield both


def letter(receivers: tuple[Receiver, MailServer], channel: Channel = Channel.WEBHOOK) -> tuple[Message, str]:
    """An alarm's copy that was sent, and its number."""
    where = receivers[0].url if channel == Channel.WEBHOOK else "13800001234"
    kept = contact(OFFICE, channel, where)
    message = alarm(chain="incident:NB2026-0001")
    assert post_all() == 1
    (copy,) = copies_of(message)
    return copy, f"{kept.ref}-{copy.pk}"


def report(
    client: Client, ident: str, *, state: object = "delivered", secret: str = SECRET, age_s: int = 0
) -> int:
    """A receiver's report; the status it is answered with."""
    body = json.dumps({"id": ident, "state": state}).encode()
    timestamp = str(int(database_now().timestamp()) - age_s)
    headers = {
        "X-Ningbo-Timestamp": timestamp,
        "X-Ningbo-Signature": signature_of(secret, timestamp, body),
    }
    answer = client.post("/api/v1/receipts/", body, "application/json", headers=headers)
    return int(answer.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize("channel", [Channel.WEBHOOK, Channel.SMS])
def test_what_was_taken_is_sent_and_a_signed_report_makes_it_delivered_once(
    receivers: tuple[Receiver, MailServer], client: Client, channel: Channel
) -> None:
    copy, ident = letter(receivers, channel)
    assert (copy.state, copy.delivered_at) == (MessageState.SENT, None)
    secret = SECRET if channel == Channel.WEBHOOK else GATEWAY
    assert report(client, ident, secret=secret) == 204
    copy.refresh_from_db()
    first = copy.delivered_at
    assert (copy.state, first is None) == (MessageState.DELIVERED, False)
    assert report(client, ident, secret=secret) == 204
    copy.refresh_from_db()
    assert copy.delivered_at == first
    assert AuditEvent.objects.filter(action="outbox.report_delivery").count() == 1
    assert broken_links() == []


@pytest.mark.django_db
def test_a_report_that_its_receiver_did_not_sign_just_now_changes_nothing(
    receivers: tuple[Receiver, MailServer], client: Client
) -> None:
    _copy, ident = letter(receivers)
    before = table_checksums()
    assert report(client, ident, secret="not the secret of it") == 401
    assert report(client, ident, age_s=301) == 401
    assert report(client, ident, age_s=-305) == 401
    assert report(client, ident.rpartition("-")[0] + "-999999") == 401
    assert report(client, "nonsense") == 401
    assert report(client, ident, state="read") == 422
    for body in (b"{", b"[]", b"[" * 9_999, b"{" + b" " * 99_999 + b"}"):
        assert client.post("/api/v1/receipts/", body, "application/json").status_code == 401
    assert table_checksums() == before
    assert report(client, ident, age_s=299) == 204


@pytest.mark.django_db
def test_a_gateway_without_a_secret_reports_nothing_and_arrival_stays_unknown(
    receivers: tuple[Receiver, MailServer], client: Client, settings: Settings
) -> None:
    settings.SMS_RECEIPT_SECRET = ""
    copy, ident = letter(receivers, Channel.SMS)
    assert report(client, ident, secret="") == 401
    assert not copy.can_report_arrival


@pytest.mark.django_db
def test_one_source_may_report_so_often_in_a_minute(
    receivers: tuple[Receiver, MailServer], client: Client, settings: Settings
) -> None:
    settings.RECEIPTS_PER_MINUTE = 0
    _copy, ident = letter(receivers)
    assert report(client, ident) == 429


@pytest.mark.usefixtures("committed_db")
def test_a_receiver_that_reports_before_its_sender_does_is_believed_and_the_sending_is_on_record(
    receivers: tuple[Receiver, MailServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = contact(OFFICE, Channel.WEBHOOK, receivers[0].url)
    (copy,) = copies_of(alarm())
    answers: list[int] = []

    def report_first(_one: Received) -> tuple[int, bytes]:
        answers.append(report(Client(), f"{kept.ref}-{copy.pk}"))
        connection.close()
        return 200, b""

    monkeypatch.setattr(receivers[0], "take", report_first)
    assert post_next(source="test", channel=Channel.WEBHOOK)
    copy.refresh_from_db()
    assert answers == [204]
    assert (copy.state, copy.lease_until) == (MessageState.DELIVERED, None)
    assert copy.sent_at is not None
    assert AuditEvent.objects.filter(action="outbox.send").count() == 1
