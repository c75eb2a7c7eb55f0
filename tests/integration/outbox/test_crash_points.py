"""A sender that dies after any of its statements: the letter arrives, at most once more than it died, and says so."""

from collections import Counter
from itertools import count

import pytest
from django.db.models import F
from pytest_django import Settings

from outbox.actions.outcomes import LEASE
from outbox.models import Channel, Contact, Message, MessageState
from tests.support.contacts import contact
from tests.support.crashing import CRASHED, SURVIVED, dying_caller
from tests.support.evidence import broken_links
from tests.support.letters import OFFICE, alarm, post_all
from tests.support.receivers import Receiver, http_receiver

# Claiming, and writing down what became of it; fewer would mean that the statements were not counted.
FEWEST_STATEMENTS = 8


def lease_runs_out() -> None:
    Message.objects.update(lease_until=F("lease_until") - 2 * LEASE)
    Contact.objects.update(free_at=F("free_at") - 2 * LEASE)


def check_copies(receiver: Receiver, deaths: int) -> None:
    """Each letter came, at most one of them unmarked, and no more copies than one and a copy for each death."""
    titles: dict[str, list[str]] = {}
    for one in receiver.received:
        titles.setdefault(one.json["id"], []).append(one.json["title"])
    for said in titles.values():
        unmarked = [title for title in said if "重复提醒" not in title]
        assert len(unmarked) <= 1
    copies = Counter(one.json["id"] for one in receiver.received)
    assert max(copies.values()) <= 2
    assert sum(copies.values()) - len(copies) <= deaths


@pytest.mark.usefixtures("committed_db")
def test_killed_after_any_statement_of_sending_nothing_is_lost_and_a_repeat_says_that_it_is_one(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("OUTSIDE_ALLOW_HTTP", "1")
    monkeypatch.setenv("OUTSIDE_NETWORKS", "127.0.0.1/32")
    settings.OUTSIDE_ALLOW_HTTP, settings.OUTSIDE_NETWORKS = True, ["127.0.0.1/32"]
    with http_receiver() as receiver, dying_caller("post") as post_and_die:
        contact(OFFICE, Channel.WEBHOOK, receiver.url)
        for statement in count(1):
            alarm(str(statement))
            status = post_and_die(statement)
            lease_runs_out()
            while post_all():
                lease_runs_out()
            if status == SURVIVED:
                break
            assert status == CRASHED
        assert statement > FEWEST_STATEMENTS
        check_copies(receiver, deaths=statement - 1)
        assert len({one.json["id"] for one in receiver.received}) == statement
    sent = Message.objects.filter(channel=Channel.WEBHOOK)
    assert set(sent.values_list("state", flat=True)) == {MessageState.SENT}
    assert sent.filter(repeats=1).count() > 0
    assert broken_links() == []
