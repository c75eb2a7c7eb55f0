"""Alarms that go outside, sent until nothing is due."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import F
from pytest_django import Settings

from audit.clock import database_now
from outbox.actions.messages import Owed, owe
from outbox.actions.posting import post_next
from outbox.models import OUTSIDE, Contact, Message
from tests.support.receivers import MailServer, Receiver, http_receiver, mail_server

OFFICE = "330212-regulator"
TITLE, BODY = (
    "【法定时限已过】NB2026-0001：甬江区政府尚未向市政府总值班室作电话报告",
    "鄞州区，Ⅲ级。最迟09:30。",
)


def alarm(key: str = "a", recipient: str = OFFICE, **more: object) -> Message:
    """An alarm to an office, with its copies; returns the one in the inbox."""
    said = {"title": TITLE, "body": BODY, "link": "/incidents/NB2026-0001/", "is_alarm": True, **more}
    owe([Owed(dedupe_key=key, recipient=recipient, kind="test", **said)], at=database_now())  # type: ignore[arg-type]
    return Message.objects.get(dedupe_key=key)


def copies_of(message: Message) -> list[Message]:
    """The rows that carry it outside, as they are now."""
    return list(Message.objects.filter(about=message.dedupe_key).order_by("pk"))


def post_all(source: str = "test") -> int:
    """Send until nothing is due by any channel; returns how many were tried."""
    return sum(iter(lambda: sum(post_next(source=source, channel=each) for each in OUTSIDE), 0))


def let_time_pass(hours: float = 1) -> None:
    """Whatever waits for a moment finds that it has come."""
    span = timedelta(hours=hours)
    Message.objects.update(
        next_try_at=F("next_try_at") - span,
        lease_until=F("lease_until") - span,
        climbs_at=F("climbs_at") - span,
        asks_again_at=F("asks_again_at") - span,
    )
    Contact.objects.update(free_at=F("free_at") - span)


@contextmanager
def outside(settings: Settings) -> Iterator[tuple[Receiver, MailServer]]:
    """Receivers on this machine, which the installation lets messages go to."""
    with http_receiver() as receiver, mail_server() as mail:
        settings.OUTSIDE_ALLOW_HTTP, settings.OUTSIDE_NETWORKS = True, ["127.0.0.0/8"]
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail.port
        settings.DEFAULT_FROM_EMAIL = "spaq@example.org"
        settings.SMS_GATEWAY_URL = receiver.url
        settings.SITE_URL = "https://spaq.example.org"
        yield receiver, mail
