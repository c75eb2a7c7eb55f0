"""When the facts first reached Ⅲ: the 事发 of the clocks (A17, A48)."""

import pytest

from incidents.actions.facts import correct_fact, record_facts
from incidents.crossing import crossing
from incidents.line_lists import NewCase
from incidents.models import CountKind, FactKind, Incident
from incidents.selectors import current_facts
from tests.support.people import actor
from tests.support.reports import NOON, incident, minutes, people

pytestmark = [pytest.mark.django_db, pytest.mark.clause(99, 101)]

LATER = NOON + minutes(60)


def add(found: Incident, *entries: object) -> None:
    record_facts(incident=found, entries=entries, by=actor("330212-regulator"), at=LATER)  # type: ignore[arg-type]


def crossed(found: Incident) -> tuple[object, object] | None:
    reached = crossing(found)
    return (reached.earliest, reached.latest) if reached else None


def test_below_major_there_is_no_crossing() -> None:
    assert crossed(incident(99)) is None


def test_major_from_the_start_crosses_at_the_stated_occurrence() -> None:
    found = incident(100, occurred_earliest=NOON - minutes(40), occurred_latest=NOON - minutes(20))
    assert crossed(found) == (NOON - minutes(40), NOON - minutes(20))


def test_growing_into_major_crosses_at_the_as_of_time_of_the_last_count() -> None:
    found = incident(60)
    add(found, people(99, at=NOON + minutes(10)), people(130, at=NOON + minutes(25)))
    assert crossed(found) == (NOON + minutes(25), NOON + minutes(25))


def test_a_death_crosses_when_it_occurred_not_when_it_was_reported() -> None:
    found = incident(12)
    add(found, people(1, FactKind.DEATHS, at=LATER, happened_latest=NOON + minutes(30)))
    assert crossed(found) == (NOON + minutes(30), NOON + minutes(30))


def test_a_line_list_crosses_at_the_onset_of_the_hundredth_patient() -> None:
    found = incident(40, occurred_earliest=NOON - minutes(90), occurred_latest=NOON - minutes(90))
    cases = tuple(NewCase(local_id=str(n), onset_at=NOON + minutes(n / 2)) for n in range(80))
    add(
        found,
        people(
            80,
            at=LATER,
            count_kind=CountKind.OWN,
            series="R1",
            cases=cases,
            happened_latest=NOON + minutes(40),
        ),
    )
    # 40 by the total and the 60th of the list.
    assert crossed(found) == (NOON + minutes(29.5), NOON + minutes(29.5))


def test_facts_after_the_crossing_do_not_move_it() -> None:
    found = incident(100)
    before = crossed(found)
    add(found, people(400, at=LATER), people(2, FactKind.DEATHS, at=LATER))
    assert crossed(found) == before


def test_a_corrected_occurrence_moves_the_facts_dated_by_it() -> None:
    found = incident(100)
    occurred = current_facts([found.pk]).get(kind=FactKind.OCCURRED)
    moved = {"earliest": (NOON - minutes(50)).isoformat(), "latest": (NOON - minutes(45)).isoformat()}
    correct_fact(fact=occurred, value=moved, reason="监控录像", by=actor("330212-regulator"), at=LATER)
    assert crossed(found) == (NOON - minutes(50), NOON - minutes(45))
    assert Incident.objects.get(pk=found.pk).occurred_latest == NOON - minutes(45)
