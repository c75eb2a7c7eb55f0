"""Waiting for what another process does, no longer than it takes."""

import time
from collections.abc import Callable

LIMIT_S = 30
POLL_S = 0.02


def until(condition: Callable[[], object], what: str, *, limit_s: float = LIMIT_S) -> None:
    """Return as soon as the condition holds; fail with what was waited for when it takes too long."""
    limit = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > limit:
            raise AssertionError(f"waited {limit_s} s in vain for {what}")
        time.sleep(POLL_S)
