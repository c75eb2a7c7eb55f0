"""Any number of callers, killed at any point: no stage is lost and none is doubled (5.1(8))."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from django.db import connection

from audit.clock import database_now
from reporting.actions.clocks import fire_due
from reporting.models import StageEvent
from tests.support.clocks import DUTY_ROOM, PHONE, deliver, leg
from tests.support.firing import STAGES, check_books, fire_all, overdue
from tests.support.people import actor
from tests.support.processes import started
from tests.support.reports import minutes
from tests.support.waiting import until

pytestmark = pytest.mark.clause(101, 102)

CALLERS, INCIDENTS = 4, 12
LOCK = 20210930


def in_threads(*work: Callable[[], int]) -> list[int]:
    """Run side by side, all from one starting shot."""
    start = Barrier(len(work))

    def from_the_shot(one: Callable[[], int]) -> int:
        start.wait()
        return closing(one)

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(from_the_shot, work))


def closing(work: Callable[[], int]) -> int:
    """Run in a thread and give its connection back."""
    try:
        return work()
    finally:
        connection.close()


@pytest.mark.usefixtures("committed_db")
def test_four_callers_side_by_side_fire_every_stage_exactly_once() -> None:
    overdue(INCIDENTS)
    shares = in_threads(*[lambda source=f"caller-{n}": fire_all(source) for n in range(CALLERS)])
    assert sum(shares) == INCIDENTS * STAGES
    check_books(INCIDENTS * STAGES)


def test_an_incident_that_somebody_holds_is_passed_over_and_holds_up_no_other(committed_db: str) -> None:
    held, free = overdue(2)
    with psycopg.connect(committed_db) as other, ThreadPoolExecutor(1) as pool:
        other.execute("SELECT 1 FROM incidents_incident WHERE id = %s FOR UPDATE", [held.pk])
        try:
            assert pool.submit(closing, lambda: fire_due(source="test")).result(timeout=10) == STAGES
        finally:
            other.rollback()
    assert StageEvent.objects.filter(obligation__incident=free).count() == STAGES
    assert fire_all("after") == STAGES
    check_books(2 * STAGES)


@pytest.mark.usefixtures("committed_db")
def test_a_call_recorded_while_stages_fire_neither_blocks_nor_is_lost() -> None:
    found = overdue(INCIDENTS)
    received_at = database_now() - minutes(179)
    actor("330212-regulator")

    def record() -> int:
        return len([deliver(each, received_at, at=database_now()) for each in found])

    in_threads(lambda: fire_all("a"), lambda: fire_all("b"), record)
    for each in found:
        view = leg(each, PHONE, to=DUTY_ROOM, at=database_now())
        assert view.received is not None
        assert view.obligation.next_due_at is None
    check_books(StageEvent.objects.count())


def held_up_at(table: str) -> None:
    """Make every insert into a table wait for a lock that the test holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN PERFORM pg_advisory_xact_lock({LOCK}); RETURN NULL; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER hold_up AFTER INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION hold_up()"
        )


def waiting_backends(test: psycopg.Connection[tuple[object, ...]]) -> list[int]:
    rows = test.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'"
    )
    return [int(str(pid)) for (pid,) in rows]


@pytest.mark.parametrize("table", ["reporting_stageevent", "audit_auditevent", "outbox_message"])
def test_killed_in_the_middle_of_firing_nothing_is_lost_or_doubled(
    committed_db: str, table: str, tmp_path: Path
) -> None:
    overdue(2)
    held_up_at(table)
    with psycopg.connect(committed_db, autocommit=True) as test:
        test.execute(f"SELECT pg_advisory_lock({LOCK})")
        with started("manage", "run_clock", log=tmp_path / "clock.log") as process:
            until(lambda: waiting_backends(test), "the clock in the middle of its transaction")
            (backend,) = waiting_backends(test)
            process.kill()
            process.wait()
        test.execute(f"SELECT pg_advisory_unlock({LOCK})")
        until(lambda: not is_connected(test, backend), "the server to notice")
    assert not StageEvent.objects.exists()
    assert fire_all("after") == 2 * STAGES
    check_books(2 * STAGES)


def is_connected(test: psycopg.Connection[tuple[object, ...]], backend: int) -> bool:
    row = test.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [backend]).fetchone()
    return row is not None and row[0] != 0
