"""The restore drill: what is backed up comes back whole, keeps its triggers, and its clocks go on."""

import io
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from audit.clock import database_now
from audit.roots import roll_daily_root
from incidents.models import Incident
from outbox.models import Message
from reporting.models import StageCode, StageEvent
from reporting.photos import read_photo
from tests.support import databases
from tests.support.checksums import table_checksums
from tests.support.clocks import deliver, reminded_soon
from tests.support.processes import ROOT, started
from tests.support.public import picture, public
from tests.support.reports import incident
from tests.support.waiting import until

NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis", "tests")
OUTSIDE = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "INTAKE_KEY", "MAKELEVEL")
# Sessions stay behind; the clocks beat.
NOT_COMPARED = {"django_session", "outbox_heartbeat"}


def ops(command: str, *arguments: str | Path, cwd: Path = ROOT, **env: str) -> tuple[int, str]:
    """Run one of the commands as an operator does."""
    whole = [sys.executable, "-m", f"ops.{command}", *map(str, arguments)]
    done = subprocess.run(whole, cwd=cwd, env=os.environ | env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def restored_name(committed_db: str) -> str:
    return committed_db.rpartition("/")[2] + "_restored"


def test_a_restored_database_is_whole_and_its_clocks_fire_what_fell_due_meanwhile_once(
    restored_name: str, tmp_path: Path
) -> None:
    found = reminded_soon(in_s=1)
    deliver(found, found.known_at)
    roll_daily_root(at=found.known_at + timedelta(days=1))
    status, said = ops("backup", tmp_path / "copy")
    assert (status, "keys not included" in said) == (0, True), said
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    before = table_checksums(exclude=NOT_COMPARED)
    assert not StageEvent.objects.exists()
    with databases.empty(restored_name) as address:
        status, said = ops("restore", tmp_path / "copy", DATABASE_URL=address)
        assert status == 0, said
        assert ", 0 broken," in said
        with databases.pointed_at(restored_name):
            assert table_checksums(exclude=NOT_COMPARED) == before
            evidence_still_refuses_to_be_changed()
            clocks_go_on(found, tmp_path)
            assert incident(120, place_text="恢复之后").pk > found.pk


def evidence_still_refuses_to_be_changed() -> None:
    for table in ("audit_auditevent", "incidents_fact", "reporting_delivery", "audit_chainhead"):
        for statement in ("UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
            column = "seq" if table == "audit_chainhead" else "id"
            with (
                pytest.raises(DatabaseError, match=r"refused|written by the chain"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement.format(table, column, column))


def clocks_go_on(found: Incident, tmp_path: Path) -> None:
    """Two clocks at once, after the reminders fell due while the copy lay there."""

    def reminders() -> list[StageEvent]:
        own = StageEvent.objects.filter(obligation__incident=found, stage=StageCode.REMINDER)
        return list(own.order_by("obligation"))

    with (
        started("manage", "run_clock", "--name", "clock-1", log=tmp_path / "1.log"),
        started("manage", "run_clock", "--name", "clock-2", log=tmp_path / "2.log"),
    ):
        until(reminders, "the reminder that fell due")
        until(lambda: not Message.objects.filter(state="queued").exists(), "the messages")
    (event,) = reminders()
    assert event.fired_at >= event.due_at
    assert Message.objects.filter(kind="reminder").count() == len(
        set(Message.objects.filter(kind="reminder").values_list("dedupe_key", flat=True))
    )


def test_a_database_that_holds_anything_is_refused_and_left_alone(
    committed_db: str, restored_name: str, tmp_path: Path
) -> None:
    ops("backup", tmp_path / "copy")
    before = table_checksums()
    status, said = ops("restore", tmp_path / "copy", DATABASE_URL=committed_db)
    assert (status, "The database is not empty" in said) == (1, True)
    assert table_checksums() == before
    with databases.empty(restored_name) as address, databases.pointed_at(restored_name):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE ours ()")
        status, said = ops("restore", tmp_path / "copy", DATABASE_URL=address)
        assert (status, "The database is not empty" in said) == (1, True)


def test_a_torn_copy_restores_nothing(committed_db: str, restored_name: str, tmp_path: Path) -> None:
    ops("backup", tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    (tmp_path / "torn").write_bytes(whole[: len(whole) - len(whole) // 3])
    with databases.empty(restored_name) as address:
        status, said = ops("restore", tmp_path / "torn", DATABASE_URL=address)
        assert (status, "pg_restore" in said) == (1, True)
        assert ops("restore", tmp_path / "copy", DATABASE_URL=address)[0] == 0


def test_nothing_is_overwritten_and_a_failed_backup_leaves_nothing(committed_db: str, tmp_path: Path) -> None:
    assert ops("backup", tmp_path / "copy")[0] == 0
    first = (tmp_path / "copy").read_bytes()
    status, said = ops("backup", tmp_path / "copy")
    assert (status, "not overwritten" in said) == (1, True)
    assert (tmp_path / "copy").read_bytes() == first
    status, said = ops("backup", tmp_path / "none", DATABASE_URL=databases.url("no_such_database"))
    assert (status, "no_such_database" in said) == (1, True)
    assert [path for path in tmp_path.iterdir() if path.name.startswith("none")] == []


def test_keys_are_written_only_when_asked_for_and_beside_the_copy(committed_db: str, tmp_path: Path) -> None:
    status, said = ops("backup", tmp_path / "copy", "--with-secrets")
    assert (status, os.environ["INTAKE_KEY"] in said) == (0, False)
    kept = tmp_path / "copy.secrets.json"
    assert os.environ["INTAKE_KEY"] in kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert os.environ["INTAKE_KEY"].encode() not in (tmp_path / "copy").read_bytes()


def test_the_photos_are_packed_beside_the_copy_and_each_is_proved_by_its_hash(
    committed_db: str, restored_name: str, tmp_path: Path, settings: Settings
) -> None:
    settings.PHOTO_FOLDER, again = str(tmp_path / "photos"), tmp_path / "again"
    public(at=database_now(), photos=[read_photo(io.BytesIO(picture()))])
    (kept,) = Path(settings.PHOTO_FOLDER).iterdir()
    status, said = ops("backup", tmp_path / "copy", PHOTO_FOLDER=settings.PHOTO_FOLDER)
    assert (status, "1 photos" in said) == (0, True), said
    with databases.empty(restored_name) as address:
        env = {"DATABASE_URL": address, "PHOTO_FOLDER": str(again)}
        status, said = ops("restore", tmp_path / "copy", DATABASE_URL=address, PHOTO_FOLDER=str(again))
        assert (status, "1 photos, 0 broken" in said) == (0, True), said
        assert (again / kept.name).read_bytes() == kept.read_bytes()
        (again / kept.name).write_bytes(kept.read_bytes()[:-1] + b"x")
        for what in ("changed", "not there"):
            command = [sys.executable, "manage.py", "verify_photos"]
            done = subprocess.run(
                command, cwd=ROOT, env=os.environ | env, capture_output=True, text=True, check=False
            )
            assert (done.returncode, what in done.stdout) == (1, True), done
            (again / kept.name).unlink(missing_ok=True)


def test_passwords_are_not_in_the_list_of_processes(tmp_path: Path) -> None:
    spy = tmp_path / "pg_dump"
    spy.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/seen\nexit 3\n')
    spy.chmod(0o755)
    address = "postgresql://who:s%40cret@127.0.0.1:1/which"
    assert ops("backup", tmp_path / "copy", DATABASE_URL=address, PG_BIN=str(tmp_path))[0] == 1
    seen = (tmp_path / "seen").read_text()
    assert "postgresql://who@127.0.0.1:1/which" in seen
    assert "cret" not in seen


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the product that has never been started."""
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy


def test_the_built_in_database_is_restored_with_its_keys_and_backed_up(
    committed_db: str, restored_name: str, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident(120)
    before = table_checksums(exclude=NOT_COMPARED)
    ops("backup", tmp_path / "copy", "--with-secrets")
    kept = {name: os.environ[name] for name in OUTSIDE if name in os.environ}
    with monkeypatch.context() as outside:
        for name in kept:
            outside.delenv(name)
        status, said = ops("restore", tmp_path / "copy", cwd=checkout)
        assert (status, ", 0 broken," in said) == (0, True), said
        assert kept["INTAKE_KEY"] in (checkout / "var" / "secrets.json").read_text()
        status, said = ops("backup", tmp_path / "again", cwd=checkout)
        assert status == 0, said
        assert ops("restore", tmp_path / "again", cwd=checkout)[0] == 1
    with databases.empty(restored_name) as address:
        assert ops("restore", tmp_path / "again", DATABASE_URL=address)[0] == 0
        with databases.pointed_at(restored_name):
            assert table_checksums(exclude=NOT_COMPARED) == before
