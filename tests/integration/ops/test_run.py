"""The whole house as a stranger starts it: `make run`'s command in a copy of the checkout, with a database of its own."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ops.ports import private_port

ROOT = Path(__file__).resolve().parents[3]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis")
OUTSIDE = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "INTAKE_KEY",
    "ALLOWED_HOSTS",
    "SECURE_COOKIES",
    "MAKELEVEL",
)


@dataclass
class Run:
    """One `make run` and what it has said so far."""

    process: subprocess.Popen[str]
    said: str = ""

    def until(self, words: str) -> str:
        """Read on until a line holds these words; fail when the output ends before."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return line
        pytest.fail(f"“{words}” was never said:\n{self.said}")

    def pid_of(self, program: str) -> int:
        found = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=True,
        )
        return next(int(line.split()[0]) for line in found.stdout.splitlines() if program in line)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("house") / "checkout"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy


@pytest.fixture
def runs(checkout: Path) -> Iterator[list[Run]]:
    started: list[Run] = []
    yield started
    for run in started:
        run.process.terminate()
        run.process.communicate()


def start(checkout: Path, runs: list[Run], **more: str) -> Run:
    env = {name: value for name, value in os.environ.items() if name not in OUTSIDE} | more
    command = [str(checkout / ".venv/bin/python"), "-m", "ops.run"]
    process = subprocess.Popen(
        command, cwd=checkout, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    runs.append(Run(process))
    return runs[-1]


def command(checkout: Path, *arguments: str) -> str:
    """What a command says that a stranger gives in the folder, and that it is content."""
    env = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
    line = [str(checkout / ".venv/bin/python"), "manage.py", *arguments]
    return subprocess.run(line, cwd=checkout, env=env, capture_output=True, text=True, check=True).stdout


def wait_until_nothing_is_left(checkout: Path) -> None:
    """Every process of a run holds its lock for life, so getting it means that none is left."""

    def too_long(*_: object) -> None:
        pytest.fail("Processes of the run are still there.")

    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(120)
    with (checkout / "var" / "run.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
    signal.alarm(0)


def test_house_starts_heals_and_leaves_nothing_behind(checkout: Path, runs: list[Run]) -> None:
    port = private_port()
    first = start(checkout, runs, PORT=str(port))
    first.until(f"http://127.0.0.1:{port}/")
    first.until("Ctrl-C")
    assert urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=60).status == 200
    accounts = (checkout / "var" / "accounts.txt").read_text()
    assert accounts.strip() in first.said

    assert "0 broken" in command(checkout, "verify_audit")

    second = start(checkout, runs)
    second.until(f"already running: http://127.0.0.1:{port}/")
    assert second.process.wait(timeout=120) != 0

    os.kill(first.pid_of("worker"), signal.SIGKILL)
    first.until("[worker]")
    os.kill(first.pid_of("postgres"), signal.SIGKILL)
    first.until("[database]")

    first.process.kill()
    wait_until_nothing_is_left(checkout)

    third = start(checkout, runs, PORT=str(port))
    third.until("Ctrl-C")
    assert accounts.strip() in third.said
    third.process.send_signal(signal.SIGINT)
    assert third.process.wait(timeout=120) == 0
    wait_until_nothing_is_left(checkout)


def test_run_refuses_a_port_that_is_taken(checkout: Path, runs: list[Run]) -> None:
    with socket.create_server(("127.0.0.1", private_port())) as server:
        port = server.getsockname()[1]
        refused = start(checkout, runs, PORT=str(port))
        refused.until(f"Port {port} is taken")
        assert refused.process.wait(timeout=120) == 1
