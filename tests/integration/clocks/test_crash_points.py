"""A caller that dies after any of its statements, the next one finishes: nothing lost, nothing doubled (5.1(8))."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from incidents.models import Incident
from reporting.models import StageEvent
from tests.support.crashing import CRASHED, SURVIVED, dying_caller
from tests.support.firing import STAGES, check_books, fire_all, overdue

pytestmark = pytest.mark.clause(101, 102)

INCIDENTS = 2
# What firing two incidents takes at the very least; fewer would mean that the statements were not counted.
FEWEST_STATEMENTS = 15


@pytest.fixture
def fire_and_die(committed_db: str) -> Iterator[Callable[[int], int]]:
    """Fire in another process that dies after so many statements; gives its exit status."""
    assert committed_db
    with dying_caller("fire") as call:
        yield call


def fired_of(incidents: list[Incident]) -> set[int]:
    """How many stages of these incidents fired: every incident's whole share or nothing."""
    events = StageEvent.objects.filter(obligation__incident__in=incidents)
    shares = Counter(events.values_list("obligation__incident", flat=True))
    return {shares[each.pk] for each in incidents}


def test_killed_after_any_statement_of_firing_nothing_is_lost_or_doubled(
    fire_and_die: Callable[[int], int],
) -> None:
    for statement in count(1):
        found = overdue(INCIDENTS)
        status = fire_and_die(statement)
        assert fired_of(found) <= {0, STAGES}, f"half an incident fired before statement {statement}"
        fire_all("after")
        if status == SURVIVED:
            break
        assert status == CRASHED
    assert statement > FEWEST_STATEMENTS
    check_books(statement * INCIDENTS * STAGES)
