"""Within an important event any incident starts the clocks of 5.1(8), at any level (second limb; A22, A55, A65)."""

import pytest

from incidents.actions.facts import NewFact, correct_fact, record_facts
from incidents.actions.incidents import involve_county
from incidents.fixing import fix_level
from incidents.line_lists import NewCase
from incidents.models import CountyRole, Fact, FactKind, Incident
from plan.levels import IncidentLevel
from reporting.actions.bearers import name_city_unit
from reporting.leg_view import LegView
from reporting.models import Ground, Obligation, ObligationState
from reporting.selectors import legs
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
    leg,
    matrix,
    of,
)
from tests.support.events import draft, event, starts, under_event
from tests.support.people import actor, organisation
from tests.support.reports import CIXI, HAISHU, YINZHOU, county, incident, people

pytestmark = [pytest.mark.django_db, pytest.mark.clause(99)]
DESK = "330212-regulator"


def learn(found: Incident, minute: float, *entries: NewFact) -> list[Fact]:
    return record_facts(incident=found, entries=entries, by=actor(DESK), at=after(minute))


def contamination(minute: float, *, since: float | None = None) -> NewFact:
    happened = after(minute if since is None else since)
    return NewFact(
        kind=FactKind.CONTAMINATED_FOOD,
        value=True,
        as_of=after(minute),
        happened_earliest=happened,
        happened_latest=happened,
    )


@pytest.mark.clause(100, 101, 102)
def test_below_any_level_within_an_event_each_leg_runs_from_the_first_case() -> None:
    event(-60, 600)
    found = incident(2)
    assert found.duty_level == IncidentLevel.BELOW
    assert matrix(found) == of(COUNTY)
    assert starts(found) == {(after(0), after(0))}
    dues = {(each.leg, each.target_at, each.limit_at) for each in under_event(found)}
    assert dues == {(PHONE, after(30), after(60)), (WRITTEN, after(60), after(120))}
    assert {each.event.name for each in under_event(found) if each.event} == {"全国运动会"}


@pytest.mark.parametrize(
    ("start", "end", "runs"),
    [(0, 600, True), (-60, 0, True), (1 / 60, 600, False), (-60, -1 / 60, False)],
)
def test_a_case_counts_from_the_first_instant_to_the_last_minute_of_the_event(
    start: float, end: float, runs: bool
) -> None:
    event(start, end)
    assert bool(under_event(incident(2))) is runs


def test_outside_the_calendar_a_small_incident_obliges_nobody_under_5_1_8() -> None:
    event(-60, 600, HAISHU)
    event(-60, 600, name="演练用", is_drill=True)
    assert armed(incident(2)) == []


@pytest.mark.parametrize(("place_text", "runs"), [("国际会展中心·三号馆食堂", True), ("甬江饭店", False)])
def test_an_event_at_a_named_place_covers_that_place_alone(place_text: str, runs: bool) -> None:
    event(-60, 600, YINZHOU, place_name="国际会展中心")
    assert bool(under_event(incident(2, place_text=place_text))) is runs


def test_an_interval_that_may_lie_within_starts_no_earlier_than_the_event_and_breaks_at_its_latest() -> None:
    event(0, 600)
    found = incident(2, at=after(20), occurred_earliest=after(-30), occurred_latest=after(10))
    assert starts(found) == {(after(0), after(10))}


def test_an_incident_from_before_is_within_once_more_fall_ill_during_it() -> None:
    event(30, 600)
    found = incident(2)
    learn(found, 40, people(2, at=after(40)))
    assert armed(found) == []
    learn(found, 50, people(3, at=after(45)))
    assert starts(found) == {(after(45), after(45))}
    assert {each.known_at for each in under_event(found)} == {after(50)}


def test_a_line_list_dates_it_to_the_first_onset_within() -> None:
    event(30, 600)
    found = incident(2)
    onsets = [NewCase(local_id=f"P{minute}", onset_at=after(minute)) for minute in (-5, 33, 31)]
    learn(found, 60, people(3, at=after(60), cases=tuple(onsets)))
    assert starts(found) == {(after(31), after(31))}


def test_contamination_counts_where_the_food_came_from_and_obliges_the_county_of_harm() -> None:
    event(30, 600, CIXI)
    found = incident(2)
    involve_county(incident=found, county=county(CIXI), role=CountyRole.SOURCE, by=actor(DESK), at=after(1))
    learn(found, 40, people(5, at=after(40)))
    assert armed(found) == []
    learn(found, 50, contamination(45))
    assert matrix(found) == of(COUNTY)
    assert starts(found) == {(after(45), after(45))}


def test_contamination_that_lasts_into_the_event_counts_from_the_event_s_start() -> None:
    event(30, 600)
    found = incident(2)
    learn(found, 50, contamination(29, since=5))
    assert armed(found) == []
    learn(found, 50, contamination(40, since=5))
    assert starts(found) == {(after(30), after(30))}


def test_the_end_of_the_event_stops_no_clock() -> None:
    event(-60, 20)
    found = incident(2)
    learn(found, 90, people(4, at=after(90)))
    assert starts(found) == {(after(0), after(0))}
    assert leg(found, at=after(90)).verdict.state == VerdictState.MISSED


@pytest.mark.clause(101)
def test_reaching_major_later_starts_the_first_limb_and_earlier_reports_dont_satisfy_it() -> None:
    event(-60, 600)
    found = incident(5)
    deliver(found, after(10))
    learn(found, 90, people(120, at=after(90)))
    first = [each for each in armed(found) if each.ground == Ground.FIRST_LIMB]
    assert [(each.bearer.code, each.recipient.code, each.leg) for each in first] == of(COUNTY)
    assert {each.anchor_latest for each in first} == {after(90)}
    assert starts(found) == {(after(0), after(0))}
    judged = {view.obligation.ground: view.verdict.state for view in phone_legs(found, 100)}
    assert judged == {
        Ground.SECOND_LIMB: VerdictState.MET_IN_TARGET,
        Ground.FIRST_LIMB: VerdictState.RUNNING,
    }


def phone_legs(found: Incident, minute: float) -> list[LegView]:
    return [
        view
        for view in legs([found.pk], after(minute))
        if (view.obligation.leg, view.recipient.code) == (PHONE, DUTY_ROOM)
    ]


def test_what_is_owed_as_major_since_no_later_a_moment_is_not_owed_twice() -> None:
    event(-60, 600)
    found = incident(120)
    assert {each.ground for each in armed(found)} == {Ground.FIRST_LIMB}
    assert matrix(found) == of(COUNTY)


def test_a_finding_below_major_ends_the_first_limb_and_leaves_the_second() -> None:
    event(-60, 600)
    found = incident(5)
    (grown,) = learn(found, 30, people(120, at=after(30)))
    correct_fact(fact=grown, value=6, reason="误录", by=actor(DESK), at=after(35))
    fix_level(incident=found, level=IncidentLevel.BELOW, note="查实", by=actor(OFFICE), at=after(40))
    ended = Obligation.objects.filter(incident=found, state=ObligationState.ENDED)
    assert {each.ground for each in ended} == {Ground.FIRST_LIMB}
    assert len(under_event(found)) == 4


@pytest.mark.clause(100)
def test_a_city_unit_named_within_an_event_bears_clocks_at_once() -> None:
    event(-60, 600)
    found = incident(2)
    name_city_unit(incident=found, organisation=organisation("city-health"), by=actor(OFFICE), at=after(5))
    assert matrix(found) == of(COUNTY) + of("city-health")


def test_a_corrected_occurrence_moves_the_clocks_and_keeps_the_old_verdict() -> None:
    event(-60, 600)
    found = incident(2)
    occurred = Fact.objects.get(incident=found, kind=FactKind.OCCURRED)
    moved = {"earliest": after(-10).isoformat(), "latest": after(-10).isoformat()}
    correct_fact(fact=occurred, value=moved, reason="核实", by=actor(DESK), at=after(70))
    assert starts(found) == {(after(-10), after(-10))}
    (old,) = leg(found, at=after(70)).history
    assert (old.verdict.state, old.verdict.late_min) == (VerdictState.MISSED, 10)


def test_drafts_name_their_area_by_county() -> None:
    assert draft(0, 1, "NB-DQH").fields()["counties"] == [YINZHOU]
