"""The clock process and the Celery sweep: either alone is enough, whatever else is down (5.1(8))."""

import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
import redis

from incidents.models import Incident
from ops.ports import private_port
from outbox.models import Heartbeat, Message, MessageState
from reporting.models import StageCode, StageEvent
from tests.support.clocks import reminded_soon
from tests.support.processes import ROOT, started
from tests.support.waiting import until

pytestmark = pytest.mark.clause(101, 102)

PROMPT_S = 5


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


def manage(*command: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
