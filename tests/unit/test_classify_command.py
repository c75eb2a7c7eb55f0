"""`manage.py classify` as another system calls it: a bare environment, no database, bytes in and bytes out."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def classify(given: bytes) -> tuple[int, list[dict[str, Any]]]:
    done = subprocess.run(
        [sys.executable, "manage.py", "classify"],
        input=given,
        cwd=ROOT,
        env={},
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""
    return done.returncode, [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


@pytest.mark.clause(25)
def test_good_lines_are_graded_in_order_with_status_zero() -> None:
    status, answers = classify(
        '{"id": "甲", "facts": {"illness_count": 105, "death_count": 0}}\n'
        '{"illness_count": 29, "death_count": 0}\r\n'
        '{"illness_count": 1, "death_count": 2}'.encode()
    )
    assert status == 0
    assert [(answer["id"], answer["level"]) for answer in answers] == [
        ("甲", "III"),
        (None, "below"),
        (None, "III"),
    ]
    assert answers[2]["warnings"]


def test_one_bad_line_gives_status_two_and_the_rest_is_answered() -> None:
    status, answers = classify(b'{"illness_count": 1}\n{"illness_count": 30, "death_count": 0}\n')
    assert status == 2
    assert answers[0]["error"]["key"] == "death_count"
    assert answers[1]["level"] == "IV"


def test_nothing_in_gives_nothing_out() -> None:
    assert classify(b"") == (0, [])


def test_a_reader_that_leaves_early_is_no_error() -> None:
    line = b'{"illness_count": 30, "death_count": 0}\n'
    with subprocess.Popen(
        [sys.executable, "manage.py", "classify"],
        cwd=ROOT,
        env={},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(line * 100)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
