"""The product's own processes, started for a test as an office would start them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ops.ports import answers, private_port

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT_S = 60
POLL_S = 0.05


@contextmanager
def started(*command: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run `python -m COMMAND…` until the test is over; what it says goes to `log`."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=os.environ.copy(),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            # A worker's beat is a process of its own, which the worker's end would leave behind.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def web_server(log: Path, port: int | None = None) -> Iterator[str]:
    """The web server on the database that DATABASE_URL names now; gives its address."""
    port = port or private_port()
    options = ["--host", "127.0.0.1", "--port", str(port), "--timeout-graceful-shutdown", "1"]
    with started("uvicorn", "config.asgi:application", *options, log=log) as process:
        limit = time.monotonic() + START_LIMIT_S
        while not answers(port):
            if process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError("The web server did not start:\n" + log.read_text())
            time.sleep(POLL_S)
        yield f"http://127.0.0.1:{port}"
