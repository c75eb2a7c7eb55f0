"""The clock process and the Celery sweep: either alone is enough, whatever else is down (5.1(8))."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
import redis

from incidents.models import Incident
from ops import postgres
from ops.binaries import find_binaries
from ops.ports import private_port
from ops.process import stop
from ops.servers import wait_for
from outbox.models import Heartbeat, Message, MessageState
from reporting.models import StageCode, StageEvent
from tests.support.clocks import reminded_soon
from tests.support.processes import ROOT, started
from tests.support.waiting import until

pytestmark = pytest.mark.clause(101, 102)

PROMPT_S = 5

# As in an office, a commit that was answered is on record: what a server that dies had not yet written down is lost.
SURVIVES_A_CRASH = (*postgres.THROW_AWAY, "synchronous_commit=on")


def reminders(found: Incident) -> list[StageEvent]:
    return list(StageEvent.objects.filter(obligation__incident=found, stage=StageCode.REMINDER))


def fired_on_time(found: Incident, source: str, *, within_s: float = PROMPT_S) -> None:
    until(lambda: len(reminders(found)) == 2, "both phone reminders")
    for event in reminders(found):
        assert event.source == source
        assert 0 <= (event.fired_at - event.due_at).total_seconds() < within_s


def beaten(source: str) -> datetime | None:
    return Heartbeat.objects.filter(source=source).values_list("at", flat=True).first()


@pytest.mark.usefixtures("committed_db")
def test_the_clock_process_fires_and_sends_with_no_broker_and_ends_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{private_port()}/0")
    with started("manage", "run_clock", "--name", "clock-7", log=tmp_path / "log") as process:
        until(lambda: beaten("clock-7"), "the first heartbeat")
        fired_on_time(reminded_soon(), "clock-7")
        until(lambda: not Message.objects.exclude(state=MessageState.DELIVERED).exists(), "the messages sent")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 0
    assert list(Heartbeat.objects.values_list("source", flat=True)) == ["clock-7"]
    assert "ERROR" not in (tmp_path / "log").read_text()


def test_a_sender_that_hangs_holds_up_no_stage(committed_db: str, tmp_path: Path) -> None:
    with psycopg.connect(committed_db, autocommit=True) as test:
        test.execute(
            "CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NEW; END $$"
        )
        test.execute(
            "CREATE TRIGGER hang BEFORE UPDATE ON outbox_message FOR EACH ROW EXECUTE FUNCTION hang()"
        )
        test.execute("SELECT pg_advisory_lock(7)")
        with started("manage", "run_clock", log=tmp_path / "log"):
            until(lambda: beaten("clock-1"), "the first heartbeat")
            fired_on_time(reminded_soon(), "clock-1")
            assert not Message.objects.exclude(state=MessageState.QUEUED).exists()


def test_the_sweep_fires_without_a_clock_process_and_forgets_nothing_when_the_broker_is_emptied(
    committed_db: str, broker: str, tmp_path: Path
) -> None:
    celery = ["celery", "-A", "config", "worker", "--beat", "--pool", "solo", "--loglevel", "WARNING"]
    with started(*celery, "--schedule", str(tmp_path / "beat"), log=tmp_path / "log"):
        until(lambda: beaten("sweep"), "the first sweep", limit_s=60)
        found = reminded_soon()
        redis.Redis.from_url(broker).flushdb()
        fired_on_time(found, "sweep")
    assert committed_db


@contextmanager
def serving(cluster: postgres.Cluster, port: int, log: Path) -> Iterator[None]:
    """Serve a database of the test's own, and end it as a crash would."""
    with log.open("ab") as output:
        process = postgres.serve(cluster, port=port, log=output, settings=SURVIVES_A_CRASH)
        try:
            wait_for(lambda: postgres.is_ready(cluster), process, "PostgreSQL")
            yield
        finally:
            stop(process, sign=signal.SIGQUIT, wait_s=10)


def manage(*command: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def answer(query: LiteralString) -> object:
    """What a database that may be away answers, None if it is."""
    try:
        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            row = connection.execute(query).fetchone()
    except psycopg.OperationalError:
        return None
    return row[0] if row else None


def test_a_crash_and_restart_of_the_database_loses_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, log = private_port(), tmp_path / "postgres.log"
    programs = find_binaries().postgres_bin
    cluster = postgres.cluster(bin_=programs, data=tmp_path / "data", password="test")
    monkeypatch.setenv("DATABASE_URL", cluster.url(port, "postgres"))
    with serving(cluster, port, log):
        manage("migrate")
        manage("load_reference")
    with started("manage", "run_clock", log=tmp_path / "log") as process:
        with serving(cluster, port, log):
            until(lambda: answer("SELECT count(*) FROM outbox_heartbeat"), "the first heartbeat")
            manage("shell", "-c", "from tests.support.clocks import reminded_soon; reminded_soon(in_s=5)")
        with serving(cluster, port, log):
            until(lambda: answer("SELECT count(*) FROM reporting_stageevent") == 2, "both reminders")
            assert answer("SELECT min(fired_at) > pg_postmaster_start_time() FROM reporting_stageevent")
            lateness = answer(
                "SELECT max(extract(epoch FROM fired_at - due_at))::float FROM reporting_stageevent"
            )
        assert process.poll() is None
    assert isinstance(lateness, float)
    assert 0 <= lateness < 2 * PROMPT_S
    assert "database away" in (tmp_path / "log").read_text()
