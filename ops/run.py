"""`make run`: set up whatever is missing, start everything, say where to go, stop everything again."""

import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ops import postgres
from ops.binaries import Missing
from ops.house import Address, House, choose_address
from ops.process import die_with_parent, is_running
from ops.servers import exit_when_told
from ops.supervisor import Died, Supervisor
from ops.terminal import done, prepare_terminal, say

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
NEEDED_BY_OTHERS = frozenset({"database", "broker"})
STOP_WAIT_S = 8.0
LEAVING_LIMIT_S = 20.0


def main() -> None:
    """Run until told to stop; say in a sentence why if nothing could be started."""
    prepare_terminal()
    if "MAKELEVEL" in os.environ:
        die_with_parent(signal.SIGTERM)
    exit_when_told()
    try:
        with alone() as lock:
            serve(lock)
    except (Missing, Died, postgres.CannotStart) as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        sys.exit(0)


@contextmanager
def alone() -> Iterator[IO[str]]:
    """Hold this checkout's lock, which every child holds too: it is free when nothing of a run is left."""
    VAR.mkdir(mode=0o700, exist_ok=True)
    with (VAR / "run.lock").open("a+") as lock:
        limit = time.monotonic() + LEAVING_LIMIT_S
        while not taken(lock):
            lock.seek(0)
            pid, _, address = lock.read().strip().partition(" ")
            if pid and is_running(int(pid), "ops.run"):
                sys.exit(f"已在运行 already running: {address}\n停止 stop it: kill {pid}")
            if time.monotonic() > limit:
                sys.exit(
                    "上次运行的进程还没有退出。Processes of the last run are still there; see: fuser -v var/run.lock"
                )
            time.sleep(0.1)
        yield lock


def taken(lock: IO[str]) -> bool:
    """Take the lock; false if somebody holds it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def sign(lock: IO[str], address: Address) -> None:
    """Write into the lock who holds it and where to find it."""
    lock.truncate(0)
    lock.write(f"{os.getpid()} {address.url}\n")
    lock.flush()


def serve(lock: IO[str]) -> None:
    """Start everything in order, watch over it until told to stop, stop it."""
    supervisor = Supervisor(VAR / "log")
    try:
        say("宁波市食品安全事故应急系统 · Ningbo food-safety emergency response")
        address = choose_address()
        sign(lock, address)
        house = House(root=ROOT, var=VAR, supervisor=supervisor, lock=lock.fileno(), address=address)
        house.start()
        say(house.welcome())
        while True:
            supervisor.tend()
    finally:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        if supervisor.children:
            say("\n正在停止… stopping")
            supervisor.stop(last=NEEDED_BY_OTHERS, wait_s=STOP_WAIT_S)
            done("已全部停止 all stopped")


if __name__ == "__main__":
    main()
