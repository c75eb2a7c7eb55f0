"""A caller of the firing action that dies after a chosen statement: `python -m tests.support.crashing`.

Reads a number a line, forks a caller that dies after so many statements, and answers with its exit status.
"""

import os
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import django
from django.db import connection

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
    from reporting.actions.firing import fire_due  # noqa: PLC0415  its models exist only now

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            with connection.execute_wrapper(die_after(int(line))):
                fire_due(source="crashing")
            os._exit(SURVIVED)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
