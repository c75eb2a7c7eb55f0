"""The product runs as a role that owns nothing: it can do all its work, and can't switch off what keeps the evidence."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from audit.clock import database_now
from audit.roots import roll_daily_root
from audit.verify import verify
from incidents.fixing import fix_level
from ops.ports import answers, private_port
from outbox.actions.sending import send_due
from outbox.heartbeat import beat
from plan.levels import IncidentLevel
from reporting.actions.firing import fire_due
from tests.support import databases
from tests.support.clocks import deliver, major
from tests.support.hospital import Hospital, cluster
from tests.support.people import actor
from tests.support.processes import ROOT, started
from tests.support.waiting import until

PASSWORD = "letters-and-digits-1"
ROLE: Final = "ningbo_app"


@pytest.fixture
def as_app(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Django's connections are the app role's; roles are the whole server's, so each test has its own."""
    role = committed_db.rpartition("/")[2] + "_app"
    monkeypatch.setenv("APP_DATABASE_PASSWORD", PASSWORD)
    for _again in range(2):
        call_command("grant_app_role", "--role", role, stdout=StringIO())
    owner = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    as_user(USER=role, PASSWORD=PASSWORD)
    yield role
    as_user(**owner)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(role)))
        cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def test_what_a_container_starts_runs_as_the_role_that_prepare_made(
    committed_db: str, broker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The containers' own commands, in their order: the owner prepares, the others run as the role."""
    try:
        assert run("ops.parts", "prepare", APP_DATABASE_PASSWORD=PASSWORD) == 0
        with monkeypatch.context() as inside:
            inside.setenv("DATABASE_URL", as_role(committed_db))
            start_and_look(tmp_path, inside)
    finally:
        databases.drop_drills(urlsplit(committed_db).path.strip("/"))
        drop_role(committed_db)


def start_and_look(folder: Path, inside: pytest.MonkeyPatch) -> None:
    """Web server and clock come up and do their rounds; nobody there may change a table."""
    port = private_port()
    inside.setenv("PORT", str(port))
    with (
        started("ops.parts", "web", log=folder / "web.log"),
        started("ops.parts", "clock", "--name", "clock-1", log=folder / "clock.log"),
    ):
        until(lambda: answers(port), "the web server")
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            assert answer.status == 200
        until(lambda: run("manage", "check_heartbeat", "clock-1") == 0, "the clock's heartbeat")
    assert run("manage", "migrate", "audit", "zero") != 0


def run(*command: str, **env: str) -> int:
    whole = [sys.executable, "-m", *command]
    return subprocess.run(whole, cwd=ROOT, env=os.environ | env, capture_output=True, check=False).returncode


def as_role(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(netloc=f"{ROLE}:{PASSWORD}@{parts.hostname}:{parts.port}").geturl()


def drop_role(address: str) -> None:
    with psycopg.connect(address) as owner:
        owner.execute(f"DROP OWNED BY {ROLE}")
        owner.execute(f"DROP ROLE {ROLE}")


def as_user(**who: str) -> None:
    databases.point(str(connection.settings_dict["NAME"]))
    connection.settings_dict.update(who)


def test_the_product_does_all_its_work_as_the_role(as_app: str) -> None:
    at = database_now()
    found = major(at=at - timedelta(minutes=40))
    deliver(found, at - timedelta(minutes=20), at=at)
    fix_level(incident=found, level=IncidentLevel.III, by=actor("city-fso"), at=at)
    assert Hospital().send(cluster(60)).status_code == 201
    assert fire_due(source="test") > 0
    assert send_due(source="test", limit=100) > 0
    beat("test")
    assert roll_daily_root(at=at + timedelta(days=1)) is not None
    assert verify().breaks == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (as_app,)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
        "ALTER TABLE incidents_fact DISABLE TRIGGER USER",
        "DROP TRIGGER audit_head_guard ON audit_chainhead",
        "CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        "SET session_replication_role = replica",
        "UPDATE audit_auditevent SET payload = '{}'",
        "UPDATE incidents_fact SET value = '1'",
        "DELETE FROM reporting_stageevent",
        "UPDATE audit_dailyroot SET root = ''",
        "TRUNCATE audit_chainhead",
        "UPDATE audit_chainhead SET hash = ''",
        "DELETE FROM django_migrations",
        "CREATE TABLE theirs ()",
        "ALTER ROLE CURRENT_USER SUPERUSER",
    ],
)
def test_the_role_cannot_touch_what_keeps_the_evidence(as_app: str, statement: str) -> None:
    major(at=database_now())
    roll_daily_root(at=database_now() + timedelta(days=1))
    refused = r"must be owner|permission denied|refused|written by the chain"
    with (
        pytest.raises(DatabaseError, match=refused),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert verify().breaks == []
