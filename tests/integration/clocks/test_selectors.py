"""What pages and the board read about legs: scoped, ordered, in a constant number of queries (5.1(8), A48)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.actions.clocks import fire_due
from reporting.selectors import legs, running_legs
from tests.support.clocks import COUNTY, DUTY_ROOM, OFFICE, PHONE, WRITTEN, after, deliver, leg, major
from tests.support.people import actor
from tests.support.reports import HAISHU, report

pytestmark = [pytest.mark.django_db, pytest.mark.clause(101, 102)]


def test_countdown_is_to_the_target_then_to_the_limit_of_the_earliest_occurrence() -> None:
    found = major(occurred_earliest=after(-20), occurred_latest=after(0))
    seen = [leg(found, at=after(minute)).remaining_s for minute in (0, 10.5, 11, 40.5, 41, 60.5, 61)]
    assert seen == [600, 0, 29 * 60, 0, 19 * 60, 0, None]
    deliver(found, after(5))
    assert leg(found, at=after(6)).remaining_s is None


def test_a_county_sees_its_own_running_legs_and_the_city_all_most_pressing_first() -> None:
    found = major()
    other = report(130, at=after(20), area=HAISHU, place_text="海曙酒家").incident
    deliver(found, after(10))
    city = running_legs(actor(DUTY_ROOM), after(65))
    assert len([view for view in city if view.obligation.limit_at]) == 7
    assert [(view.incident, view.label, view.recipient.code) for view in city[:2]] == [
        (found, "电话/紧急渠道报告", OFFICE),
        (other, "电话/紧急渠道报告", DUTY_ROOM),
    ]
    assert {view.incident for view in running_legs(actor("330203-gov"), after(65))} == {other}
    assert running_legs(actor("330282-gov"), after(65)) == []


def test_legs_come_in_the_order_of_bearer_recipient_and_channel() -> None:
    found = major()
    seen = [
        (view.bearer.code, view.recipient.code, view.obligation.leg) for view in legs([found.pk], after(1))
    ]
    onward = [
        ("330212-gov", DUTY_ROOM, "onward"),
        ("330212-regulator", "330212-gov", "onward"),
        ("330212-regulator", "city-regulator", "onward"),
        ("city-regulator", "province-regulator", "onward"),
    ]
    assert seen == onward + [(COUNTY, to, how) for to in (DUTY_ROOM, OFFICE) for how in (PHONE, WRITTEN)]


def test_reading_legs_takes_six_queries_whatever_there_is() -> None:
    ids = [major(place_text=f"饭店{number}").pk for number in range(5)]
    fire_due(source="test", at=after(61))
    by = actor(OFFICE)
    with CaptureQueriesContext(connection) as of_one:
        assert len(legs(ids[:1], after(61))) == 8
    with CaptureQueriesContext(connection) as of_all:
        views = legs(ids, after(61))
        assert (
            len([(view.bearer.name, view.recipient.name, view.incident.county.name) for view in views]) == 40
        )
    with CaptureQueriesContext(connection) as of_board:
        assert len(running_legs(by, after(61))) == 30
    assert (len(of_one), len(of_all), len(of_board)) == (6, 6, 7)
