"""Messages: owed once, read and acknowledged by the office they went to (5.1)."""

from datetime import timedelta

import pytest

from audit.clock import database_now
from audit.models import AuditEvent
from outbox.actions.messages import Owed, acknowledge, mark_read, owe
from outbox.models import Message, MessageState
from outbox.selectors import messages_for, unread_count
from plan.refusal import PlanRefusal
from tests.support.checksums import table_checksums
from tests.support.evidence import broken_links

pytestmark = pytest.mark.django_db

OFFICE, OTHER = "330212-regulator", "330203-regulator"


def owed(key: str = "a", recipient: str = OFFICE, **more: object) -> Owed:
    return Owed(dedupe_key=key, recipient=recipient, kind="test", title="较大食品安全事故", **more)  # type: ignore[arg-type]


def message(**more: object) -> Message:
    owe([owed(**more)], at=database_now())  # type: ignore[arg-type]
    return Message.objects.latest("pk")


def test_a_message_owed_twice_is_there_once_as_first_owed() -> None:
    owe([owed(), owed(body="另一段")], at=database_now())
    owe([owed(body="又一段"), owed("b")], at=database_now())
    assert list(Message.objects.order_by("dedupe_key").values_list("dedupe_key", "body")) == [
        ("a", ""),
        ("b", ""),
    ]


def test_every_drill_message_says_so_first() -> None:
    assert message(drill=True).title.startswith("【演练】")


def test_the_inbox_shows_an_office_its_own_messages_newest_first_before_any_sender_ran() -> None:
    at = database_now()
    owe([owed("old")], at=at - timedelta(hours=1))
    owe([owed("new"), owed("theirs", OTHER)], at=at)
    assert [one.dedupe_key for one in messages_for([OFFICE])] == ["new", "old"]
    assert unread_count([OFFICE]) == 2


def test_the_first_reader_and_the_first_to_take_it_on_stand() -> None:
    found, at = message(), database_now()
    mark_read(message=found, by_ref="user:1", office=OFFICE, at=at)
    mark_read(message=found, by_ref="user:2", office=OFFICE, at=at + timedelta(minutes=1))
    acknowledge(message=found, by_ref="user:2", office=OFFICE, at=at + timedelta(minutes=2))
    acknowledge(message=found, by_ref="user:3", office=OFFICE, at=at + timedelta(minutes=3))
    found.refresh_from_db()
    assert (found.read_by, found.read_at) == ("user:1", at)
    assert (found.acknowledged_by, found.acknowledged_at) == ("user:2", at + timedelta(minutes=2))
    assert found.state == MessageState.ACKNOWLEDGED
    assert found.delivered_at == at
    assert unread_count([OFFICE]) == 0
    actions = AuditEvent.objects.filter(subject=f"message:{found.pk}").order_by("pk")
    assert list(actions.values_list("action", "actor")) == [
        ("outbox.mark_read", "user:1"),
        ("outbox.acknowledge", "user:2"),
    ]
    assert broken_links() == []


def test_taking_a_message_on_reads_it() -> None:
    found = message(chain="incident:2026-0001")
    acknowledge(message=found, by_ref="user:1", office=OFFICE, at=database_now())
    found.refresh_from_db()
    assert found.read_by == "user:1"
    assert AuditEvent.objects.filter(chain="incident:2026-0001").count() == 2


@pytest.mark.parametrize("act", [mark_read, acknowledge])
def test_another_office_may_not_touch_a_message(act: object) -> None:
    found = message()
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        act(message=found, by_ref="user:1", office=OTHER, at=database_now())  # type: ignore[operator]
    assert refused.value.status == 403
    assert table_checksums() == before
