"""Tables as files for a spreadsheet: marked with who took them and when, and nothing in them that it would run."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reporting.alerts import BEIJING

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet would run as a formula, or strip to find one.
ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
MONEY: Final = "#,##0.00"
WIDEST: Final = 40
NARROWEST: Final = 8


def harmless(cell: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(ACTIVE) else text


def stamp(at: datetime | None) -> str:
    """Return an instant as a cell holds it, in Beijing time; nothing for none."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}" if at else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One sheet of a workbook; `marks` are the lines above its table: who, when, narrowed to what."""

    title: str
    marks: Sequence[tuple[str, str]]
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]


def as_xlsx(
    *,
    title: str,
    marks: Iterable[tuple[str, str]],
    headings: Sequence[str],
    rows: Sequence[Sequence[Any]],
) -> bytes:
    """Return a workbook of one table; `marks` are the lines above it: who, when, narrowed to what."""
    return as_book([Page(title=title, marks=list(marks), headings=headings, rows=rows)])


def as_book(pages: Iterable[Page]) -> bytes:
    """Return a workbook with a sheet for each table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        _write(book.create_sheet(page.title), page)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _write(sheet: Worksheet, page: Page) -> None:
    above: list[Sequence[Any]] = [[page.title], *page.marks, [_("行数"), len(page.rows)], []]
    lines = [*above, page.headings, *page.rows]
    for number, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(number, column, _cell(value))
            if isinstance(value, Decimal):
                cell.number_format = MONEY
    _dress(sheet, first_row=len(lines) - len(page.rows), columns=len(page.headings))


def _cell(value: Any) -> Any:
    """Numbers and exact amounts stay what they are; everything else is text."""
    return value if isinstance(value, int | Decimal) else harmless(ILLEGAL_CHARACTERS_RE.sub("", str(value)))


def _dress(sheet: Worksheet, *, first_row: int, columns: int) -> None:
    """Set the headings off, keep them in view, and make columns as wide as what is in them."""
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for column in range(1, columns + 1):
        head = sheet.cell(first_row, column)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        texts = (str(sheet.cell(row, column).value or "") for row in range(first_row, sheet.max_row + 1))
        wide = max((sum(1 + (letter > "\u2e7f") for letter in text) for text in texts), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(WIDEST, max(NARROWEST, wide + 2))
    last = get_column_letter(columns)
    sheet.freeze_panes = f"A{first_row + 1}"
    sheet.auto_filter.ref = f"A{first_row}:{last}{max(sheet.max_row, first_row + 1)}"
