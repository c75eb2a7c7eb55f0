"""What is refused says why, and changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from plan.refusal import PlanRefusal
from tests.support.checksums import table_checksums


@contextmanager
def refused(code: str, status: int, clause: str) -> Iterator[None]:
    """Hold that the block is refused so, and that no table changed."""
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refusal:
        yield
    assert (refusal.value.code, refusal.value.status, refusal.value.clause) == (code, status, clause)
    assert table_checksums() == before
