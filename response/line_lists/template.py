"""The workbook to fill in: headings, formats that keep numbers whole, and lists to choose from (5.1(3))."""

import io
from typing import Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from incidents.codes import SYMPTOMS
from response.line_lists.columns import COLUMNS, Column, Kind

FORMATS: Final = {Kind.MOMENT: "yyyy-mm-dd hh:mm", Kind.DAY: "yyyy-mm-dd", Kind.NUMBER: "@", Kind.CODE: "@"}
LISTS: Final = "代码表"
# As many rows as one report takes, beside the heading.
LAST_ROW = 2_001
WIDTH = 18


def template(title: str) -> bytes:
    """Return an empty workbook of one sheet to fill in, whose cells are formatted as the import reads them."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = title
    lists = book.create_sheet(LISTS)
    for at, column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(at)
        head = sheet.cell(1, at, column.heading)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True)
        sheet.column_dimensions[letter].width = WIDTH
        # A format of the column alone is lost in WPS once something is pasted: the cells have it too.
        sheet.column_dimensions[letter].number_format = FORMATS.get(column.kind, "General")
        _offer(sheet, lists, column, at)
    symptoms = [_("症状"), *(name for names in SYMPTOMS.values() for name in names)]
    _write(lists, len(COLUMNS) + 1, symptoms)
    sheet.freeze_panes = "B2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _offer(sheet: Worksheet, lists: Worksheet, column: Column, at: int) -> None:
    """Let the cells of a column choose from its codes, which stand on the second sheet."""
    codes = [_("是"), _("否")] if column.kind == Kind.YES else list(column.choices or ())
    if not codes:
        return
    _write(lists, at, [column.heading, *codes])
    # Of several words no list can be chosen from.
    if column.kind == Kind.WORDS:
        return
    letter = get_column_letter(at)
    rule = DataValidation(type="list", formula1=f"'{LISTS}'!${letter}$2:${letter}${len(codes) + 1}")
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{LAST_ROW}")


def _write(lists: Worksheet, at: int, texts: list[str]) -> None:
    for row, text in enumerate(texts, start=1):
        lists.cell(row, at, text)
