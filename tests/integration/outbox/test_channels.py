"""Each channel against a real receiver: what arrives, how it is signed, and what is done when the other side misbehaves."""

import base64
import json
import subprocess
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django import Settings

from outbox.actions.messages import DRILL_MARK
from outbox.channels import network
from outbox.models import Channel, Message, MessageState
from tests.support.contacts import SECRET, contact
from tests.support.letters import BODY, OFFICE, TITLE, alarm, copies_of, let_time_pass, outside, post_all
from tests.support.receivers import MailServer, Receiver, dripping, took

pytestmark = pytest.mark.django_db
LINK = "https://spaq.example.org/letters/%d/"


@pytest.fixture
def receivers(settings: Settings) -> Iterator[tuple[Receiver, MailServer]]:
    with outside(settings) as both:
        yield both


def sent(channel: Channel, where: str, *, secret: str = SECRET) -> Message:
    """An alarm to one address, sent once; its copy as it is then."""
    contact(OFFICE, channel, where, secret=secret)
    message = alarm()
    assert post_all() == 1
    (copy,) = copies_of(message)
    return copy


def openssl_hmac(secret: str, text: bytes) -> bytes:
    """HMAC-SHA256 by another program than ours."""
    command = ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"key:{secret}", "-binary"]
    return subprocess.run(command, input=text, capture_output=True, check=True).stdout


def test_a_letter_arrives_by_mail_with_number_level_place_limit_and_link(
    receivers: tuple[Receiver, MailServer],
) -> None:
    copy = sent(Channel.EMAIL, "desk@example.org")
    (letter,) = receivers[1].letters
    assert receivers[1].recipients == ["desk@example.org"]
    assert letter["Subject"].strip() == TITLE
    text = letter.get_content()
    assert BODY in text
    assert LINK % copy.pk in text
    assert (copy.state, copy.delivered_at) == (MessageState.SENT, None)
    assert copy.sent_at is not None


def test_a_mailbox_that_does_not_exist_is_given_up_and_a_full_one_is_tried_again(
    receivers: tuple[Receiver, MailServer],
) -> None:
    receivers[1].refusals[:] = ["452 full", "550 no such user"]
    copy = sent(Channel.EMAIL, "desk@example.org")
    assert (copy.state, copy.repeats) == (MessageState.QUEUED, 0)
    let_time_pass(0.1)
    post_all()
    copy.refresh_from_db()
    assert copy.state == MessageState.FAILED
    assert "desk" not in copy.last_error
    told = Message.objects.get(kind="message_failed")
    assert (told.recipient, told.channel, told.contact) == (OFFICE, Channel.INAPP, None)


def test_mail_asks_for_tls_and_stops_where_the_server_has_none(
    receivers: tuple[Receiver, MailServer], settings: Settings
) -> None:
    settings.EMAIL_USE_TLS = True
    copy = sent(Channel.EMAIL, "desk@example.org")
    assert copy.state == MessageState.QUEUED
    assert receivers[1].letters == []


def test_the_webhook_is_signed_so_that_another_program_can_check_it(
    receivers: tuple[Receiver, MailServer],
) -> None:
    copy = sent(Channel.WEBHOOK, receivers[0].url)
    (one,) = receivers[0].received
    timestamp = one.headers["X-Ningbo-Timestamp"]
    expected = openssl_hmac(SECRET, timestamp.encode() + b"." + one.body).hex()
    assert one.headers["X-Ningbo-Signature"] == f"sha256={expected}"
    assert one.headers["X-Ningbo-Id"] == one.json["id"]
    assert (one.json["title"], one.json["body"], one.json["link"]) == (TITLE, BODY, LINK % copy.pk)
    assert abs(int(timestamp) - copy.created_at.timestamp()) < 60
    assert (copy.state, copy.delivered_at) == (MessageState.SENT, None)


def test_a_dingtalk_robot_is_told_with_timestamp_and_sign(receivers: tuple[Receiver, MailServer]) -> None:
    secret = "SEC" + "a" * 64
    copy = sent(Channel.DINGTALK, receivers[0].url + "?access_token=abc", secret=secret)
    (one,) = receivers[0].received
    asked = parse_qs(urlsplit(one.path).query)
    expected = base64.b64encode(openssl_hmac(secret, f"{asked['timestamp'][0]}\n{secret}".encode())).decode()
    assert asked["sign"] == [expected]
    assert asked["access_token"] == ["abc"]
    assert len(asked["timestamp"][0]) == 13
    assert one.json["text"]["content"].startswith(TITLE)
    assert copy.state == MessageState.SENT


@pytest.mark.parametrize("channel", [Channel.DINGTALK, Channel.WECOM])
def test_a_robot_that_says_no_in_a_200_has_not_taken_it(
    receivers: tuple[Receiver, MailServer], channel: Channel
) -> None:
    receivers[0].answers[:] = [(200, json.dumps({"errcode": 45009, "errmsg": "api freq"}).encode())]
    copy = sent(channel, receivers[0].url)
    assert (copy.state, copy.last_error) == (MessageState.QUEUED, "the robot answered errcode 45009")


def test_a_wecom_robot_gets_at_most_2048_bytes_with_the_link_whole(
    receivers: tuple[Receiver, MailServer],
) -> None:
    contact(OFFICE, Channel.WECOM, receivers[0].url)
    message = alarm(body="时限" * 2000)
    post_all()
    content = receivers[0].received[0].json["text"]["content"]
    assert 2000 < len(content.encode()) <= 2048
    assert content.endswith(LINK % copies_of(message)[0].pk)
    assert content.startswith(TITLE)


def test_a_text_message_goes_to_the_gateway_by_its_template_and_is_short(
    receivers: tuple[Receiver, MailServer], settings: Settings
) -> None:
    settings.SMS_GATEWAY_AUTHORIZATION, settings.SMS_GATEWAY_TAKEN = "Basic xyz", '"ok"'
    settings.SMS_GATEWAY_BODY = '{"to": ["{phone}"], "msg": "{text}"}'
    contact(OFFICE, Channel.SMS, "138 0000-1234")
    message = alarm(body='时限"一"\n' * 40)
    post_all()
    (one,) = receivers[0].received
    assert one.headers["Authorization"] == "Basic xyz"
    assert one.json["to"] == ["13800001234"]
    assert len(one.json["msg"]) <= settings.SMS_LONGEST
    assert one.json["msg"].startswith(TITLE)
    assert copies_of(message)[0].state == MessageState.SENT


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((500, b""), MessageState.QUEUED),
        ((503, b""), MessageState.QUEUED),
        ((429, b""), MessageState.QUEUED),
        ((400, b""), MessageState.FAILED),
        ((404, b""), MessageState.FAILED),
        ((302, b""), MessageState.FAILED),
        ((307, b""), MessageState.FAILED),
        ((204, b""), MessageState.SENT),
    ],
)
def test_what_an_answer_means(
    receivers: tuple[Receiver, MailServer], answer: tuple[int, bytes], state: MessageState
) -> None:
    receivers[0].answers[:] = [answer]
    copy = sent(Channel.WEBHOOK, receivers[0].url)
    assert copy.state == state
    assert len(receivers[0].received) == 1, "a redirect was followed"


@pytest.mark.parametrize("silence", ["mute", "drip", "mail"])
def test_whoever_hangs_or_drips_is_cut_off_and_the_next_try_says_that_it_may_be_a_repeat(
    receivers: tuple[Receiver, MailServer],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    silence: str,
) -> None:
    monkeypatch.setattr(network, "WHOLE_LIMIT_S", 0.5)
    receivers[0].answers[:] = [None]
    with dripping(b"HTTP/1.1 200 OK\r\nX: ") as port:
        channel, where = Channel.WEBHOOK, receivers[0].url
        if silence == "drip":
            where = f"http://127.0.0.1:{port}/"
        if silence == "mail":
            settings.EMAIL_PORT, channel, where = port, Channel.EMAIL, "desk@example.org"
        contact(OFFICE, channel, where)
        message = alarm()
        assert took(post_all) < 5
    (copy,) = copies_of(message)
    # A mail server that never greeted has taken nothing.
    assert (copy.state, copy.repeats) == (MessageState.QUEUED, 0 if silence == "mail" else 1)
    if silence == "mute":
        let_time_pass(0.1)
        post_all()
        assert receivers[0].received[-1].json["title"].startswith("【重复提醒1】")
        assert receivers[0].received[0].json["id"] == receivers[0].received[1].json["id"]


def test_a_drill_stays_inside_and_says_so_unless_the_installation_lets_it(
    receivers: tuple[Receiver, MailServer], settings: Settings
) -> None:
    contact(OFFICE, Channel.EMAIL, "desk@example.org")
    message = alarm("kept", drill=True)
    assert copies_of(message) == []
    assert "未向站外发送" in message.body
    settings.DRILLS_GO_OUTSIDE = True
    alarm("let", drill=True)
    post_all()
    assert receivers[1].letters[0]["Subject"].strip().startswith(DRILL_MARK)


def test_errors_and_the_log_hold_no_address_and_no_secret(
    receivers: tuple[Receiver, MailServer], caplog: pytest.LogCaptureFixture
) -> None:
    receivers[0].answers[:] = [(500, SECRET.encode())]
    copy = sent(Channel.WEBHOOK, f"{receivers[0].url}?token=hidden")
    contents = bytes(copy.contact.envelope) if copy.contact else b""
    for text in (caplog.text, copy.last_error, str(copy.contact), contents.decode("latin1")):
        assert "hidden" not in text
        assert SECRET not in text
    assert len(contents) > 60
