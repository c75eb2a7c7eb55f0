"""The storm's house: the processes of `make run`, two of what may be two, on throw-away servers."""

import fcntl
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ops import parts, postgres
from ops.binaries import find_binaries
from ops.house import Address, House
from ops.keys import kept_secrets
from ops.ports import answers, private_port
from ops.run import NEEDED_BY_OTHERS, ROOT, STOP_WAIT_S
from ops.supervisor import Child, Supervisor

# What an operator may have set for a house of his own must not reach this one.
OUTSIDE = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "INTAKE_KEY",
    "ALLOWED_HOSTS",
    "SECURE_COOKIES",
    "HOST",
    "PORT",
)
# Few hospitals send here what many would.
WITHOUT_LIMIT = {"API_WRITES_PER_MINUTE": "1000000"}
# A killed worker's children notice that they are alone within this time.
LEAVING_LIMIT_S = 20.0
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class StormHouse:
    """A running house and what the storm needs to hit it."""

    house: House
    cluster: postgres.Cluster

    @property
    def database_url(self) -> str:
        return self.house.env["DATABASE_URL"]

    @property
    def broker_url(self) -> str:
        return self.house.env["REDIS_URL"]

    @property
    def port(self) -> int:
        return self.house.address.port

    def child(self, name: str) -> Child:
        return next(child for child in self.house.supervisor.children if child.name == name)

    def tend(self) -> None:
        self.house.supervisor.tend()

    def tend_until(self, done: Callable[[], bool], limit_s: float) -> bool:
        """Tend until something holds, no longer than the limit; whether it came to hold."""
        limit = time.monotonic() + limit_s
        while not done():
            if time.monotonic() > limit:
                return False
            self.tend()
        return True

    def is_database_ready(self) -> bool:
        return postgres.is_ready(self.cluster)

    def database_ready_at(self) -> float:
        """When the server last said that it takes connections: it writes that into its own status file."""
        return (self.cluster.data / "postmaster.pid").stat().st_mtime


@contextmanager
def storm_house(folder: Path, outside: dict[str, str]) -> Iterator[StormHouse]:
    """Start everything in a folder, told where the receivers are, and stop it whatever happens."""
    for name in OUTSIDE:
        os.environ.pop(name, None)
    secrets = kept_secrets(folder / "secrets.json")
    cluster = postgres.cluster(
        bin_=find_binaries().postgres_bin, data=folder / "postgres", password=secrets["DATABASE_PASSWORD"]
    )
    with (cluster.data / "postgresql.conf").open("a") as settings:
        settings.write(postgres.COMMIT_TIMES + "\n")
    with (folder / "run.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        supervisor = Supervisor(folder / "log")
        house = House(
            root=ROOT,
            var=folder,
            supervisor=supervisor,
            lock=lock.fileno(),
            address=Address("127.0.0.1", private_port()),
        )
        try:
            start(house, outside)
            yield StormHouse(house, cluster)
        finally:
            supervisor.stop(last=NEEDED_BY_OTHERS, wait_s=STOP_WAIT_S)


def start(house: House, outside: dict[str, str]) -> None:
    """Bring the house up as `make run` does, with two clocks and two workers."""
    secrets = kept_secrets(house.var / "secrets.json")
    house.env = house.settings(secrets) | outside | WITHOUT_LIMIT
    house.keep_database(secrets)
    house.keep_broker(secrets)
    for arguments in parts.PREPARE:
        house.finish(*arguments)
    for number in ("1", "2"):
        house.keep_python(f"clock-{number}", (*parts.CLOCK, "--name", f"clock-{number}"))
        house.keep_python(f"worker-{number}", (*parts.WORKER, "--hostname", f"worker-{number}@%h"))
    # Click takes the last of two: the schedule of a house that runs beside this one stays its own.
    house.keep_python("beat", (*parts.BEAT, "--schedule", str(house.var / "beat")))
    address = house.address
    house.keep_python("web", parts.web(address.host, address.port), ready=lambda: answers(address.port))
    for child in house.supervisor.children:
        child.alarming = NOTHING


def is_empty(folder: Path) -> bool:
    """Whether no process is left: each holds the lock for its whole life, killed ones' children too."""
    limit = time.monotonic() + LEAVING_LIMIT_S
    with (folder / "run.lock").open() as lock:
        while time.monotonic() < limit:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.1)
            else:
                return True
    return False
