"""Every operation of the hospital API under schemathesis, with all its checks: no 5xx, no undocumented answer (5.1(3))."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.hospital import Hospital

ROOT = Path(__file__).resolve().parents[3]
OPERATIONS, EXAMPLES = 11, 3
# Phases that cover every keyword of the schema once, and then some examples at random.
OPTIONS = ("--checks", "all", "--max-examples", str(EXAMPLES), "--seed", "1", "--no-shrink", "--no-color")


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """More calls a minute than schemathesis makes; the limit has tests of its own."""
    monkeypatch.setenv("API_WRITES_PER_MINUTE", "1000000")
    monkeypatch.setenv("API_READS_PER_MINUTE", "1000000")


def test_nothing_breaks_and_every_answer_is_documented(unlimited: None, served: str, tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "schemathesis"
    support = ROOT / "tests" / "support"
    told = {
        "NINGBO_KEY": Hospital().clear,
        "SCHEMATHESIS_HOOKS": "tests.support.schemathesis_hooks",
        "PYTHONPATH": str(ROOT),
    }
    run = subprocess.run(
        [
            program,
            "--config-file",
            support / "schemathesis.toml",
            "run",
            f"{served}/api/v1/schema/",
            *OPTIONS,
        ],
        cwd=tmp_path,
        env=os.environ | told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
    tested = re.search(r"Tested: (\d+)", run.stdout)
    assert tested is not None
    assert int(tested[1]) == OPERATIONS
