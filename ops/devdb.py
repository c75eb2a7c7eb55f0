"""One database and one broker kept running for engineers: `python -m ops.devdb [run COMMAND… | stop]`.

Without arguments it starts them if need be and prints what to export.
"""

import fcntl
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from ops.servers import START_LIMIT_S, Env, child_env, exit_when_told, throw_away_servers

FOLDER = Path(__file__).resolve().parent.parent / "var" / "dev"
STATE = FOLDER / "env.json"
POLL_S = 0.05


def main(arguments: list[str]) -> int:
    """Do what the arguments ask; the exit status of the command that was run, else 0."""
    match arguments:
        case ["serve"]:
            serve()
        case ["stop"]:
            stop_servers()
        case ["run", *command] if command:
            return subprocess.run(command, env=child_env(dev_env()), check=False).returncode
        case []:
            for name, value in dev_env().items():
                print(f"export {name}={shlex.quote(value)}")
        case _:
            sys.exit(__doc__)
    return 0


def dev_env() -> Env:
    """The environment that points at the kept servers, which are started if they do not run."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "start.lock").open("w") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if not served():
            STATE.unlink(missing_ok=True)
            with (FOLDER / "serve.log").open("wb") as log:
                command = [sys.executable, "-m", "ops.devdb", "serve"]
                process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
            wait_until_served(process)
    env: Env = json.loads(STATE.read_text())["env"]
    return env


def wait_until_served(process: subprocess.Popen[bytes]) -> None:
    """Return once the servers' addresses are written down; leave with their log if they never are."""
    limit = time.monotonic() + START_LIMIT_S
    while not STATE.exists():
        if process.poll() is not None or time.monotonic() > limit:
            sys.exit((FOLDER / "serve.log").read_text() or "The servers did not start.")
        time.sleep(POLL_S)


def locked() -> IO[str] | None:
    """The lock that the serving process holds for its whole life; None if it is taken."""
    lock = (FOLDER / "serve.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def served() -> bool:
    """Whether a process serves and has written its addresses down."""
    lock = locked()
    if lock is None:
        return STATE.exists()
    lock.close()
    return False


def serve() -> None:
    """Serve until told to stop."""
    lock = locked()
    if lock is None:
        sys.exit("Already served.")
    exit_when_told()
    try:
        with lock, throw_away_servers(FOLDER) as env:
            fresh = STATE.with_suffix(".new")
            fresh.touch(mode=0o600)
            fresh.write_text(json.dumps({"pid": os.getpid(), "env": env}))
            fresh.rename(STATE)
            signal.pause()
    finally:
        STATE.unlink(missing_ok=True)


def stop_servers() -> None:
    """Tell the serving process to stop."""
    if served():
        os.kill(json.loads(STATE.read_text())["pid"], signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
