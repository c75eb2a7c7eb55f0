"""The embedded servers, on the machine the tests run on."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from ops import postgres
from ops.binaries import find_binaries
from ops.keys import kept_secrets
from ops.ports import private_port
from ops.process import RunAs, stop
from ops.servers import wait_for

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")


@contextmanager
def serving(cluster: postgres.Cluster, folder: Path) -> Iterator[str]:
    port = private_port()
    with (folder / "log").open("ab") as log:
        process = postgres.serve(cluster, port=port, log=log, settings=postgres.THROW_AWAY)
        try:
            wait_for(lambda: postgres.is_ready(cluster), process, "PostgreSQL")
            yield cluster.url(port, "postgres")
        finally:
            stop(process, sign=signal.SIGINT, wait_s=10)


def answer(address: str, query: LiteralString) -> object:
    with psycopg.connect(address) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def cluster_in(folder: Path) -> postgres.Cluster:
    return postgres.cluster(bin_=find_binaries().postgres_bin, data=folder / "data", password="right")


@pytest.fixture
def shelter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="ningbo-shelter-"))
    folder.chmod(0o755)
    monkeypatch.setattr(postgres, "SHELTER", folder)
    yield folder
    shutil.rmtree(folder)


def test_database_is_reached_with_its_password_only(tmp_path: Path) -> None:
    with serving(cluster_in(tmp_path), tmp_path) as address:
        assert answer(address, "SELECT 1") == 1
        with pytest.raises(psycopg.OperationalError, match="password"):
            answer(address.replace("right", "wrong"), "SELECT 1")


def test_search_finds_trigrams_in_chinese(tmp_path: Path) -> None:
    with serving(cluster_in(tmp_path), tmp_path) as address, psycopg.connect(address) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute("SELECT '鄞州人民医院' % '鄞州人民医院食堂'").fetchone() == (True,)


def test_stale_pid_file_that_names_a_living_process_does_not_block_the_start(tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path)
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n0\n5432\n\n*\n0 0\nready\n")
    with serving(cluster, tmp_path) as address:
        assert answer(address, "SELECT 1") == 1


@as_root
def test_root_serves_from_a_private_folder_without_opening_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with serving(cluster_in(tmp_path), tmp_path) as address:
        assert answer(address, "SELECT 1") == 1
    assert tmp_path.stat().st_mode & 0o777 == 0o700


@as_root
def test_root_without_user_namespaces_serves_as_nobody_from_a_sheltered_folder(
    tmp_path: Path, shelter: Path
) -> None:
    def cluster() -> postgres.Cluster:
        return postgres.sheltered(find_binaries().postgres_bin, tmp_path / "data", "right")

    tmp_path.chmod(0o700)
    first = cluster()
    postgres.make(first)
    assert first.run_as is RunAs.NOBODY
    assert first.data.is_relative_to(shelter)
    with serving(first, tmp_path) as address, psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept ()")
    with serving(cluster(), tmp_path) as address, psycopg.connect(address) as connection:
        connection.execute("SELECT * FROM kept")


def test_cluster_that_was_half_made_is_made_again(tmp_path: Path) -> None:
    half = tmp_path / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    assert (cluster_in(tmp_path).data / "global").is_dir()


def test_secrets_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secrets.json"
    first = kept_secrets(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert kept_secrets(path) == first
    assert kept_secrets(tmp_path / "other.json")["SECRET_KEY"] != first["SECRET_KEY"]


def test_servers_stop_when_the_test_command_is_told_to_stop(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from ops.servers import *\n"
        "exit_when_told()\n"
        "with throw_away_servers(Path(sys.argv[1])): print('ready', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert not (tmp_path / "postgres" / "postmaster.pid").exists()
