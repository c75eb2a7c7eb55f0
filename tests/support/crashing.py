"""A caller that dies after a chosen statement: `python -m tests.support.crashing fire|post`.

Reads a number a line, forks a caller that dies after so many statements, and answers with its exit status.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import django
from django.db import connection

from tests.support.processes import ROOT

CRASHED, SURVIVED = 70, 0


def die_after(statement: int) -> Callable[..., Any]:
    """Return a wrapper of statements that ends the process, as a kill does, once so many were executed."""
    numbers = count(1)

    def wrapper(execute: Callable[..., Any], *call: Any) -> Any:
        answer = execute(*call)
        if next(numbers) == statement:
            os._exit(CRASHED)
        return answer

    return wrapper


def main() -> None:
    """Fork a caller for each number; this process itself never connects, so nothing is shared."""
    django.setup()
    from outbox.actions.posting import post_next  # noqa: PLC0415  its models exist only now
    from reporting.actions.firing import fire_due  # noqa: PLC0415  likewise

    works: dict[str, Callable[[], object]] = {
        "fire": lambda: fire_due(source="crashing"),
        "post": lambda: post_next(source="crashing", channel="webhook"),
    }
    work = works[sys.argv[1]]
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            with connection.execute_wrapper(die_after(int(line))):
                work()
            os._exit(SURVIVED)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


@contextmanager
def dying_caller(work: str) -> Iterator[Callable[[int], int]]:
    """Do the work in another process that dies after so many statements; gives its exit status."""
    command = [sys.executable, "-m", "tests.support.crashing", work]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def call(statement: int) -> int:
            print(statement, file=process.stdin, flush=True)
            return int(process.stdout.readline())  # type: ignore[union-attr]

        yield call


if __name__ == "__main__":
    main()
