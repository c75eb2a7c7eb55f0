"""The bench measures what it says, here with small numbers."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_every_measurement_runs_and_says_what_came_out() -> None:
    command = [sys.executable, "-m", "tests.bench", "--small"]
    run = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    heads = [line for line in run.stdout.splitlines() if not line.startswith(" ")]
    assert heads == ["stages fired", "sweeps", "reports over HTTP", "pages", "lateness"]
    for said in (
        "bare insert of the same rows",
        "40 armed, nothing due",
        "200 past incidents",
        "2 single stages",
    ):
        assert said in run.stdout
