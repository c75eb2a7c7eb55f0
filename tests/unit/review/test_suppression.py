"""What a year's report leaves out: small numbers of people, and what would give them away (house rule)."""

from collections.abc import Sequence
from itertools import product

import pytest

from review.year.suppression import SMALL, left_out
from review.year.tables import Counted, of_people


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ([0, 5, 12], set()),
        # 4 alone would follow from the sum: the next larger goes with it.
        ([4, 5, 12], {0, 1}),
        ([4, 0, 12], {0, 2}),
        # Two small ones hide one another only with five people between them.
        ([1, 1, 9], {0, 1, 2}),
        ([1, 4, 9], {0, 1}),
        # A small sum is left out itself; naught tells of nobody.
        ([3, 0, 0], {0}),
    ],
)
def test_what_is_left_out_of_a_column(values: Sequence[int], hidden: set[int]) -> None:
    assert left_out(values) == hidden


@pytest.mark.parametrize("rows", [1, 2, 3, 4])
def test_no_small_number_is_told_or_follows_from_the_sum(rows: int) -> None:
    for values in product(range(8), repeat=rows):
        check(values)


def check(values: Sequence[int]) -> None:
    hidden = left_out(values)
    assert all(place in hidden for place, value in enumerate(values) if 0 < value < SMALL)
    rest = sum(values) - sum(value for place, value in enumerate(values) if place not in hidden)
    if hidden and sum(values) >= SMALL:
        assert len(hidden) > 1
        assert rest >= SMALL


def test_a_small_sum_is_not_told_and_a_withheld_column_tells_naught_alone() -> None:
    rows = [Counted("甲", 1, (3, 7)), Counted("乙", 0, (0, 0))]
    told, total, _hidden = of_people(rows, frozenset())
    assert [row.cells for row in told] == [(1, "*", 7), (0, 0, 0)]
    assert total.cells == (1, "*", 7)
    told, total, _hidden = of_people(rows, frozenset({1}))
    assert [row.cells for row in told] == [(1, "*", "*"), (0, 0, 0)]
    assert total.cells == (1, "*", "*")
