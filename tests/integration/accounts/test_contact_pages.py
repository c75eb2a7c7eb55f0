"""Addresses outside: proved by a code that was sent there, kept by whose they are, never shown again."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from audit.clock import database_now
from audit.models import AuditEvent
from outbox.models import Channel, Contact
from tests.support.checksums import table_checksums
from tests.support.contacts import contact
from tests.support.letters import OFFICE, let_time_pass, outside, post_all
from tests.support.people import holding, login, login_manager
from tests.support.receivers import MailServer, Receiver

pytestmark = pytest.mark.django_db

PAGE, CONTACTS = f"/duty/{OFFICE}/", f"/duty/{OFFICE}/contacts/"
HOUR = timedelta(hours=1)


@pytest.fixture
def receivers(settings: Settings) -> Iterator[tuple[Receiver, MailServer]]:
    with outside(settings) as both:
        yield both


def text_of(client: Client, url: str = PAGE) -> str:
    return client.get(url).content.decode()


def test_a_member_keeps_an_address_of_their_own_proves_it_by_the_code_and_never_sees_it_again(
    client: Client, receivers: tuple[Receiver, MailServer]
) -> None:
    user = login(client, OFFICE)
    sent = client.post(
        CONTACTS,
        {"person": user.username, "channel": "email", "where": "zhang.san@example.org", "for_alarms": "on"},
    )
    kept = Contact.objects.get()
    assert sent.headers["Location"] == f"/contacts/{kept.pk}/code/"
    assert (kept.person, kept.verified_at) == (f"user:{user.pk}", None)
    post_all()
    (letter,) = receivers[1].letters
    found = re.search(r"\d{6}", letter.get_content())
    assert found
    wrong = "000000" if found[0] != "000000" else "111111"
    assert client.post(f"/contacts/{kept.pk}/code/", {"code": wrong}).status_code == 422
    assert client.post(f"/contacts/{kept.pk}/code/", {"code": found[0]}).status_code == 302
    kept.refresh_from_db()
    assert kept.verified_at is not None
    assert "zhang.san" not in text_of(client)
    assert "z…@example.org" in text_of(client)
    for event in AuditEvent.objects.filter(subject=f"contact:{kept.pk}"):
        assert "zhang" not in event.payload
    assert client.post(f"/contacts/{kept.pk}/remove/").status_code == 302
    kept.refresh_from_db()
    assert bytes(kept.envelope) == b""


def test_a_code_is_good_for_five_tries_and_two_hours(
    client: Client, receivers: tuple[Receiver, MailServer]
) -> None:
    login_manager(client, "330212-fso")
    client.post(CONTACTS, {"person": "", "channel": "email", "where": "desk@example.org", "for_alarms": "on"})
    kept = Contact.objects.get()
    post_all()
    found = re.search(r"\d{6}", receivers[1].letters[0].get_content())
    assert found
    Contact.objects.update(code_tries=5)
    assert client.post(f"/contacts/{kept.pk}/code/", {"code": found[0]}).status_code == 409
    Contact.objects.update(code_tries=4, code_sent_at=database_now() - 2 * HOUR - timedelta(seconds=5))
    assert client.post(f"/contacts/{kept.pk}/code/", {"code": found[0]}).status_code == 409
    Contact.objects.update(code_sent_at=database_now() - 2 * HOUR + timedelta(seconds=60))
    assert client.post(f"/contacts/{kept.pk}/code/", {"code": found[0]}).status_code == 302


def test_a_second_test_message_waits_a_minute(client: Client) -> None:
    login_manager(client, "330212-fso")
    client.post(CONTACTS, {"person": "", "channel": "email", "where": "desk@example.org", "for_alarms": "on"})
    kept = Contact.objects.get()
    assert client.post(f"/contacts/{kept.pk}/resend/").status_code == 409
    Contact.objects.update(code_sent_at=database_now() - timedelta(seconds=61))
    assert client.post(f"/contacts/{kept.pk}/resend/").status_code == 302


@pytest.mark.parametrize(
    ("channel", "where", "secret", "said"),
    [
        ("email", "desk", "", "电子邮件"),
        ("sms", "12ab", "", "手机号码"),
        ("webhook", "http://example.org/", "x" * 16, "https"),
        ("webhook", "https://example.org/", "x" * 15, "16个字符"),
        ("dingtalk", "robot", "", "https"),
    ],
)
def test_an_address_that_a_channel_cannot_use_is_refused_and_changes_nothing(
    client: Client, channel: str, where: str, secret: str, said: str
) -> None:
    login_manager(client, "330212-fso")
    client.get(CONTACTS)
    before = table_checksums()
    answer = client.post(CONTACTS, {"person": "", "channel": channel, "where": where, "secret": secret})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert table_checksums() == before


def test_a_member_neither_sees_nor_touches_the_addresses_of_colleagues(client: Client) -> None:
    other = contact(OFFICE, Channel.SMS, "13800001234", person=holding(OFFICE).user)
    shared = contact(OFFICE, Channel.EMAIL, "desk@example.org")
    Contact.objects.filter(pk=other.pk).update(person="user:0")
    login(client, OFFICE)
    shown = text_of(client)
    assert "…234" not in shown
    assert "d…@example.org" in shown
    for pk in (other.pk, shared.pk):
        assert client.post(f"/contacts/{pk}/remove/").status_code == 404
    answer = client.post(CONTACTS, {"person": "", "channel": "email", "where": "a@example.org"})
    assert answer.status_code == 403
    assert Contact.objects.filter(removed_at__isnull=True).count() == 2


def test_nothing_is_sent_to_an_address_that_was_taken_away_meanwhile(
    client: Client, receivers: tuple[Receiver, MailServer]
) -> None:
    login_manager(client, "330212-fso")
    client.post(CONTACTS, {"person": "", "channel": "email", "where": "desk@example.org", "for_alarms": "on"})
    kept = Contact.objects.get()
    assert client.post(f"/contacts/{kept.pk}/remove/").status_code == 302
    let_time_pass(0.1)
    post_all()
    assert receivers[1].letters == []
