"""Stages fire once, in due order, with their true lateness, and tell who must know (5.1(8), A16, A58)."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditEvent
from outbox.models import Message
from reporting.actions.clocks import fire_due
from reporting.models import Obligation, StageCode, StageEvent
from reporting.verdicts import VerdictState
from tests.support.clocks import (
    COUNTY,
    DUTY_ROOM,
    OFFICE,
    PHONE,
    WRITTEN,
    after,
    armed,
    deliver,
    fired,
    leg,
    major,
)
from tests.support.evidence import broken_links
from tests.support.reports import incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(101, 102)]

BOTH = (DUTY_ROOM, OFFICE)
DESK = {COUNTY, "330212-fso", "330212-regulator"}


def fire(minute: float) -> int:
    return fire_due(source="test", at=after(minute))


def test_each_stage_fires_in_the_minute_it_falls_due_and_once() -> None:
    found = major()
    assert [fire(minute) for minute in (14.99, 15, 15, 30.99, 31, 60.99, 61, 120.99, 121, 500)] == [
        *(0, 2, 0, 2),  # reminders of the phone, then of the written report
        *(2, 0, 4, 0, 2, 0),  # phone target, phone limit with the written target, written limit
    ]
    assert fired(found) == [
        *[("12:15", StageCode.REMINDER, PHONE, to) for to in BOTH],
        *[("12:30", StageCode.REMINDER, WRITTEN, to) for to in BOTH],
        *[("12:31", StageCode.TARGET_MISSED, PHONE, to) for to in BOTH],
        ("13:01", StageCode.LIMIT_PASSED, PHONE, DUTY_ROOM),
        ("13:01", StageCode.TARGET_MISSED, WRITTEN, DUTY_ROOM),
        ("13:01", StageCode.LIMIT_PASSED, PHONE, OFFICE),
        ("13:01", StageCode.TARGET_MISSED, WRITTEN, OFFICE),
        *[("14:01", StageCode.LIMIT_PASSED, WRITTEN, to) for to in BOTH],
    ]
    assert not Obligation.objects.filter(next_due_at__isnull=False).exists()


def test_after_an_outage_everything_overdue_fires_once_in_due_order_with_its_true_lateness() -> None:
    found = major()
    assert fire(300) == 12
    order = [row[0] for row in fired(found)]
    assert order == sorted(order)
    assert len(order) == 12
    assert {event.fired_at for event in StageEvent.objects.all()} == {after(300)}
    assert fire(300) == 0


def test_of_clocks_armed_late_every_past_stage_fires_at_once_and_says_that_nobody_knew() -> None:
    found = incident(120, at=after(90), occurred_earliest=after(0), occurred_latest=after(0))
    assert fire(90) == 10
    limits = StageEvent.objects.filter(stage=StageCode.LIMIT_PASSED)
    assert [event.on_record["limit_before_knowledge"] for event in limits] == [True, True]
    assert {event.due_at for event in limits} == {after(61)}
    assert leg(found, WRITTEN, at=after(90)).verdict.state == VerdictState.RUNNING_PAST_TARGET


def test_who_is_told_grows_with_the_stage() -> None:
    major()
    fire(121)
    told = {
        stage: set(Message.objects.filter(kind=f"clock_{stage}").values_list("recipient", flat=True))
        for stage in StageCode
    }
    assert told == {
        StageCode.REMINDER: DESK,
        StageCode.TARGET_MISSED: DESK | {OFFICE},
        StageCode.LIMIT_PASSED: DESK | {OFFICE, DUTY_ROOM},
    }
    assert Message.objects.filter(kind="clock_limit_passed").count() == 4 * 5


def test_messages_name_number_level_place_and_limit_and_link_to_the_incident() -> None:
    found = major()
    fire(15)
    message = Message.objects.filter(kind="clock_reminder", recipient=COUNTY).earliest("pk")
    assert found.number in message.title
    for word in ("鄞州区", "Ⅲ级", "5月1日 12:30", "5月1日 13:00", "不是预案规定的时限"):
        assert word in message.body
    assert message.link == reverse("response:incident", args=[found.number])
    assert message.chain == found.chain


def test_a_drill_says_so_in_every_message() -> None:
    major(is_drill=True)
    fire(61)
    assert Message.objects.filter(kind__startswith="clock_").exists()
    assert not Message.objects.exclude(title__startswith="【演练】").exists()


def test_a_leg_that_was_met_fires_nothing_more_and_the_others_go_on() -> None:
    found = major()
    deliver(found, after(10))
    fire(121)
    assert {row[3] for row in fired(found) if row[2] == PHONE} == {OFFICE}
    assert leg(found, at=after(121)).obligation.next_due_at is None


def test_a_report_in_time_but_entered_late_leaves_the_stages_and_changes_the_verdict() -> None:
    found = major()
    fire(61)
    deliver(found, after(29), at=after(70))
    view = leg(found, at=after(70))
    assert [event.stage for event in view.stages] == list(StageCode)
    assert view.verdict.state == VerdictState.MET_IN_TARGET
    assert view.received is not None
    assert view.received.is_back_entry


def test_every_stage_stands_on_the_incidents_chain() -> None:
    found = major()
    fire(121)
    rows = AuditEvent.objects.filter(chain=found.chain, action="reporting.fire_stage")
    assert rows.count() == 12
    assert set(rows.values_list("actor", flat=True)) == {"clock"}
    assert broken_links() == []


def test_what_a_stage_says_was_on_record_names_what_did_not_close_it() -> None:
    found = major()
    wrong = deliver(found, after(5), to="city-gov")
    fire(15)
    event = StageEvent.objects.filter(obligation__leg=PHONE).earliest("pk")
    assert event.on_record["deliveries"] == [wrong.pk]
    assert event.on_record["level"] == "III"


@pytest.mark.parametrize("incidents", [1, 10])
def test_firing_takes_the_same_number_of_queries_for_one_incident_and_for_ten(incidents: int) -> None:
    for number in range(incidents):
        major(place_text=f"饭店{number}")
    with CaptureQueriesContext(connection) as queries:
        assert fire(121) == 12 * incidents
    assert len(queries) == 14


def poison(obligation: Obligation) -> None:
    """Make the database refuse every stage of one obligation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'poison' USING ERRCODE = 'check_violation'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER poison BEFORE INSERT ON reporting_stageevent FOR EACH ROW "
            f"WHEN (NEW.obligation_id = {obligation.pk:d}) EXECUTE FUNCTION poison()"
        )


def test_what_cannot_fire_is_pushed_aside_for_seconds_and_blocks_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    found, other = major(), major(place_text="另一家")
    bad = armed(found)[0]
    poison(bad)
    with caplog.at_level(logging.ERROR):
        assert fire(15) == 3
    assert f"obligation {bad.pk} can't fire" in caplog.text
    assert (len(fired(found)), len(fired(other))) == (1, 2)
    waiting = Obligation.objects.get(pk=bad.pk)
    assert waiting.retry_count == 1
    assert waiting.next_due_at is not None
    assert 0 < (waiting.next_due_at - after(15)).total_seconds() <= 60
    assert waiting.next_stage == StageCode.REMINDER
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER poison ON reporting_stageevent")
    assert fire(16) == 1
    late = StageEvent.objects.get(obligation=bad)
    assert (late.due_at, late.fired_at) == (after(15), after(16))
    assert Obligation.objects.get(pk=bad.pk).retry_count == 0
