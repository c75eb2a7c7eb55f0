"""What becomes of the clocks when two incidents are found to be one (A56)."""

from datetime import datetime

import pytest

from incidents.actions.facts import NewFact, record_facts
from incidents.actions.joins import accept_join
from incidents.models import CountKind, Incident, JoinProposal
from reporting.actions.clocks import fire_due
from reporting.models import Obligation, ObligationState
from reporting.verdicts import VerdictState
from tests.support.clocks import COUNTY, OFFICE, WRITTEN, after, armed, deliver, leg, major, matrix, of
from tests.support.people import actor
from tests.support.reports import NOON, incident, people

pytestmark = [pytest.mark.django_db, pytest.mark.clause(101, 102)]


def joined(one: Incident, other: Incident, at: datetime) -> Incident:
    proposal = JoinProposal.objects.get(incident=other, other=one)
    return accept_join(proposal=proposal, reason="同一供餐单位", by=actor("330212-regulator"), at=at)


def test_two_that_are_one_cross_together_and_the_link_is_the_knowledge() -> None:
    first = incident(60)
    second = incident(60, at=after(20))
    assert armed(first) == armed(second) == []
    whole = joined(first, second, after(200))
    assert matrix(whole) == of(COUNTY)
    assert {(each.anchor_latest, each.known_at) for each in armed(whole)} == {(after(20), after(200))}


def own(number: int, series: str, at: datetime) -> NewFact:
    return people(number, at=at, count_kind=CountKind.OWN, series=series)


def test_after_a_merge_each_bearer_has_one_clock_and_nothing_satisfied_restarts() -> None:
    first = incident(facts=(own(60, "a", NOON),))
    second = incident(facts=(own(60, "b", after(20)),), at=after(20))
    grown = own(120, "b", after(40))
    record_facts(incident=second, entries=[grown], by=actor("330212-regulator"), at=after(40))
    deliver(second, after(50))
    whole = joined(first, second, after(60))
    assert matrix(whole) == of(COUNTY)
    satisfied = leg(whole, at=after(61))
    assert (satisfied.incident, satisfied.obligation.anchor_latest) == (second, after(40))
    assert satisfied.verdict.state == VerdictState.MET_IN_TARGET
    moved = leg(whole, WRITTEN, at=after(61))
    assert (moved.incident, moved.obligation.anchor_latest) == (first, after(20))
    assert [version.obligation.anchor_latest for version in moved.history] == [after(40)]
    deliver(whole, after(62), WRITTEN)
    assert leg(whole, WRITTEN, at=after(63)).verdict.received_at == after(62)


def test_what_either_part_delivered_stops_the_clock_of_the_whole() -> None:
    first = major()
    second = major(at=after(20))
    deliver(second, after(30))
    whole = joined(first, second, after(30.5))
    fire_due(source="test", at=after(300))
    view = leg(whole, at=after(300))
    assert (view.incident, view.verdict.state) == (first, VerdictState.MET_IN_TARGET)
    assert view.stages == ()
    assert len(leg(whole, to=OFFICE, at=after(300)).stages) == 3


def test_a_merge_of_two_at_major_keeps_one_clock_per_leg() -> None:
    first = major()
    second = major(at=after(20))
    whole = joined(first, second, after(60))
    assert matrix(whole) == of(COUNTY)
    assert {each.incident_id for each in armed(whole)} == {first.pk}
    replaced = Obligation.objects.filter(incident=second, clause="5.1(8)")
    assert {each.state for each in replaced} == {ObligationState.SUPERSEDED}
