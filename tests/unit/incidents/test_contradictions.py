"""Which numbers contradict each other, on facts that are not stored (预案 5.1, 7.3; A58)."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from incidents.contradictions import Pattern, contradictions
from incidents.models import CountKind, Fact, FactKind

pytestmark = pytest.mark.clause(90, 170)
NOON = datetime(2026, 5, 1, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
COUNTY, HOSPITAL = 1, 2
OFFICES = {COUNTY: "330212-regulator", HOSPITAL: "hosp-yinzhou-people"}


def stated(pk: int, value: int, *, seconds: float = 0, source: int = COUNTY, **more: Any) -> Fact:
    """A total of the county's as of noon, unless said otherwise."""
    given = {
        "kind": FactKind.ILLNESS,
        "count_kind": CountKind.TOTAL,
        "incident_id": 1,
        "office": OFFICES[source],
        "as_of": NOON + timedelta(seconds=seconds),
    }
    return Fact(pk=pk, value=value, source_id=source, **given | more)


def own(pk: int, value: int, **more: Any) -> Fact:
    """A count of the hospital's own patients."""
    return stated(pk, value, source=HOSPITAL, **{"count_kind": CountKind.OWN, **more})


def corrected(pk: int, was: Fact, value: int, *, office: str = "", **more: Any) -> Fact:
    """A row in place of another, by the same office unless said otherwise."""
    made = Fact(pk=pk, value=value, corrects_id=was.pk, first_id=was.statement_id, **more)
    for name in ("kind", "count_kind", "incident_id", "source_id", "as_of", "office"):
        setattr(made, name, getattr(was, name))
    made.office = office or was.office
    return made


def found(*facts: Fact) -> list[tuple[str, int, int, bool]]:
    return [(str(each.pattern), each.said.pk, each.against.pk, each.stands) for each in contradictions(facts)]


@pytest.mark.parametrize(
    ("seconds", "is_one"), [(-3600, True), (0, True), (59, True), (60, False), (3600, False)]
)
def test_a_higher_number_contradicts_only_up_to_the_minute_of_the_total(seconds: float, is_one: bool) -> None:
    expected = [(Pattern.OWN_TOTAL, 1, 2, True)] if is_one else []
    assert found(stated(1, 40), stated(2, 41, seconds=seconds)) == expected


@pytest.mark.parametrize("value", [39, 40])
def test_the_same_or_a_lower_number_contradicts_nothing(value: int) -> None:
    assert found(stated(1, 40), stated(2, value, seconds=-60)) == []


def test_the_latest_total_counts_not_the_one_recorded_last() -> None:
    facts = stated(1, 40, seconds=600), stated(2, 30), stated(3, 41, seconds=300)
    assert found(*facts) == [(Pattern.OWN_TOTAL, 1, 3, True)]


def test_numbers_of_others_may_overlap_and_contradict_nothing() -> None:
    assert found(stated(1, 40), own(2, 60), stated(3, 70, source=HOSPITAL)) == []


def test_an_offices_own_count_contradicts_its_total_too() -> None:
    assert found(stated(1, 40), stated(2, 50, count_kind=CountKind.OWN)) == [(Pattern.OWN_TOTAL, 1, 2, True)]


def test_totals_of_two_incidents_or_kinds_are_not_compared() -> None:
    assert found(stated(1, 40), stated(2, 50, incident_id=2), stated(3, 50, kind=FactKind.SEVERE)) == []


def test_an_estimate_of_the_exposed_contradicts_nothing() -> None:
    assert found(stated(1, 40, kind=FactKind.EXPOSED), stated(2, 50, kind=FactKind.EXPOSED)) == []


def test_correcting_ones_own_number_upwards_contradicts_nothing() -> None:
    first = stated(1, 40)
    assert found(first, corrected(2, first, 50)) == []
    # What it was corrected to is what later numbers are held against.
    assert found(first, corrected(2, first, 50), stated(3, 45)) == []
    assert found(first, corrected(2, first, 50), stated(3, 55)) == [(Pattern.OWN_TOTAL, 1, 3, True)]


def test_it_is_overtaken_when_either_number_is_corrected_or_taken_back() -> None:
    first, second = stated(1, 40), stated(2, 50)
    overtaken = [(Pattern.OWN_TOTAL, 1, 2, False)]
    assert found(first, second, corrected(3, second, 40)) == overtaken
    assert found(first, second, corrected(3, first, 50)) == overtaken
    assert found(first, second, corrected(3, second, 50, is_retraction=True)) == overtaken
    assert found(first, second, corrected(3, first, 40, is_retraction=True)) == overtaken
    assert found(first, second, corrected(3, second, 41)) == [(Pattern.OWN_TOTAL, 1, 2, True)]


def test_a_total_that_two_numbers_contradict_is_one_and_stands_while_either_does() -> None:
    facts = [stated(1, 40), stated(2, 50, seconds=-60), stated(3, 60, seconds=-30)]
    assert found(*facts) == [(Pattern.OWN_TOTAL, 1, 2, True)]
    assert found(*facts, corrected(4, facts[1], 40)) == [(Pattern.OWN_TOTAL, 1, 3, True)]


@pytest.mark.parametrize("is_retraction", [True, False])
def test_a_number_lowered_by_an_office_and_stated_again_by_its_sender(is_retraction: bool) -> None:
    sent = own(1, 60)
    lowered = corrected(
        2, sent, 60 if is_retraction else 5, office=OFFICES[COUNTY], is_retraction=is_retraction
    )
    assert found(sent, lowered) == []
    assert found(sent, lowered, own(3, 60)) == [(Pattern.LOWERED, 2, 3, True)]
    assert found(sent, lowered, own(3, 59)) == []
    assert found(sent, lowered, own(3, 60, seconds=60)) == []
    assert found(sent, lowered, corrected(3, lowered, 60, office=OFFICES[HOSPITAL])) == [
        (Pattern.LOWERED, 2, 3, True)
    ]
    again = own(3, 60)
    assert found(sent, lowered, again, corrected(4, again, 5)) == [(Pattern.LOWERED, 2, 3, False)]


def test_a_sender_that_takes_back_and_states_again_contradicts_nobody() -> None:
    sent = own(1, 60)
    assert found(sent, corrected(2, sent, 60, is_retraction=True), own(3, 60)) == []


def test_an_office_that_put_the_number_back_itself_is_not_contradicted() -> None:
    sent = own(1, 60)
    lowered = corrected(2, sent, 5, office=OFFICES[COUNTY])
    put_back = corrected(3, lowered, 60, office=OFFICES[COUNTY])
    assert found(sent, lowered, put_back, own(4, 60)) == []
