"""An acknowledged alarm whose report does not come asks again (5.1(8), A19; house setting)."""

from datetime import datetime, timedelta

import pytest

from audit.models import AuditEvent
from incidents.models import Incident
from outbox.actions.climbing import climb_due
from outbox.actions.messages import acknowledge
from outbox.models import Message
from reporting.actions.asking_again import ask_again_due
from reporting.actions.clocks import fire_due
from tests.support.clocks import COUNTY, DUTY_ROOM, OFFICE, PHONE, WRITTEN, deliver, major
from tests.support.evidence import broken_links
from tests.support.reports import NOON, minutes

pytestmark = [pytest.mark.django_db, pytest.mark.clause(102)]

AGAIN = timedelta(minutes=15)


def taken_on(kind: str, at: datetime, recipient: str = COUNTY) -> Message:
    """An alarm of the county's government that somebody acknowledges at that moment."""
    message = Message.objects.filter(kind=kind, recipient=recipient).earliest("pk")
    acknowledge(message=message, by_ref="user:1", office=recipient, at=at)
    message.refresh_from_db()
    return message


def reminded() -> tuple[Incident, Message]:
    found = major()
    fire_due(source="test", at=NOON + minutes(15))
    return found, taken_on("clock_reminder", NOON + minutes(16))


def asked(at: datetime) -> int:
    return ask_again_due(source="test", at=at)


def again() -> list[Message]:
    return list(Message.objects.filter(kind="clock_again").order_by("pk"))


def test_it_asks_again_after_its_time_to_the_second_and_once() -> None:
    found, message = reminded()
    due = NOON + minutes(16) + AGAIN
    assert asked(due - timedelta(microseconds=1)) == 0
    assert asked(due) == 1
    assert asked(due) == 0
    (alarm,) = again()
    assert (alarm.recipient, alarm.is_alarm, alarm.subject) == (COUNTY, True, message.subject)
    assert found.number in alarm.title
    assert "不是预案规定的时限" in alarm.body
    assert (
        AuditEvent.objects.filter(action="reporting.ask_again", subject=f"message:{message.pk}").count() == 1
    )
    assert broken_links() == []


def test_each_new_acknowledgement_is_asked_about_anew() -> None:
    reminded()
    asked(NOON + minutes(31))
    acknowledge(message=again()[0], by_ref="user:1", office=COUNTY, at=NOON + minutes(32))
    assert asked(NOON + minutes(46)) == 0
    assert asked(NOON + minutes(47)) == 1
    assert len(again()) == 2


def test_a_report_that_came_meanwhile_is_not_asked_for() -> None:
    found, message = reminded()
    for to in (DUTY_ROOM, OFFICE):
        for how in (PHONE, WRITTEN):
            deliver(found, NOON + minutes(20), how=how, to=to)
    assert asked(NOON + minutes(31)) == 0
    message.refresh_from_db()
    assert message.asks_again_at is None


def test_an_alarm_about_all_clocks_asks_for_the_first_that_is_still_open() -> None:
    found = major()
    taken_on("clock_armed", NOON + minutes(1))
    deliver(found, NOON + minutes(5), how=PHONE, to=DUTY_ROOM)
    assert asked(NOON + minutes(16)) == 1
    assert "电话" in again()[0].title or "书面" in again()[0].title
    assert "市政府总值班室作电话" not in again()[0].title


def test_a_message_that_was_only_read_does_not_ask() -> None:
    major()
    assert Message.objects.filter(asks_again_at__isnull=False).count() == 0
    assert asked(NOON + minutes(600)) == 0
    assert climb_due(source="test", at=NOON + minutes(600)) == 0
