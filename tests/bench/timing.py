"""How long things take."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median


@dataclass
class Span:
    """A stretch of time; `s` is known when it has ended."""

    s: float = 0.0


@contextmanager
def timed() -> Iterator[Span]:
    """Measure what happens inside."""
    span, began = Span(), time.perf_counter()
    yield span
    span.s = time.perf_counter() - began


def times(work: Callable[[], object], *, repeats: int) -> list[float]:
    """How many seconds each of so many repeats took, a first one to warm up left out."""
    work()
    spans = []
    for _ in range(repeats):
        with timed() as span:
            work()
        spans.append(span.s)
    return spans


def ms(spans: Sequence[float]) -> str:
    """Half of them and the longest, in milliseconds."""
    return f"p50 {median(spans) * 1000:.2f} ms, max {max(spans) * 1000:.1f} ms"
