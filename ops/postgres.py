"""The embedded PostgreSQL: one cluster in one folder, reached only from this machine and only with its password."""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ops.process import NOBODY_UID, RunAs, known_to_the_system, run, start

USER = "ningbo"
DATABASE = "ningbo"
STATUS_LINE = 7

# Where a cluster goes whose own folder nobody may not enter.
SHELTER = Path("/var/lib/ningbo-food-safety")

# When what was written could be seen by others: lateness is counted to the commit.
COMMIT_TIMES = "track_commit_timestamp=on"
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", COMMIT_TIMES)


class CannotStart(Exception):
    """The server cannot be set up here, said in a sentence for the person at the terminal."""


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL data folder with the programs and the user that serve it."""

    bin: Path
    data: Path
    run_as: RunAs
    password: str

    def url(self, port: int, database: str = DATABASE) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{port}/{database}"


def cluster(*, bin_: Path, data: Path, password: str) -> Cluster:
    """The cluster in `data`, made if it is not there yet; for root, as a user that PostgreSQL accepts."""
    if os.geteuid() != 0 and known_to_the_system(os.geteuid()):
        made = Cluster(bin=bin_, data=data, run_as=RunAs.OURSELVES, password=password)
    elif accepts(bin_, RunAs.NOBODY_IN_NAMESPACE):
        made = Cluster(bin=bin_, data=data, run_as=RunAs.NOBODY_IN_NAMESPACE, password=password)
    elif os.geteuid() == 0:
        made = sheltered(bin_, data, password)
    else:
        raise CannotStart(
            "PostgreSQL 需要一个有名字的用户。PostgreSQL needs a user with an entry in /etc/passwd, or user namespaces."
        )
    if not (made.data / "PG_VERSION").exists():
        make(made)
    return made


def accepts(bin_: Path, run_as: RunAs) -> bool:
    """Whether PostgreSQL's programs start as this user. (`postgres --version` would answer even root.)"""
    try:
        return run([bin_ / "initdb", "--version"], run_as=run_as).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def sheltered(bin_: Path, data: Path, password: str) -> Cluster:
    """A cluster owned by nobody, outside our folder (and the programs with it) where nobody may not enter."""
    inside = data.parent
    inside.mkdir(parents=True, exist_ok=True)
    if run(["test", "-x", inside], run_as=RunAs.NOBODY).returncode != 0:
        # With the password in the name, whoever deletes `var/` to begin anew does begin anew here too.
        inside = SHELTER / hashlib.sha256(f"{data}\n{password}".encode()).hexdigest()[:12]
    home = inside / data.name
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.chown(home, NOBODY_UID, NOBODY_UID)
    if not accepts(bin_, RunAs.NOBODY):
        bin_ = copied(bin_, inside / "programs")
    if not accepts(bin_, RunAs.NOBODY):
        raise CannotStart(f"nobody 用户不能运行 PostgreSQL。nobody may not run PostgreSQL from {bin_}.")
    return Cluster(bin=bin_, data=home / "data", run_as=RunAs.NOBODY, password=password)


def copied(bin_: Path, to: Path) -> Path:
    """A copy of PostgreSQL's programs and their libraries that everybody may read."""
    package = bin_.parent.parent
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(package, to / package.name, symlinks=True)
    libraries = package.with_name(package.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, to / libraries.name)
    return to / package.name / bin_.relative_to(package)


def make(new: Cluster) -> None:
    """Create the cluster, whole or not at all.

    The locale is C.UTF-8: under plain C, pg_trgm finds no trigrams in Chinese and search finds nothing.
    """
    new.data.parent.mkdir(parents=True, exist_ok=True)
    fresh = new.data.with_name(new.data.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    with tempfile.NamedTemporaryFile("w", prefix="pw-", dir=new.data.parent) as password:
        password.write(new.password)
        password.flush()
        if new.run_as is RunAs.NOBODY:
            os.chown(password.name, NOBODY_UID, NOBODY_UID)
        command: list[str | Path] = [new.bin / "initdb", "--pgdata", fresh, "--username", USER]
        command += ["--locale=C.UTF-8", "--encoding=UTF8", "--auth=scram-sha-256", "--no-sync"]
        done = run([*command, "--pwfile", password.name], run_as=new.run_as)
    if done.returncode != 0:
        raise CannotStart(
            "无法建立数据库。Could not create the database cluster:\n" + done.stdout + done.stderr
        )
    os.sync()
    fresh.rename(new.data)


def serve(
    served: Cluster,
    *,
    port: int,
    log: IO[bytes],
    keep_open: Sequence[int] = (),
    settings: Sequence[str] = (),
) -> subprocess.Popen[bytes]:
    """Start the server; the caller makes sure that no other one serves this folder."""
    # After a power cut the file may name a process that is now another program; PostgreSQL would believe it.
    (served.data / "postmaster.pid").unlink(missing_ok=True)
    options = [
        f"port={port}",
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "timezone=UTC",
        *settings,
    ]
    command: list[str | Path] = [served.bin / "postgres", "-D", served.data]
    for option in (*options, "log_timezone=Asia/Shanghai"):
        command += ["-c", option]
    return start(command, log=log, run_as=served.run_as, death_signal=signal.SIGINT, keep_open=keep_open)


def is_ready(served: Cluster) -> bool:
    """Whether the server says, in its own status file, that it takes connections."""
    try:
        lines = (served.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready"


def create_database(served: Cluster, *, port: int) -> None:
    """Create the database if it is not there."""
    databases = psql(served, port=port, query="SELECT datname FROM pg_database").stdout.split()
    if DATABASE in databases:
        return
    created = psql(served, port=port, query=f"CREATE DATABASE {DATABASE}")
    if created.returncode != 0:
        raise CannotStart("无法建立数据库。Could not create the database:\n" + created.stderr)


def psql(served: Cluster, *, port: int, query: str) -> subprocess.CompletedProcess[str]:
    """Run one statement as the cluster's owner."""
    command = [str(served.bin / "psql"), "--no-psqlrc", "--tuples-only", "--no-align", "--command", query]
    env = {"PGPASSWORD": served.password, "PATH": os.environ.get("PATH", "")}
    connection = ["--host", "127.0.0.1", "--port", str(port), "--username", USER, "--dbname", "postgres"]
    return subprocess.run([*command, *connection], env=env, capture_output=True, text=True, check=False)
