"""Observations as a table: which columns there are, and what each row says (8.2(a))."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from accounts.models import Jurisdiction
from incidents.models import Stage
from monitoring.content import BEIJING
from monitoring.models import Finding
from monitoring.values import NewObservation
from plan.monitoring import Feed, Stream
from plan.refusal import PlanRefusal
from response.line_lists.cells import Cell, Row
from response.line_lists.columns import Column, Kind, plain
from response.line_lists.values import Unreadable, read, written

HEADINGS_WITHIN: Final = 15
REFERENCE: Final = "reference"
LONGEST: Final = {"summary": 500, REFERENCE: 80}
LONGEST_OTHERS: Final = 120


@dataclass(frozen=True, slots=True, eq=False)
class TableColumn:
    """One column: its name among the fields, its heading, how its cells are read, whether each row needs it."""

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    choices: Mapping[str, str] | None = None
    is_required: bool = False

    @property
    def cell(self) -> Column:
        """The column as the reader of cells wants it."""
        return Column(path=(self.name,), heading=self.heading, kind=self.kind, choices=self.choices)


COLUMNS: Final = (
    TableColumn(REFERENCE, "编号", Kind.CODE, is_required=True),
    TableColumn("feed", "来源", Kind.CHOICE, {e.label_zh: e.value for e in Feed}, is_required=True),
    TableColumn("stream", "监测内容", Kind.CHOICE, {e.label_zh: e.value for e in Stream}),
    TableColumn("area", "区域", is_required=True),
    TableColumn("occurred_at", "采样或发生时间", Kind.MOMENT, is_required=True),
    TableColumn("food", "食品"),
    TableColumn("stage", "环节", Kind.CHOICE, {str(e.label): e.value for e in Stage}),
    TableColumn("factor", "项目或因素"),
    TableColumn("finding", "检验结果", Kind.CHOICE, {str(e.label): e.value for e in Finding}),
    TableColumn("place_text", "单位或地点"),
    TableColumn("summary", "情况"),
)
BY_HEADING: Final = {plain(column.heading): column for column in COLUMNS}


@dataclass(slots=True)
class TableRow:
    """One row: what it says by the names of fields, and what must be put right."""

    number: int
    said: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_table(rows: Sequence[Row], areas: Mapping[str, Jurisdiction]) -> list[TableRow]:
    """Return what the rows under the headings say; `areas` by name. A refusal when there are no headings or no rows."""
    at = next((at for at, (_number, cells) in enumerate(rows[:HEADINGS_WITHIN]) if _is_heading(cells)), None)
    if at is None:
        raise _refused(_("前15行里找不到标题行。"), "headings_missing")
    columns = [BY_HEADING.get(plain(cell.value)) for cell in rows[at][1]]
    found = [_row(number, cells, columns, areas) for number, cells in rows[at + 1 :]]
    if not found:
        raise _refused(_("文件里没有监测信息。"), "table_empty")
    return found


def observation_of(said: Mapping[str, str], areas: Mapping[str, Jurisdiction]) -> NewObservation:
    """Return what a row or a body states; `areas` by code."""
    return NewObservation(
        feed=Feed(said["feed"]),
        stream=Stream(said["stream"]) if said.get("stream") else None,
        area=areas[said["area"]],
        occurred_at=datetime.fromisoformat(said["occurred_at"]),
        reference=said[REFERENCE],
        stage=Stage(said["stage"]) if said.get("stage") else None,
        finding=Finding(said["finding"]) if said.get("finding") else None,
        place_text=said.get("place_text", ""),
        food=said.get("food", ""),
        factor=said.get("factor", ""),
        summary=said.get("summary", ""),
    )


def _is_heading(cells: Sequence[Cell]) -> bool:
    known = {BY_HEADING.get(plain(cell.value)) for cell in cells}
    return known >= {column for column in COLUMNS if column.is_required}


def _row(
    number: int,
    cells: Sequence[Cell],
    columns: Sequence[TableColumn | None],
    areas: Mapping[str, Jurisdiction],
) -> TableRow:
    row = TableRow(number)
    for cell, column in zip(cells, columns, strict=False):
        if column is None:
            continue
        try:
            value = _value(cell, column, areas)
        except Unreadable as wrong:
            row.problems.append(_("%(heading)s：%(why)s") % {"heading": column.heading, "why": wrong})
            continue
        if value:
            row.said[column.name] = value
    blamed = "".join(row.problems)
    missing = [
        c.heading for c in COLUMNS if c.is_required and c.name not in row.said and c.heading not in blamed
    ]
    row.problems += [_("缺少%s。") % heading for heading in missing]
    return row


def _value(cell: Cell, column: TableColumn, areas: Mapping[str, Jurisdiction]) -> str:
    if column.name == "occurred_at":
        return _moment(cell, column)
    if column.name == "area":
        name = written(cell)
        if name and name not in areas:
            raise Unreadable(_("不是本单位负责的区域名称。"))
        return areas[name].code if name else ""
    text = str(read(cell, column.cell) or "")
    longest = LONGEST.get(column.name, LONGEST_OTHERS)
    if len(text) > longest:
        raise Unreadable(_("最多%d个字。") % longest)
    return text


def _moment(cell: Cell, column: TableColumn) -> str:
    """Return a moment in Beijing time; a sample often has a day alone, which then begins at its first minute."""
    try:
        said = read(cell, column.cell)
    except Unreadable:
        day = Column(path=(column.name,), heading=column.heading, kind=Kind.DAY)
        said = f"{read(cell, day)}T00:00"
    return datetime.fromisoformat(str(said)).replace(tzinfo=BEIJING).isoformat() if said else ""


def _refused(why: str, code: str) -> PlanRefusal:
    return PlanRefusal(why, clause="8.2", code=code, next_step=_("请下载模板，按模板的标题填写。"))
