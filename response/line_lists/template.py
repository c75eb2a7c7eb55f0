"""The workbook to fill in: headings, formats that keep numbers whole, and lists to choose from (5.1(3))."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from incidents.codes import SYMPTOMS
from response.line_lists.columns import COLUMNS, Column, Kind

TEXT, DAY, GENERAL = "@", "yyyy-mm-dd", "General"
FORMATS: Final = {Kind.MOMENT: "yyyy-mm-dd hh:mm", Kind.DAY: DAY, Kind.NUMBER: TEXT, Kind.CODE: TEXT}
LISTS: Final = "代码表"
# As many rows as one report takes, beside the heading.
LAST_ROW = 2_001
WIDTH = 18


@dataclass(frozen=True, slots=True)
class Offered:
    """One column to fill in: its heading, the format of its cells, what may be chosen in them, of which several may be written."""

    heading: str
    number_format: str = GENERAL
    options: Sequence[str] = ()
    is_several: bool = False


def template(title: str) -> bytes:
    """Return an empty workbook of one sheet to fill in, whose cells are formatted as the import reads them."""
    symptoms = [_("症状"), *(name for names in SYMPTOMS.values() for name in names)]
    return book_to_fill(title=title, columns=[_offered(each) for each in COLUMNS], words=symptoms)


def book_to_fill(*, title: str, columns: Sequence[Offered], words: Sequence[str] = ()) -> bytes:
    """Return an empty workbook with these columns; `words` stand beside the lists, a heading first."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = title
    lists = book.create_sheet(LISTS)
    for at, column in enumerate(columns, start=1):
        letter = get_column_letter(at)
        head = sheet.cell(1, at, column.heading)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True)
        sheet.column_dimensions[letter].width = WIDTH
        # A format of the column alone is lost in WPS once something is pasted: the cells have it too.
        sheet.column_dimensions[letter].number_format = column.number_format
        _offer(sheet, lists, column, at)
    _write(lists, len(columns) + 1, words)
    sheet.freeze_panes = "B2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _offered(column: Column) -> Offered:
    codes = [_("是"), _("否")] if column.kind == Kind.YES else list(column.choices or ())
    return Offered(column.heading, FORMATS.get(column.kind, GENERAL), codes, column.kind == Kind.WORDS)


def _offer(sheet: Worksheet, lists: Worksheet, column: Offered, at: int) -> None:
    """Let the cells of a column choose from its codes, which stand on the second sheet."""
    if not column.options:
        return
    _write(lists, at, [column.heading, *column.options])
    # Of several words no list can be chosen from.
    if column.is_several:
        return
    letter = get_column_letter(at)
    rule = DataValidation(type="list", formula1=f"'{LISTS}'!${letter}$2:${letter}${len(column.options) + 1}")
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{LAST_ROW}")


def _write(lists: Worksheet, at: int, texts: Sequence[str]) -> None:
    for row, text in enumerate(texts, start=1):
        lists.cell(row, at, text)
