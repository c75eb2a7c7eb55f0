"""From rows to patients: where the headings are, which rows are patients, and what is wrong with each (5.1(3))."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from plan.refusal import PlanRefusal
from response.line_lists.cells import Cell, Row
from response.line_lists.columns import BY_HEADING, LOCAL_ID, Column, plain
from response.line_lists.values import Unreadable, read, written

HEADINGS_WITHIN = 15
FEWEST_HEADINGS = 2
ENDINGS = ("合计", "总计", "小计", "共计", "填表", "填报", "制表", "审核", "备注", "说明", "注:")


@dataclass(slots=True)
class ReadRow:
    """One row: a patient if it has no `skipped`; `problems` keep it out, `notices` only tell."""

    number: int
    case: dict[str, Any] = field(default_factory=dict)
    skipped: str = ""
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def local_id(self) -> str:
        """The hospital's number of the patient, empty if there is none."""
        return str(self.case.get("local_id", ""))


@dataclass(frozen=True, slots=True)
class ReadList:
    """A whole sheet: its rows, and the headings nothing is known of."""

    rows: Sequence[ReadRow]
    unknown: Sequence[str]

    @property
    def patients(self) -> list[ReadRow]:
        """The rows that are patients."""
        return [row for row in self.rows if not row.skipped]


def read_list(rows: Sequence[Row]) -> ReadList:
    """Return what the rows under the headings say; a refusal when there are no headings or two for one thing."""
    at = next((at for at, (_number, cells) in enumerate(rows[:HEADINGS_WITHIN]) if _is_heading(cells)), None)
    if at is None:
        raise _refused(_("前15行里找不到标题行：须有“病例编号”和其他列名。"), "headings_missing")
    names = [str(cell.value or "").strip() for cell in rows[at][1]]
    columns = [BY_HEADING.get(plain(name)) for name in names]
    twice = [column.heading for column, times in Counter(filter(None, columns)).items() if times > 1]
    if twice:
        raise _refused(_("有两列都是：%s。") % "、".join(twice), "heading_twice")
    read_rows = [_row(number, cells, columns) for number, cells in rows[at + 1 :]]
    _find_lost_zeros(rows[at + 1 :], read_rows, columns.index(LOCAL_ID))
    unknown = [name for name, column in zip(names, columns, strict=True) if name and column is None]
    return ReadList(read_rows, unknown)


def _is_heading(cells: Sequence[Cell]) -> bool:
    known = [BY_HEADING.get(plain(cell.value)) for cell in cells]
    return LOCAL_ID in known and len(set(filter(None, known))) >= FEWEST_HEADINGS


def _row(number: int, cells: Sequence[Cell], columns: Sequence[Column | None]) -> ReadRow:
    row = ReadRow(number)
    texts = [text for text in map(written, cells) if text]
    if texts and texts[0].startswith(ENDINGS):
        row.skipped = _("合计或说明行，不是患者")
        return row
    for cell, column in _pairs(cells, columns):
        try:
            value = read(cell, column)
        except Unreadable as wrong:
            row.problems.append(_("%(heading)s：%(why)s") % {"heading": column.heading, "why": wrong})
            continue
        if cell.is_merged and value is not None:
            row.notices.append(_("%s取自合并单元格。") % column.heading)
        if value is not None:
            _put(row.case, column.path, value)
    if not row.case and not row.problems:
        row.skipped = _("空行")
    elif "local_id" not in row.case and not any(LOCAL_ID.heading in text for text in row.problems):
        row.problems.append(_("缺病例编号。"))
    return row


def _pairs(cells: Sequence[Cell], columns: Sequence[Column | None]) -> Iterator[tuple[Cell, Column]]:
    for cell, column in zip(cells, columns, strict=False):
        if column is not None:
            yield cell, column


def _put(case: dict[str, Any], path: Sequence[str], value: object) -> None:
    *outer, name = path
    for part in outer:
        case = case.setdefault(part, {})
    case[name] = value


def _find_lost_zeros(rows: Sequence[Row], read_rows: Sequence[ReadRow], column: int) -> None:
    """Blame numbers shorter than their neighbours that begin with a zero: theirs went when they became numbers."""
    cells = [row[column] if column < len(row) else Cell() for _number, row in rows]
    widths = {len(written(cell)) for cell in cells if written(cell).startswith("0")}
    for cell, row in zip(cells, read_rows, strict=True):
        is_number = isinstance(cell.value, int | float) and not cell.zeros
        if is_number and widths and len(written(cell)) < max(widths) and not row.skipped:
            row.problems.append(
                _("病例编号：比同列其他编号短，前面的0可能已丢失。请把整列设为“文本”格式后重新填写。")
            )


def _refused(why: str, code: str) -> PlanRefusal:
    return PlanRefusal(why, clause="5.1(3)", code=code, next_step=_("请下载模板，按模板的标题填写。"))
