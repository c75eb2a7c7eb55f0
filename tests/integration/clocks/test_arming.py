"""Which clocks start, since when, and what moves or ends them (5.1(8); A16, A17, A21, A48, A51, A55-A57)."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEvent
from incidents.actions.facts import NewFact, correct_fact, record_facts
from incidents.actions.findings import find_not_an_incident
from incidents.actions.incidents import involve_county
from incidents.fixing import fix_level
from incidents.models import CountyRole, FactKind, Incident
from incidents.selectors import current_facts
from outbox.models import Message
from plan.levels import IncidentLevel
from reporting.actions.bearers import name_city_unit
from reporting.actions.clocks import fire_due
from reporting.actions.reports import withdraw_report
from reporting.models import ObligationState, StageCode
from reporting.verdicts import VerdictState
from tests.support.clocks import (
    COUNTY,
    OFFICE,
    PHONE,
    after,
    armed,
    deliver,
    leg,
    major,
    matrix,
    of,
)
from tests.support.evidence import broken_links
from tests.support.people import actor, organisation
from tests.support.reports import CIXI, HAISHU, NOON, county, incident, people, report

pytestmark = [pytest.mark.django_db, pytest.mark.clause(99, 100, 101, 102)]


def add(found: Incident, *facts: NewFact, at: datetime) -> None:
    record_facts(incident=found, entries=facts, by=actor("330212-regulator"), at=at)


def correct(found: Incident, kind: str, value: Any, at: datetime) -> None:
    """Correct the latest fact of a kind."""
    newest = current_facts([found.pk]).filter(kind=kind).latest("as_of")
    correct_fact(fact=newest, value=value, reason="核实后更正", by=actor("330212-regulator"), at=at)


def test_below_major_no_clock_starts() -> None:
    assert armed(incident(99)) == []


def test_at_major_the_county_government_owes_both_recipients_by_phone_and_in_writing() -> None:
    found = major(occurred_earliest=after(-40), occurred_latest=after(-20))
    assert matrix(found) == of(COUNTY)
    phone, written = armed(found)[:2]
    assert (phone.anchor_earliest, phone.anchor_latest) == (after(-40), after(-20))
    assert (phone.urgent_target_at, phone.urgent_limit_at) == (after(-10), after(20))
    assert (phone.target_at, phone.limit_at) == (after(10), after(40))
    assert (written.target_at, written.limit_at) == (after(40), after(100))
    assert (phone.next_stage, phone.next_due_at) == (StageCode.REMINDER, after(-25))
    assert phone.crossing_id is not None


def test_arming_is_on_the_chain_and_in_the_inbox_of_those_who_do_the_work() -> None:
    found = major()
    armed_rows = AuditEvent.objects.filter(chain=found.chain, action="reporting.arm_clock")
    assert armed_rows.count() == 4
    assert broken_links() == []
    told = Message.objects.filter(kind="clock_armed")
    assert set(told.values_list("recipient", flat=True)) == {COUNTY, "330212-fso", "330212-regulator"}
    assert all("13:00" in message.body and "14:00" in message.body for message in told)


def test_more_facts_and_a_rise_to_ii_start_nothing_new() -> None:
    found = major()
    before = [each.pk for each in armed(found)]
    add(found, people(1, FactKind.DEATHS, at=after(30)), at=after(30))
    assert Incident.objects.get(pk=found.pk).proposed_level == IncidentLevel.II
    assert [each.pk for each in armed(found)] == before


def test_growing_into_major_starts_the_clocks_at_the_crossing_and_takes_its_knowledge_from_the_news() -> None:
    found = incident(60)
    add(found, people(130, at=after(25)), at=after(90))
    phone = armed(found)[0]
    assert (phone.anchor_latest, phone.limit_at, phone.known_at) == (after(25), after(85), after(90))
    view = leg(found, at=after(91))
    assert view.verdict.state == VerdictState.MISSED
    assert view.limit_before_knowledge
    assert view.knowledge is not None
    assert view.knowledge.due_at == after(150)


def test_each_county_of_harm_bears_its_own_clocks_and_a_county_of_origin_none() -> None:
    found = major()
    by = actor("330212-regulator")
    involve_county(incident=found, county=county(HAISHU), role=CountyRole.HARM, by=by, at=after(5))
    involve_county(incident=found, county=county(CIXI), role=CountyRole.SOURCE, by=by, at=after(6))
    assert matrix(found) == of("330203-gov") + of(COUNTY)
    late = [each for each in armed(found) if each.bearer.code == "330203-gov"]
    assert {each.anchor_latest for each in late} == {NOON}
    assert {each.known_at for each in late} == {after(5)}


def test_a_corrected_occurrence_replaces_the_clocks_and_the_old_keep_their_stages() -> None:
    found = major()
    fire_due(source="test", at=after(32))
    occurred = {"earliest": after(-30).isoformat(), "latest": after(-30).isoformat()}
    correct(found, FactKind.OCCURRED, occurred, after(35))
    assert matrix(found) == of(COUNTY)
    new = leg(found, at=after(36))
    assert (new.obligation.version, new.obligation.anchor_latest) == (2, after(-30))
    assert new.obligation.known_at == NOON
    assert new.verdict.state == VerdictState.MISSED
    (old,) = new.history
    assert (old.obligation.state, old.verdict.state) == (
        ObligationState.SUPERSEDED,
        VerdictState.RUNNING_PAST_TARGET,
    )
    assert [event.stage for event in old.stages] == [StageCode.REMINDER, StageCode.TARGET_MISSED]
    fire_due(source="test", at=after(36))
    again = leg(found, at=after(36))
    assert [event.stage for event in again.stages] == list(StageCode)
    assert [event.due_at for event in again.stages] == [after(-15), after(1), after(31)]
    assert {event.fired_at for event in again.stages} == {after(36)}


def test_lower_facts_end_nothing_but_a_signed_finding_does() -> None:
    found = major()
    deliver(found, after(10), PHONE, to=OFFICE)
    correct(found, FactKind.ILLNESS, 20, after(20))
    assert matrix(found) == of(COUNTY)
    fix_level(incident=found, level=IncidentLevel.BELOW, note="核实", by=actor("330212-fso"), at=after(45))
    assert matrix(found) == [(COUNTY, OFFICE, PHONE)]
    ended = leg(found, at=after(200))
    assert (ended.verdict.state, ended.verdict.before) == (
        VerdictState.NO_LONGER_OWED,
        VerdictState.RUNNING_PAST_TARGET,
    )
    assert leg(found, to=OFFICE, at=after(200)).verdict.state == VerdictState.MET_IN_TARGET
    assert fire_due(source="test", at=after(200)) == 0


def test_a_finding_that_it_is_no_incident_ends_the_clocks_whatever_the_facts_say() -> None:
    found = major()
    find_not_an_incident(incident=found, reason="实为煤气中毒", by=actor(OFFICE), at=after(20))
    assert armed(found) == []
    assert leg(found, at=after(200)).verdict.state == VerdictState.NO_LONGER_OWED
    assert fire_due(source="test", at=after(200)) == 0


def test_a_finding_signed_before_the_rise_ends_nothing() -> None:
    found = incident(60)
    fix_level(incident=found, level=IncidentLevel.IV, note="", by=actor("330212-fso"), at=after(5))
    add(found, people(120, at=after(10)), at=after(10))
    correct(found, FactKind.ILLNESS, 70, after(20))
    assert Incident.objects.get(pk=found.pk).duty_level == IncidentLevel.IV
    assert matrix(found) == of(COUNTY)


def test_a_reversal_revives_the_clocks() -> None:
    found = major()
    correct(found, FactKind.ILLNESS, 20, after(20))
    fix_level(incident=found, level=IncidentLevel.BELOW, note="", by=actor("330212-fso"), at=after(25))
    assert armed(found) == []
    correct(found, FactKind.ILLNESS, 130, after(40))
    assert matrix(found) == of(COUNTY)
    assert {each.version for each in armed(found)} == {2}
    assert {each.anchor_latest for each in armed(found)} == {NOON}


def test_a_withdrawn_report_does_not_end_its_own_clocks() -> None:
    first = report(120)
    withdraw_report(report=first, reason="误报", by=actor("330212-regulator"), at=after(10))
    assert matrix(first.incident) == of(COUNTY)
    fix_level(incident=first.incident, level=IncidentLevel.BELOW, note="误报", by=actor(OFFICE), at=after(15))
    assert armed(first.incident) == []


def test_a_level_raised_by_signature_alone_starts_the_clocks_at_the_signing() -> None:
    found = incident(60)
    fix_level(incident=found, level=IncidentLevel.III, note="市政府认定", by=actor(OFFICE), at=after(50))
    assert {(each.anchor_latest, each.crossing_id) for each in armed(found)} == {(after(50), None)}
    add(found, people(61, at=after(55)), at=after(55))
    add(found, people(130, at=after(60)), at=after(60))
    assert {each.anchor_latest for each in armed(found)} == {after(50)}
    earlier = people(120, at=after(40), happened_latest=after(40))
    add(found, earlier, at=after(70))
    assert {each.anchor_latest for each in armed(found)} == {after(40)}


def test_a_signed_level_keeps_the_clocks_when_the_facts_that_dated_them_fall() -> None:
    found = major()
    fix_level(incident=found, level=IncidentLevel.III, note="", by=actor(OFFICE), at=after(50))
    deliver(found, after(20))
    correct(found, FactKind.ILLNESS, 90, after(60))
    assert {each.anchor_latest for each in armed(found)} == {NOON}
    assert leg(found, at=after(61)).verdict.state == VerdictState.MET_IN_TARGET


def test_assessing_at_major_takes_the_same_number_of_queries_whatever_is_armed() -> None:
    found = major()
    actor("330212-regulator")
    with CaptureQueriesContext(connection) as few:
        add(found, people(121, at=after(1)), at=after(1))
    for code in ("city-health", "city-regulator", "city-agriculture", "city-education"):
        name_city_unit(incident=found, organisation=organisation(code), by=actor(OFFICE), at=after(2))
    with CaptureQueriesContext(connection) as many:
        add(found, people(122, at=after(3)), at=after(3))
    assert len(many) == len(few)
