"""Operators and units owe the county regulator a report within an hour (5.1(1), 5.1(2); A18, A20, A46)."""

from typing import Any

import pytest

from accounts.models import Organisation
from incidents.actions.findings import find_not_an_incident
from incidents.models import Incident
from outbox.models import Message
from plan.refusal import PlanRefusal
from reporting.actions.clocks import fire_due
from reporting.actions.operators import OperatorDuty, record_operator_report
from reporting.leg_view import LegView
from reporting.models import Obligation
from reporting.selectors import legs
from reporting.verdicts import VerdictState
from tests.support.checksums import table_checksums
from tests.support.clocks import after, deliver, fired
from tests.support.people import actor, organisation
from tests.support.reports import NOON, incident, restaurant

pytestmark = [pytest.mark.django_db, pytest.mark.clause(91, 92)]
REGULATOR = "330212-regulator"
LAST_SECOND, FIRST_TOO_LATE = 60 + 59 / 60, 61


def operator(found: Incident, minute: float = 30, by: str = REGULATOR, **more: Any) -> Obligation:
    """The restaurant discovered harm at noon; entered so many minutes later."""
    given = {"duty": OperatorDuty.OPERATOR, "reporter": "甬江饭店", "discovered_at": NOON, **more}
    return record_operator_report(incident=found, by=actor(by), at=after(minute), **given)


def unit(found: Incident, minute: float = 30, **more: Any) -> Obligation:
    """Of a school, people fell ill together between noon and ten past."""
    given = {"reporter": "某小学", "occurred_earliest": NOON, "occurred_latest": after(10), **more}
    return record_operator_report(
        incident=found, duty=OperatorDuty.UNIT, by=actor(REGULATOR), at=after(minute), **given
    )


def view(clock: Obligation, minute: float) -> LegView:
    (found,) = [leg for leg in legs([clock.incident_id], after(minute)) if leg.bearer == clock.bearer]
    return found


@pytest.mark.parametrize(
    ("minute", "state"),
    [(LAST_SECOND, VerdictState.IN_TIME), (FIRST_TOO_LATE, VerdictState.LATE)],
)
def test_the_hour_of_an_operator_ends_with_the_minute_of_its_limit(
    minute: float, state: VerdictState
) -> None:
    clock = operator(incident(5), minute, received_at=after(minute), receiver="李监管")
    assert (clock.limit_at, clock.target_at, clock.recipient.code) == (after(60), None, REGULATOR)
    assert view(clock, 90).verdict.state == state


@pytest.mark.parametrize(
    ("minute", "state"),
    [(10 + LAST_SECOND, VerdictState.IN_TIME), (10 + FIRST_TOO_LATE, VerdictState.LATE)],
)
def test_the_hour_of_a_unit_runs_from_the_latest_its_people_can_have_fallen_ill(
    minute: float, state: VerdictState
) -> None:
    clock = unit(incident(5), minute, received_at=after(minute))
    assert (clock.urgent_limit_at, clock.limit_at) == (after(60), after(70))
    assert view(clock, 90).verdict.state == state


def test_of_one_that_has_not_reported_the_hour_runs_and_passes() -> None:
    found = incident(5)
    clock = operator(found)
    assert view(clock, 60).verdict.state == VerdictState.RUNNING
    assert view(clock, 61).verdict.state == VerdictState.MISSED
    fire_due(source="test", at=after(61))
    fire_due(source="test", at=after(61))
    assert fired(found) == [
        ("12:30", "reminder", "report", REGULATOR),
        ("13:01", "limit_passed", "report", REGULATOR),
    ]
    told = Message.objects.filter(kind__startswith="clock_").values_list("recipient", flat=True)
    assert set(told) == {REGULATOR}


def test_a_limit_that_passed_before_it_was_heard_of_fires_at_once_and_says_who_knew_when() -> None:
    found = incident(5)
    clock = operator(found, 200, known_at=after(90))
    fire_due(source="test", at=after(200))
    assert [stage for _due, stage, *_rest in fired(found)] == ["reminder", "limit_passed"]
    shown = view(clock, 200)
    assert shown.limit_before_knowledge
    assert shown.knowledge is not None
    assert (shown.knowledge.start_at, shown.knowledge.due_at) == (after(90), after(150))


def test_a_report_that_comes_later_closes_the_leg_and_stops_the_clock() -> None:
    found = incident(5)
    clock = operator(found)
    deliver(found, after(40), "report", bearer=clock.bearer.code, to=REGULATOR)
    assert view(clock, 90).verdict.received_at == after(40)
    fire_due(source="test", at=after(200))
    assert [stage for _due, stage, *_rest in fired(found)] == []


def test_the_same_entered_again_adds_only_the_receipt() -> None:
    found = incident(5)
    first = operator(found)
    again = operator(found, 45, received_at=after(44))
    assert (first.pk, Obligation.objects.filter(clause="5.1(1)").count()) == (again.pk, 1)
    assert view(again, 45).verdict.state == VerdictState.IN_TIME
    operator(incident(5, place_text="另一家"), 45)
    assert Organisation.objects.filter(kind="operator").count() == 1


def test_a_report_to_the_wrong_body_leaves_the_leg_open() -> None:
    clock = operator(incident(5), received_at=after(20), recipient=organisation("330212-health"))
    shown = view(clock, 61)
    assert shown.verdict.state == VerdictState.MISSED
    assert [(each.recipient.code, each.received_at) for each in shown.elsewhere] == [
        ("330212-health", after(20))
    ]


def test_another_start_needs_a_reason_and_keeps_the_old_verdict() -> None:
    found = incident(5)
    operator(found)
    fire_due(source="test", at=after(61))
    moved = operator(found, 70, discovered_at=after(40), reason="店方当时尚不知情")
    assert (moved.version, moved.limit_at) == (2, after(100))
    shown = view(moved, 71)
    assert shown.verdict.state == VerdictState.RUNNING
    (old,) = shown.history
    assert (old.verdict.state, len(old.stages)) == (VerdictState.MISSED, 2)
    assert "店方当时尚不知情" in old.obligation.closed_reason


def test_a_registered_place_is_one_bearer_and_its_own_county_the_recipient() -> None:
    place = restaurant("城隍庙小吃", "330203")
    clock = operator(incident(5), place=place)
    assert (clock.bearer.name, clock.recipient.code) == ("城隍庙小吃", "330203-regulator")


def test_what_is_no_incident_obliges_no_operator() -> None:
    found = incident(5)
    clock = operator(found)
    find_not_an_incident(incident=found, reason="晕车", by=actor("city-fso"), at=after(40))
    assert view(clock, 61).verdict.state == VerdictState.NO_LONGER_OWED
    assert fire_due(source="test", at=after(61)) == 0


def test_a_refusal_changes_nothing() -> None:
    found = incident(5)
    operator(found)
    for code in ("330203-regulator", "330212-gov"):
        actor(code)
    before = table_checksums()
    refusals: tuple[tuple[dict[str, Any], str, int], ...] = (
        ({"discovered_at": None}, "start_missing", 422),
        ({"discovered_at": after(31)}, "time_in_future", 422),
        ({"known_at": after(31)}, "time_in_future", 422),
        ({"reporter": " "}, "reporter_missing", 422),
        ({"discovered_at": after(5)}, "correction_without_reason", 422),
        ({"received_at": after(31)}, "received_in_future", 422),
        ({"by": "330203-regulator"}, "outside_jurisdiction", 403),
        ({"by": "330212-gov"}, "office_lacks_right", 403),
    )
    for changes, code, status in refusals:
        with pytest.raises(PlanRefusal) as refused:
            operator(found, **changes)
        assert (refused.value.code, refused.value.status) == (code, status)
    with pytest.raises(PlanRefusal) as refused:
        unit(found, occurred_earliest=after(20))
    assert refused.value.code == "occurred_interval_invalid"
    with pytest.raises(PlanRefusal) as refused:
        deliver(found, after(10), "report")
    assert refused.value.code == "leg_not_recordable"
    assert table_checksums() == before
