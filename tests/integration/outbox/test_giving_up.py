"""An alarm whose letter fails for good reaches somebody else: the person's other address, else the next in turn (5.1)."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from outbox.actions.climbing import climb_due
from outbox.actions.messages import acknowledge
from outbox.models import Channel, Climb, Message, MessageState, Rank
from tests.integration.outbox.test_receipts import GATEWAY, report
from tests.integration.outbox.test_routes import on_duty, person, told
from tests.support.contacts import contact
from tests.support.evidence import broken_links
from tests.support.letters import OFFICE, alarm, copies_of, outside, post_all
from tests.support.receivers import MailServer

pytestmark = pytest.mark.django_db
REFUSED = "550 no such user"


@pytest.fixture
def mail(settings: Settings) -> Iterator[MailServer]:
    with outside(settings) as (_receiver, server):
        yield server


def test_the_persons_other_address_is_tried_before_anybody_else_is_woken(mail: MailServer) -> None:
    duty, standby = person("duty"), person("standby")
    contact(OFFICE, Channel.SMS, "13800001234", person=duty, for_alarms=False, for_notices=True)
    on_duty(duty, standby)
    message = alarm()
    mail.refusals[:] = [REFUSED]
    post_all()
    assert [(each.channel, each.state) for each in copies_of(message)] == [
        (Channel.EMAIL, MessageState.FAILED),
        (Channel.SMS, MessageState.SENT),
    ]
    assert climb_due(source="test") == 0


def test_with_no_other_address_the_next_in_turn_is_told_at_once_and_the_turn_after_at_its_time(
    mail: MailServer,
) -> None:
    duty, standby, leader = person("duty"), person("standby"), person("leader", is_manager=True)
    on_duty(duty, standby)
    message = alarm(chain="incident:NB2026-0001")
    mail.refusals[:] = [REFUSED]
    post_all()
    assert climb_due(source="test") == 1
    climb = Climb.objects.get()
    assert (climb.rank, climb.people) == (Rank.STAND_IN, [standby_ref := f"user:{standby.pk}"])
    assert climb.due_at <= climb.climbed_at
    message.refresh_from_db()
    assert message.rungs[1]["people"] == [f"user:{leader.pk}"] != [standby_ref]
    assert message.climbs_at is not None
    assert message.climbs_at.isoformat() == message.rungs[1]["due_at"]
    assert Message.objects.filter(kind="message_failed", channel=Channel.INAPP).count() == 1
    assert broken_links() == []


def test_while_a_letter_of_the_same_turn_may_still_arrive_nobody_else_is_woken(mail: MailServer) -> None:
    one, two, standby = person("one"), person("two"), person("standby")
    on_duty(one, standby)
    on_duty(two)
    message = alarm()
    mail.refusals[:] = [REFUSED]
    post_all()
    assert sorted(each.state for each in copies_of(message)) == [MessageState.FAILED, MessageState.SENT]
    assert climb_due(source="test") == 0


def test_what_somebody_has_taken_on_wakes_nobody(mail: MailServer) -> None:
    duty, standby = person("duty"), person("standby")
    on_duty(duty, standby)
    message = alarm()
    acknowledge(message=message, by_ref=f"user:{duty.pk}", office=OFFICE, at=message.created_at)
    mail.refusals[:] = [REFUSED]
    post_all()
    assert climb_due(source="test") == 0
    assert told(message) == [(Rank.ON_DUTY, "d…@example.org")]


def test_a_text_that_the_gateway_could_not_deliver_counts_as_failed(
    mail: MailServer, settings: Settings, client: Client
) -> None:
    settings.SMS_RECEIPT_SECRET = GATEWAY
    duty, standby = person("duty", has_address=False), person("standby")
    kept = contact(OFFICE, Channel.SMS, "13800001234", person=duty)
    on_duty(duty, standby)
    message = alarm()
    post_all()
    (copy,) = copies_of(message)
    assert report(client, f"{kept.ref}-{copy.pk}", state="failed", secret=GATEWAY) == 204
    copy.refresh_from_db()
    assert copy.state == MessageState.FAILED
    assert climb_due(source="test") == 1


def test_the_failure_of_a_letter_that_says_so_is_not_said_again(mail: MailServer) -> None:
    contact(OFFICE, Channel.EMAIL, "desk@example.org", for_notices=True)
    alarm()
    mail.refusals[:] = [REFUSED] * 3
    post_all()
    assert Message.objects.filter(kind="message_failed", channel=Channel.INAPP).count() == 1
    assert Message.objects.filter(kind="message_failed", channel=Channel.EMAIL).get().state == "failed"
