"""One root a Beijing day, whoever comes first, and nothing to do most of the time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from audit.clock import database_now
from audit.models import AuditEvent, DailyRoot
from audit.roots import BEIJING, heads_of, roll_due_root
from audit.verify import verify
from tests.support.evidence import write

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def today() -> date:
    return database_now().astimezone(BEIJING).date()


def test_a_day_is_closed_once_after_beijing_midnight(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    day = today()
    midnight = datetime(day.year, day.month, day.day, tzinfo=BEIJING) + DAY
    with django_assert_num_queries(2):
        assert roll_due_root(midnight - timedelta(seconds=1)) is None
    made = roll_due_root(midnight.astimezone(UTC))
    assert made is not None
    assert made.on == day
    with django_assert_num_queries(1):
        assert roll_due_root(midnight + timedelta(hours=5)) is None


def test_a_root_names_the_chains_that_moved_and_the_root_before_it() -> None:
    write("incident:2026-0001")
    write("incident:2026-0001")
    first = roll_due_root(database_now() + DAY)
    assert first is not None
    last = AuditEvent.objects.get(chain="incident:2026-0001", seq=2)
    assert ("incident:2026-0001", 2, last.hash) in heads_of(first)
    second = roll_due_root(database_now() + 2 * DAY)
    assert second is not None
    assert second.prev_root == first.root
    assert verify().breaks == []


def test_days_without_anybody_running_are_closed_by_the_next_root() -> None:
    roll_due_root(database_now() + DAY)
    made = roll_due_root(database_now() + 9 * DAY)
    assert made is not None
    assert made.on == today() + 8 * DAY
    assert DailyRoot.objects.count() == 2


def test_the_root_is_itself_on_record() -> None:
    made = roll_due_root(database_now() + DAY)
    assert made is not None
    assert made.root in AuditEvent.objects.filter(action="audit.roll_daily_root").latest("pk").payload
