"""`manage.py replay`: nothing left behind, or everything kept in one transaction as a demo."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from audit.clock import database_now
from audit.verify import verify
from incidents.actions.incidents import BEIJING
from incidents.models import Incident
from outbox.models import Message
from reporting.models import StageEvent
from tests.support.checksums import table_checksums
from tests.support.reports import incident

pytestmark = pytest.mark.usefixtures("committed_db")

ROOT = Path(__file__).resolve().parents[3]
LONG_KHANH = ROOT / "demo" / "longkhanh.yaml"
DRILL = ROOT / "tests" / "scenarios" / "city_unit.yaml"
COMMAND = [sys.executable, "manage.py", "replay"]


@pytest.fixture
def server() -> Iterator[psycopg.Connection[tuple[str]]]:
    """A connection of the test's own, to look at the databases with."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        yield connection


def scratch_databases(server: psycopg.Connection[tuple[str]], pid: int) -> list[str]:
    """The scratch databases of one process; other test workers may have theirs on the same server."""
    found = server.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'replay%%' AND strpos(datname, %s) > 0",
        [f"__{pid}_"],
    )
    return [name for (name,) in found]


def replay(*arguments: str | Path) -> str:
    out = StringIO()
    call_command("replay", *map(str, arguments), stdout=out)
    return out.getvalue()


def failing(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.yaml"
    path.write_text(DRILL.read_text().replace('"5.1(8)": 6', '"5.1(8)": 7'))
    return path


def started(path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*COMMAND, str(path)], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def wait_for_first_line(process: "subprocess.Popen[str]") -> None:
    """The title is printed when the scratch database stands."""
    assert process.stdout is not None
    assert process.stdout.readline()


def test_replay_leaves_nothing_behind(server: psycopg.Connection[tuple[str]]) -> None:
    before = table_checksums(exclude=())
    said = replay(LONG_KHANH)
    assert "建议Ⅱ（2.2(3)），核定Ⅱ" in said
    assert table_checksums(exclude=()) == before
    assert scratch_databases(server, os.getpid()) == []


def test_failed_replay_leaves_nothing_behind(server: psycopg.Connection[tuple[str]], tmp_path: Path) -> None:
    with pytest.raises(
        CommandError, match=r"step 2: expect.obligation_count: expected .*7.*, found .*6"
    ) as failure:
        replay(failing(tmp_path))
    assert failure.value.returncode == 1
    assert scratch_databases(server, os.getpid()) == []


def test_bad_storyline_ends_with_2(server: psycopg.Connection[tuple[str]], tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(DRILL.read_text().replace("organisation: city-regulator", "organisation: city-baker"))
    with pytest.raises(
        CommandError, match=r"step 2: with.organisation: no Organisation with code"
    ) as problem:
        replay(path)
    assert problem.value.returncode == 2
    assert scratch_databases(server, os.getpid()) == []


@pytest.mark.parametrize("arguments", [[], [str(DRILL), "--shift", "soon"]])
def test_bad_arguments_end_with_2(arguments: list[str]) -> None:
    with pytest.raises(CommandError) as problem:
        replay(*arguments)
    assert problem.value.returncode == 2


def test_two_replays_at_once_do_not_meet(server: psycopg.Connection[tuple[str]]) -> None:
    both = [started(DRILL), started(DRILL)]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert all("YL2024-0001" in out for out, _err in said)
    assert [scratch_databases(server, process.pid) for process in both] == [[], []]


def test_replay_told_to_end_drops_its_database(server: psycopg.Connection[tuple[str]]) -> None:
    process = started(LONG_KHANH)
    wait_for_first_line(process)
    assert len(scratch_databases(server, process.pid)) == 1
    process.terminate()
    process.communicate()
    assert process.returncode != 0
    assert scratch_databases(server, process.pid) == []


def test_database_of_a_killed_replay_goes_with_the_next(server: psycopg.Connection[tuple[str]]) -> None:
    process = started(LONG_KHANH)
    wait_for_first_line(process)
    assert len(scratch_databases(server, process.pid)) == 1
    process.kill()
    process.communicate()
    replay(DRILL)
    assert scratch_databases(server, process.pid) == []


def test_database_of_a_running_replay_stays() -> None:
    process = started(LONG_KHANH)
    wait_for_first_line(process)
    replay(DRILL)
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert "演完" in out


def test_keep_is_refused_in_production(settings: LazySettings) -> None:
    settings.EMBEDDED = False
    before = table_checksums(exclude=())
    with pytest.raises(CommandError, match="embedded database only"):
        replay(LONG_KHANH, "--keep", "--shift", "now")
    assert table_checksums(exclude=()) == before


def test_keep_is_refused_for_what_has_not_happened_yet(settings: LazySettings) -> None:
    settings.EMBEDDED = True
    before = table_checksums(exclude=())
    with pytest.raises(CommandError, match="has not happened yet"):
        replay(DRILL, "--keep", "--shift", (database_now() + timedelta(days=1)).isoformat())
    assert table_checksums(exclude=()) == before


def test_kept_story_ends_now_and_is_marked_as_demo(settings: LazySettings) -> None:
    settings.EMBEDDED = True
    begun = database_now()
    replay(LONG_KHANH, "--keep", "--shift", "now")
    kept = Incident.objects.get()
    assert kept.is_demo
    assert not kept.is_drill
    assert kept.number == f"NB{begun.astimezone(BEIJING) - timedelta(days=33):%Y}-0001"
    assert begun - timedelta(minutes=1) < kept.changed_at <= database_now()
    assert StageEvent.objects.filter(obligation__incident=kept, source="replay").count() == 6
    assert verify().breaks == []


def test_kept_drill_is_marked_as_drill(settings: LazySettings) -> None:
    settings.EMBEDDED = True
    replay(DRILL, "--keep", "--shift", "now")
    kept = Incident.objects.get()
    assert (kept.is_demo, kept.is_drill) == (True, True)
    assert set(Message.objects.values_list("drill", flat=True)) == {True}


def test_kept_story_that_fails_keeps_nothing(settings: LazySettings, tmp_path: Path) -> None:
    settings.EMBEDDED = True
    before = table_checksums(exclude=())
    with pytest.raises(CommandError, match="step 2"):
        replay(failing(tmp_path), "--keep", "--shift", "now")
    assert table_checksums(exclude=()) == before


def test_kept_story_does_not_date_real_stages_into_its_time(settings: LazySettings) -> None:
    settings.EMBEDDED = True
    real = incident(120, at=database_now() - timedelta(hours=5))
    replay(DRILL, "--keep", "--shift", "now")
    assert not StageEvent.objects.filter(obligation__incident=real).exists()


def test_story_kept_twice_is_refused_and_the_first_stays_as_it_was(settings: LazySettings) -> None:
    settings.EMBEDDED = True
    replay(LONG_KHANH, "--keep", "--shift", "now")
    before = table_checksums(exclude=())
    with pytest.raises(CommandError, match=r"step 1: the report joined NB\d{4}-0001, not of this story"):
        replay(LONG_KHANH, "--keep", "--shift", "now")
    assert table_checksums(exclude=()) == before
