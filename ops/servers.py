"""A database and a broker for tests: started in a folder, stopped whatever happens."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ops import postgres, valkey
from ops.binaries import find_binaries
from ops.keys import Secrets, kept_secrets
from ops.ports import answers, private_port
from ops.process import stop

Env = dict[str, str]
START_LIMIT_S = 60
POLL_S = 0.02


@contextmanager
def throw_away_servers(folder: Path, *, settings: Sequence[str] = postgres.THROW_AWAY) -> Iterator[Env]:
    """Serve PostgreSQL and Valkey, careless of power cuts, and give the environment that points at them."""
    secrets = kept_secrets(folder / "secrets.json")
    programs = find_binaries()
    cluster = postgres.cluster(
        bin_=programs.postgres_bin, data=folder / "postgres", password=secrets["DATABASE_PASSWORD"]
    )
    broker = valkey.Broker(
        server=programs.valkey_server,
        data=folder / "valkey",
        password=secrets["BROKER_PASSWORD"],
        durable=False,
    )
    database_port, broker_port = private_port(), private_port()
    with (folder / "servers.log").open("ab") as log:
        database = postgres.serve(cluster, port=database_port, log=log, settings=settings)
        queue = valkey.serve(broker, port=broker_port, log=log)
        try:
            wait_for(lambda: postgres.is_ready(cluster), database, "PostgreSQL")
            wait_for(lambda: answers(broker_port), queue, "Valkey")
            postgres.create_database(cluster, port=database_port)
            addresses = {"DATABASE_URL": cluster.url(database_port), "REDIS_URL": broker.url(broker_port)}
            yield addresses | _product(folder, secrets)
        finally:
            stop(queue, sign=signal.SIGTERM, wait_s=5)
            stop(database, sign=signal.SIGINT, wait_s=10)


def _product(folder: Path, secrets: Secrets) -> Env:
    """What the product is told on throw-away servers, besides where they are."""
    return {
        "SECRET_KEY": secrets["SECRET_KEY"],
        "INTAKE_KEY": secrets["INTAKE_KEY"],
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "SECURE_COOKIES": "0",
        "PHOTO_FOLDER": str(folder / "photos"),
    }


def wait_for(ready: Callable[[], bool], process: subprocess.Popen[bytes], name: str) -> None:
    """Wait until a server is ready, or raise when it has died or takes too long."""
    limit = time.monotonic() + START_LIMIT_S
    while not ready():
        if process.poll() is not None or time.monotonic() > limit:
            raise postgres.CannotStart(f"{name} 没有启动。{name} did not start; its log says why.")
        time.sleep(POLL_S)


def child_env(more: Env) -> Env:
    """Our environment with more in it, for a child. Without compiled files on disk every start takes twice as long."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | more


def exit_when_told() -> None:
    """Turn the signals that end a process into an exit that still stops what this process started."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
