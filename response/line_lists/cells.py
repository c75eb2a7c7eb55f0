"""From a file to cells: XLSX and CSV, with limits that hold before anything is unpacked (5.1(3))."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from plan.refusal import PlanRefusal

MOST_BYTES = 1024 * 1024
MOST_UNPACKED_BYTES = 20 * 1024 * 1024
MOST_PARTS = 300
MOST_COLUMNS = 80
# Beside 2,000 patients: titles, headings, sums.
MOST_FILLED_ROWS = 2_050
XLSX_TYPE, CSV_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"
XLSX, OLD_XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MERGED = re.compile(rb"""mergeCell\s[^>]*ref=["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']""")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; `zeros` is how many digits its format shows, `shows_time` whether it shows a time."""

    value: object = None
    zeros: int = 0
    shows_time: bool = False
    is_merged: bool = False


Row = tuple[int, list[Cell]]


def rows_of(raw: bytes) -> list[Row]:
    """Return the filled rows of a file with their numbers, cells merged downward filled in; a refusal if it can't be read."""
    if len(raw) > MOST_BYTES:
        raise _refused(_("文件超过1 MB。"), "file_too_large")
    if raw.startswith(OLD_XLS):
        raise _refused(_("这是旧版.xls文件或加了密码的文件。"), "file_kind")
    rows = []
    try:
        for number, cells in _workbook(raw) if raw.startswith(XLSX) else _csv(raw):
            if any(cell.value not in (None, "") and not cell.is_merged for cell in cells):
                rows.append((number, cells))
            if len(rows) > MOST_FILLED_ROWS:
                raise _refused(_("一次最多2000名患者。"), "too_many_rows")
    except (
        *(zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, IndexError),
        *(AttributeError, EOFError, csv.Error, NotImplementedError, OverflowError),
    ) as broken:
        raise _refused(_("文件打不开，可能已损坏。"), "file_broken") from broken
    return rows


def media_type(raw: bytes) -> str:
    """Return which of the two kinds of file this is, whatever its sender called it."""
    return XLSX_TYPE if raw.startswith(XLSX) else CSV_TYPE


def _workbook(raw: bytes) -> Iterator[Row]:
    """Yield the rows of the first sheet; read as a stream, so that a far-off cell costs nothing."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        infos = parts.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED_BYTES:
            raise _refused(_("文件解压后过大。"), "file_too_large")
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        spans = _merged(parts.read(str(vars(sheet)["_worksheet_path"])))
    sheet.reset_dimensions()
    yield from _filled(sheet.iter_rows(max_col=MOST_COLUMNS), spans)


def _filled(rows: Iterable[Sequence[Any]], spans: Mapping[int, Mapping[int, int]]) -> Iterator[Row]:
    """Yield the rows that hold something, what was merged downward in each row it covers."""
    held: dict[int, tuple[int, Cell]] = {}
    empty: object = None
    for number, cells in enumerate(rows, start=1):
        # Rows left out before a far-off cell come as one and the same tuple, up to a million times.
        if cells is empty:
            continue
        if all(cell.value is None for cell in cells):
            empty = cells
            continue
        held = {column: each for column, each in held.items() if each[0] >= number}
        row = [_cell(cell) for cell in cells]
        for column, (_last, cell) in held.items():
            row[column] = cell
        for column, last in spans.get(number, {}).items():
            held[column] = (last, replace(row[column], is_merged=True))
        yield number, row


def _cell(cell: Any) -> Cell:
    if cell.value is None:
        return Cell()
    shown = str(cell.number_format)
    return Cell(cell.value, len(shown) if re.fullmatch("0+", shown) else 0, "h" in shown.lower())


def _merged(part: bytes) -> dict[int, dict[int, int]]:
    """Return for each row where cells merged downward begin: their columns, and the row they end in."""
    spans: dict[int, dict[int, int]] = {}
    for match in MERGED.finditer(part):
        left, top, bottom = column_index_from_string(match[1].decode()), int(match[2]), int(match[3])
        if bottom > top and left <= MOST_COLUMNS:
            spans.setdefault(top, {})[left - 1] = bottom
    return spans


def _csv(raw: bytes) -> Iterator[Row]:
    if b"\0" in raw[:4096]:
        raise _refused(_("只接受.xlsx和.csv文件。"), "file_kind")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes on a Chinese Windows.
        text = raw.decode("gb18030")
    first = text.partition("\n")[0]
    mark = max(",\t;", key=first.count)
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), start=1):
        yield number, [Cell(value.strip(), shows_time=True) for value in cells[:MOST_COLUMNS]]


def _refused(why: str, code: str) -> PlanRefusal:
    return PlanRefusal(
        why,
        clause="5.1(3)",
        code=code,
        next_step=_("请下载模板，填好后存为.xlsx或.csv再导入；情况紧急的，先打电话报告。"),
    )
