"""Run the tests on servers of their own: `python -m ops.test [--reuse] [pytest's arguments]`.

`--reuse` takes the servers that `python -m ops.devdb` keeps running, and leaves them running.
"""

import contextlib
import subprocess
import sys
import tempfile
from pathlib import Path

from ops.binaries import Missing
from ops.devdb import dev_env
from ops.postgres import CannotStart
from ops.servers import Env, child_env, exit_when_told, throw_away_servers


def main(arguments: list[str]) -> int:
    """Run the tests on servers of their own or on those kept; pytest's exit status."""
    if "--reuse" in arguments:
        return pytest([part for part in arguments if part != "--reuse"], dev_env())
    # Under /tmp and not in the checkout, which may lie on a slow or shared disk.
    with (
        tempfile.TemporaryDirectory(prefix="ningbo-test-") as folder,
        throw_away_servers(Path(folder)) as env,
    ):
        return pytest(arguments or ["-n", "auto", "-q"], env)


def pytest(arguments: list[str], env: Env) -> int:
    """Run pytest to its end; Ctrl-C is pytest's to handle."""
    process = subprocess.Popen([sys.executable, "-m", "pytest", *arguments], env=child_env(env))
    try:
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                return process.wait()
    finally:
        process.terminate()


if __name__ == "__main__":
    exit_when_told()
    try:
        sys.exit(main(sys.argv[1:]))
    except (Missing, CannotStart) as trouble:
        sys.exit(str(trouble))
