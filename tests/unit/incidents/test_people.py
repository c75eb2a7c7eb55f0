"""The outbreak card's table of people: age groups at their borders, and small numbers that nobody can work out."""

import pytest

from incidents.epi.people import SMALL, AgeBand, Cell, band_of, cells, hidden
from incidents.models import Sex

MEN, WOMEN, OLD = (AgeBand.ADULT, Sex.MALE), (AgeBand.ADULT, Sex.FEMALE), (AgeBand.OLD, Sex.MALE)


@pytest.mark.clause(133)
@pytest.mark.parametrize(
    ("age", "band"),
    [
        (0, AgeBand.INFANT), (5, AgeBand.INFANT), (6, AgeBand.SCHOOL), (15, AgeBand.SCHOOL), (16, AgeBand.ADULT),
        (60, AgeBand.ADULT), (61, AgeBand.OLD), (None, AgeBand.UNKNOWN),
    ],
)  # fmt: skip
def test_an_age_is_of_one_group(age: int | None, band: AgeBand) -> None:
    assert band_of(age) == band


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        ({}, set()),
        ({MEN: SMALL, WOMEN: SMALL}, set()),
        # One small cell alone follows from the sum: the next is withheld with it.
        ({MEN: SMALL - 1, WOMEN: 9, OLD: 30}, {MEN, WOMEN}),
        ({MEN: 3, WOMEN: 2, OLD: 30}, {MEN, WOMEN}),
        ({MEN: 1, WOMEN: 1, OLD: 30}, set(cells())),
        # Where all that count are small, an empty cell would tell.
        ({MEN: 1}, set(cells())),
    ],
)
def test_small_numbers_cannot_be_worked_out(numbers: dict[Cell, int], kept: set[Cell]) -> None:
    assert hidden(numbers, cells()) == kept
