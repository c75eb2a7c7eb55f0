"""The tables of a year: each number once, for the page, the print and the workbook alike (7.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from review.year.suppression import LEFT_OUT, is_small, left_out

Value = int | str | Decimal


def shown(value: Value) -> str:
    """Return a value as print and page show it."""
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    label: str
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `unit` follows each number where the print tells it in words."""

    code: str
    title: str
    label: str
    headings: tuple[str, ...]
    units: tuple[str, ...]
    rows: Sequence[Row]
    total: Row | None = None

    @property
    def all_rows(self) -> list[Row]:
        """The rows, and last the sum if there is one."""
        return [*self.rows, *([self.total] if self.total else [])]

    @property
    def has_left_out(self) -> bool:
        """Whether a number of people was left out."""
        return any(LEFT_OUT in row.cells for row in self.all_rows)


@dataclass(frozen=True, slots=True)
class Counted:
    """One line before anything is left out: incidents, then people by kind."""

    label: str
    incidents: int
    people: tuple[int, ...]


def of_people(
    rows: Sequence[Counted], withheld: frozenset[int]
) -> tuple[list[Row], Row, list[frozenset[int]]]:
    """Return rows and their sum without what could name a person, and of each column which rows were left out.

    withheld: columns of which nothing but naught is told, because another report of the year would give it away.
    """
    columns = list(zip(*(row.people for row in rows), strict=True)) if rows else []
    hidden = [
        frozenset(place for place, value in enumerate(column) if value)
        if number in withheld
        else left_out(column)
        for number, column in enumerate(columns)
    ]
    told = [
        Row(
            row.label,
            (
                row.incidents,
                *(LEFT_OUT if place in hidden[number] else value for number, value in enumerate(row.people)),
            ),
        )
        for place, row in enumerate(rows)
    ]
    sums = [sum(column) for column in columns]
    total = (
        LEFT_OUT if value and (number in withheld or is_small(value)) else value
        for number, value in enumerate(sums)
    )
    return told, Row("", (sum(row.incidents for row in rows), *total)), hidden
