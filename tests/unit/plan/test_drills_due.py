"""A drill at least every three years: the last day that is in time (9.2, A42)."""

from datetime import date

import pytest

from plan.readiness import next_drill_due

pytestmark = pytest.mark.clause(187)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, date(2024, 9, 30)),
        (date(2021, 9, 29), date(2024, 9, 30)),
        (date(2021, 9, 30), date(2024, 9, 30)),
        (date(2021, 10, 1), date(2024, 10, 1)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2025, 2, 28), date(2028, 2, 28)),
        (date(2026, 11, 24), date(2029, 11, 24)),
    ],
)
def test_the_next_drill_is_due_three_years_after_the_last(last: date | None, due: date) -> None:
    assert next_drill_due(last) == due
