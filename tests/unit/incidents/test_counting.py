"""How people are counted once (A12; architecture: counts), on facts that are not stored."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from incidents.counting import count
from incidents.models import CountKind, Fact, FactKind

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def stated(
    pk: int, value: int, *, minutes: int = 0, kind: str = CountKind.OWN, source: int = 1, **more: object
) -> Fact:
    as_of = NOON + timedelta(minutes=minutes)
    return Fact(
        pk=pk, kind=FactKind.ILLNESS, value=value, count_kind=kind, source_id=source, as_of=as_of, **more
    )


def ill(*facts: Fact) -> int | None:
    counted = count(facts, FactKind.ILLNESS)
    return counted.value if counted else None


def test_nothing_stated_is_no_count() -> None:
    assert ill() is None


@pytest.mark.clause(20)
def test_own_counts_of_different_senders_add_up() -> None:
    assert ill(stated(1, 45, source=1), stated(2, 60, source=2)) == 105


def test_a_later_revision_of_one_sender_replaces_its_earlier_one() -> None:
    assert ill(stated(1, 10, series="R1"), stated(2, 14, series="R1", minutes=5)) == 14


def test_two_reports_of_one_sender_add_up() -> None:
    assert ill(stated(1, 10, series="R1"), stated(2, 14, series="R2")) == 24


def test_the_latest_total_by_as_of_time_holds_whenever_it_was_recorded() -> None:
    late_news = stated(1, 80, kind=CountKind.TOTAL, minutes=30)
    assert ill(late_news, stated(2, 50, kind=CountKind.TOTAL, minutes=0)) == 80


def test_a_total_takes_the_place_of_the_own_counts_it_includes() -> None:
    total = stated(3, 110, kind=CountKind.TOTAL, minutes=10, includes=[1, 2], source=9)
    counted = count([stated(1, 45, source=1), stated(2, 60, source=2), total], FactKind.ILLNESS)
    assert counted is not None
    assert (counted.value, counted.fact_ids, counted.may_overlap) == (110, (3,), False)


def test_an_own_count_a_total_does_not_include_is_added_and_may_overlap() -> None:
    total = stated(2, 45, kind=CountKind.TOTAL, source=9)
    counted = count([stated(1, 60, source=1), total], FactKind.ILLNESS)
    assert counted is not None
    assert (counted.value, counted.may_overlap) == (105, True)


def test_growth_since_an_included_revision_is_added() -> None:
    included = stated(1, 10, series="R1")
    total = stated(2, 100, kind=CountKind.TOTAL, includes=[1], source=9, minutes=1)
    assert ill(included, total, stated(3, 13, series="R1", minutes=2)) == 103


def test_a_corrected_statement_stays_included_in_the_total() -> None:
    corrected = stated(5, 8, series="R1", first_id=1)
    total = stated(2, 100, kind=CountKind.TOTAL, includes=[1], source=9, minutes=1)
    assert ill(corrected, total) == 100


@pytest.mark.clause(20)
@pytest.mark.clause(20)
def test_own_counts_of_one_sender_in_merged_incidents_add_up() -> None:
    assert ill(*(stated(n, 60, incident_id=n) for n in (1, 2))) == 120
    assert ill(*(stated(n, 60 + n, incident_id=1, minutes=n) for n in (1, 2))) == 62


def test_the_totals_of_merged_incidents_add_up() -> None:
    parts = [stated(n, 60, kind=CountKind.TOTAL, source=n, incident_id=n) for n in (1, 2)]
    counted = count(parts, FactKind.ILLNESS)
    assert counted is not None
    assert (counted.value, counted.may_overlap) == (120, True)


def test_a_total_of_the_whole_includes_what_the_parts_totals_included() -> None:
    own = stated(1, 30, incident_id=2, source=5)
    part = stated(2, 60, kind=CountKind.TOTAL, includes=[1], source=6, incident_id=2)
    whole = stated(3, 115, kind=CountKind.TOTAL, includes=[2], source=7, incident_id=1, minutes=5)
    assert ill(own, part, whole) == 115
