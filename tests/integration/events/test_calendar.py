"""市食药安办 keeps the calendar of important events, and the clocks follow what it says (5.1(8), A22, A65)."""

from typing import Any

import pytest

from audit.models import AuditEvent
from outbox.models import Message
from plan.refusal import PlanRefusal
from reporting.actions.events import cancel_event, change_event, enter_event
from reporting.models import ImportantEvent, Obligation, ObligationState
from reporting.verdicts import VerdictState
from tests.support.checksums import table_checksums
from tests.support.clocks import COUNTY, DUTY_ROOM, OFFICE, after, armed, deliver, leg, matrix, of
from tests.support.events import cancel, change, draft, event, starts, under_event
from tests.support.people import actor
from tests.support.reports import CIXI, HAISHU, YINZHOU, incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(99)]


def test_an_event_entered_afterwards_arms_and_nobody_knew_before() -> None:
    found = incident(2)
    elsewhere = incident(2, area=HAISHU, place_text="海曙酒家")
    entered = event(-60, 600, YINZHOU, at=after(200))
    assert (matrix(found), armed(elsewhere)) == (of(COUNTY), [])
    view = leg(found, at=after(200))
    assert view.verdict.state == VerdictState.MISSED
    assert view.limit_before_knowledge
    assert view.knowledge is not None
    assert view.knowledge.start_at == after(200)
    assert view.event == entered
    assert view.is_event_late
    told = Message.objects.filter(kind="clock_armed").values_list("recipient", flat=True)
    assert COUNTY in told
    assert AuditEvent.objects.filter(action="reporting.enter_event", office=OFFICE).count() == 1


def test_an_event_entered_beforehand_is_not_called_late() -> None:
    event(-60, 600)
    assert not leg(incident(2), at=after(1)).is_event_late


def test_the_same_event_entered_twice_is_one() -> None:
    assert event(-60, 600) == event(-60, 600)
    assert ImportantEvent.objects.count() == 1


def test_a_changed_period_moves_the_clocks_and_says_why() -> None:
    entered = event(-60, 600)
    found = incident(2, at=after(20), occurred_earliest=after(-50), occurred_latest=after(10))
    assert starts(found) == {(after(-50), after(10))}
    version = change(entered, draft(-30, 600), at=after(40))
    assert starts(found) == {(after(-30), after(10))}
    (old,) = leg(found, at=after(41)).history
    assert "重要活动日历更正" in old.obligation.closed_reason
    assert (version.entry_id, version.reason) == (entered.pk, "日程调整")


def test_a_change_that_touches_no_start_leaves_the_clocks_running() -> None:
    entered = event(-60, 600)
    found = incident(2)
    before = under_event(found)
    change(entered, draft(-60, 300, name="全运会"), at=after(40))
    assert under_event(found) == before


def test_a_wider_area_arms_the_incidents_it_now_holds() -> None:
    entered = event(-60, 600, CIXI)
    found = incident(2)
    change(entered, draft(-60, 600, CIXI, YINZHOU), at=after(40))
    assert matrix(found) == of(COUNTY)


def test_a_cancelled_event_ends_what_is_open_and_leaves_what_was_met() -> None:
    entered = event(-60, 600)
    found = incident(2)
    deliver(found, after(10))
    cancel(entered, at=after(40))
    states = {
        (each.recipient.code, each.leg): each.state
        for each in Obligation.objects.filter(incident=found, clause="5.1(8)").select_related("recipient")
    }
    met = states.pop((DUTY_ROOM, "phone"))
    assert (met, set(states.values())) == (ObligationState.ARMED, {ObligationState.ENDED})
    assert armed(incident(2, place_text="另一家", at=after(50))) == []


def test_a_cancelled_event_ends_nothing_where_another_covers() -> None:
    entered = event(-60, 600)
    other = event(-60, 600, YINZHOU, name="区域展会", scope="regional")
    found = incident(2)
    cancel(entered, at=after(40))
    assert matrix(found) == of(COUNTY)
    assert {each.event for each in under_event(found)} == {other}


def test_a_refused_entry_changes_nothing() -> None:
    entered = event(-60, 600)
    newest = change(entered, draft(-60, 300), at=after(1))
    incident(2)
    office, county = actor(OFFICE), actor("330212-fso")
    before = table_checksums()
    cases: list[tuple[Any, dict[str, Any], str, int]] = [
        (enter_event, {"draft": draft(0, 60), "by": county}, "office_lacks_right", 403),
        (enter_event, {"draft": draft(0, 60, name=" ")}, "event_without_name", 422),
        (enter_event, {"draft": draft(60, 59)}, "event_period_invalid", 422),
        (enter_event, {"draft": draft(0, 60, place_name="会展中心")}, "event_place_without_county", 422),
        (
            change_event,
            {"event": newest, "draft": draft(0, 60), "reason": " "},
            "correction_without_reason",
            422,
        ),
        (
            change_event,
            {"event": entered, "draft": draft(0, 60), "reason": "改"},
            "event_already_changed",
            409,
        ),
        (cancel_event, {"event": entered, "reason": "改"}, "event_already_changed", 409),
        (cancel_event, {"event": newest, "reason": "改", "by": county}, "office_lacks_right", 403),
    ]
    for act, said, code, status in cases:
        with pytest.raises(PlanRefusal) as refused:
            act(**{"by": office, "at": after(5), **said})
        assert (refused.value.code, refused.value.status) == (code, status)
    assert table_checksums() == before
