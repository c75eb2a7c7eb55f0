"""`make bench`: measure, as ratios within one run, on servers as `make run` sets them: `python -m ops.bench [--write]`."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ops.binaries import Missing
from ops.machine import machine, write_document
from ops.postgres import COMMIT_TIMES, CannotStart
from ops.servers import Env, child_env, exit_when_told, throw_away_servers
from ops.terminal import prepare_terminal, say

INTRODUCTION = """
    # The bench

    `make bench` measures on a PostgreSQL and a broker of its own, with the settings of `make run` (every commit is flushed to
    disk). What counts are the ratios, both sides of which are from the same run: a bare insert writes the same rows into tables
    with the same indexes and checks, in as many transactions, without triggers, foreign keys, locks or questions. Past
    incidents are made by the actions and multiplied by SQL over ten years, closed, with their facts, reports, clocks,
    messages and evidence.

    Written by `python -m ops.bench --write`.
"""


def main(arguments: list[str]) -> int:
    """Measure, and write it down if asked to; the measuring's exit status."""
    output = [*machine(), ""]
    say("\n".join(output))
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="ningbo-bench-") as folder,
        throw_away_servers(Path(folder), settings=[COMMIT_TIMES]) as env,
    ):
        status, lines = measured([part for part in arguments if part != "--write"], env)
    output += [*lines, "", f"{time.monotonic() - began:.0f} s in all"]
    say("\n".join(output[-2:]))
    if "--write" in arguments and status == 0:
        write_document("bench.md", INTRODUCTION, "\n".join(output))
    return status


def measured(arguments: list[str], env: Env) -> tuple[int, list[str]]:
    """Run the measurements, showing each line as it comes."""
    command = [sys.executable, "-m", "tests.bench", *arguments]
    lines = []
    process = subprocess.Popen(command, env=child_env(env), stdout=subprocess.PIPE, text=True)
    try:
        for line in process.stdout or ():
            say(line.rstrip())
            lines.append(line.rstrip())
        return process.wait(), lines
    finally:
        process.terminate()


if __name__ == "__main__":
    prepare_terminal()
    exit_when_told()
    try:
        sys.exit(main(sys.argv[1:]))
    except (Missing, CannotStart) as trouble:
        sys.exit(str(trouble))
