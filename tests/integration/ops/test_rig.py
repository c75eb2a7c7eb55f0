"""What the tests stand on, tested: databases that are cloned, checksums that see, tests that can't be left out unseen."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from accounts.models import Jurisdiction
from tests.support.checksums import table_checksums

ROOT = Path(__file__).resolve().parents[3]


def pytest_on(tmp_path: Path, source: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run one test file under this rig."""
    (tmp_path / "test_sample.py").write_text("import pytest\n" + source)
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path)]
    command += ["-p", "tests.conftest", "-p", "no:cacheprovider", str(tmp_path)]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("time", ["first", "second"])
def test_committed_rows_reach_other_connections_and_no_other_test(time: str, committed_db: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE only_here (time text)")
        cursor.execute("INSERT INTO only_here VALUES (%s)", [time])
    with psycopg.connect(committed_db) as other:
        assert other.execute("SELECT time FROM only_here").fetchall() == [(time,)]


def test_threads_reach_the_committed_database(committed_db: str) -> None:
    names: list[str] = []

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            names.extend(cursor.fetchone())
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert names == [committed_db.rpartition("/")[2]]


@pytest.mark.django_db
def test_checksums_see_one_changed_row_and_only_in_its_table() -> None:
    before = table_checksums()
    Jurisdiction.objects.filter(code="330212").update(name="某区")
    after = table_checksums()
    assert {name for name in before if before[name] != after[name]} == {"accounts_jurisdiction"}
    assert "django_session" not in before


def test_emptying_tests_are_refused(tmp_path: Path) -> None:
    run = pytest_on(tmp_path, "@pytest.mark.django_db(transaction=True)\ndef test_it(): pass\n")
    assert run.returncode == 1
    assert "use committed_db" in run.stdout


def test_browser_tests_that_were_not_run_are_named(tmp_path: Path) -> None:
    source = "@pytest.mark.browser\ndef test_seen_by_a_person(): pass\n"
    path = str(Path(sys.executable).parent)
    at_home = pytest_on(tmp_path, source, PATH=path, CI="")
    assert at_home.returncode == 0
    assert "没有浏览器" in at_home.stdout
    assert "test_sample.py::test_seen_by_a_person" in at_home.stdout
    in_ci = pytest_on(tmp_path, source, PATH=path, CI="true")
    assert in_ci.returncode == 1
    in_ci_spread = pytest_on(tmp_path, source, PATH=path, CI="true", PYTEST_ADDOPTS="-n 1")
    assert in_ci_spread.returncode == 1


def test_browser_tests_run_where_there_is_a_browser(tmp_path: Path) -> None:
    source = "@pytest.mark.browser\ndef test_seen_by_a_person(): pass\n"
    browser = tmp_path / "chromium"
    browser.touch()
    run = pytest_on(tmp_path, source, CHROMIUM=str(browser), CI="true")
    assert run.returncode == 0
    assert "1 passed" in run.stdout
