"""A register as a workbook: the template to fill in, and what a file that comes back says row by row (3.2)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from plan.agents import agents_by_group
from plan.refusal import PlanRefusal
from readiness.fields import Field, Kind
from readiness.register import Register
from response.line_lists.cells import Cell, Row, rows_of
from response.line_lists.columns import plain
from response.line_lists.reading import ENDINGS, HEADINGS_WITHIN
from response.line_lists.template import DAY, GENERAL, TEXT, Offered, book_to_fill
from response.line_lists.values import written

FORMATS: Final = {Kind.DAY: DAY, Kind.PHONE: TEXT, Kind.LINE: TEXT, Kind.WORDS: TEXT, Kind.AGENTS: TEXT}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a file: what its cells say by field, or why it is none."""

    number: int
    said: Mapping[str, Cell] = field(default_factory=dict)
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole file: its rows, and the headings nothing is known of."""

    rows: Sequence[SheetRow]
    unknown: Sequence[str]

    @property
    def entries(self) -> list[SheetRow]:
        """The rows that are entries of the register."""
        return [row for row in self.rows if not row.skipped]


def template(register: Register) -> bytes:
    """Return an empty workbook of a register; the names of the agents stand on its second sheet."""
    yes_no = (_("是"), _("否"))
    columns = [
        Offered(
            str(each.heading),
            FORMATS.get(each.kind, GENERAL),
            yes_no if each.kind == Kind.YES else tuple(each.choices.values()),
        )
        for each in register.fields
    ]
    names = [
        name
        for group, known in agents_by_group().items()
        for name in (group, *(one.name_zh for one in known))
    ]
    words = [_("致病因子"), *names] if register.has_agents else []
    return book_to_fill(title=str(register.title)[:31], columns=columns, words=words)


def read_file(register: Register, raw: bytes) -> Sheet:
    """Return what a file says; a refusal (422) when it is none, has no headings or two for one thing."""
    try:
        rows = rows_of(raw)
    except PlanRefusal as refusal:
        # The reader speaks of patients, whose lists it was made for.
        is_long = refusal.code == "too_many_rows"
        why = _("一次最多2000行。") if is_long else refusal.message_zh
        raise _refused(register, why, refusal.code) from refusal
    known = _known(register)
    at = next((at for at, row in enumerate(rows[:HEADINGS_WITHIN]) if _has_key(register, row, known)), None)
    if at is None:
        wanted = "、".join(str(register.field(name).heading) for name in register.key)
        raise _refused(register, _("前15行里找不到标题行：须有%s。") % wanted, "headings_missing")
    names = [str(cell.value or "").strip() for cell in rows[at][1]]
    fields = [known.get(plain(name)) for name in names]
    twice = [each.heading for each, times in Counter(filter(None, fields)).items() if times > 1]
    if twice:
        raise _refused(register, _("有两列都是：%s。") % "、".join(map(str, twice)), "heading_twice")
    unknown = [name for name, own in zip(names, fields, strict=True) if name and own is None]
    return Sheet([_row(number, cells, fields) for number, cells in rows[at + 1 :]], unknown)


def _known(register: Register) -> dict[str, Field]:
    """Return the fields by every heading they go by: in Chinese, in the reader's language, and as offices call them."""
    found: dict[str, Field] = {}
    for own in register.fields:
        with override("zh-hans"):
            printed = str(own.heading)
        for name in (printed, str(own.heading), *own.others):
            found.setdefault(plain(name), own)
    return found


def _has_key(register: Register, row: Row, known: Mapping[str, Field]) -> bool:
    found = {own.name for own in (known.get(plain(cell.value)) for cell in row[1]) if own is not None}
    return set(register.key) <= found


def _row(number: int, cells: Sequence[Cell], fields: Sequence[Field | None]) -> SheetRow:
    texts = [text for text in map(written, cells) if text]
    if not texts or texts[0].startswith(ENDINGS):
        return SheetRow(number, skipped=_("合计、说明或空行"))
    pairs = zip(cells, fields, strict=False)
    return SheetRow(number, {own.name: cell for cell, own in pairs if own is not None})


def _refused(register: Register, why: str, code: str) -> PlanRefusal:
    next_step = _("请下载模板，填好后存为.xlsx或.csv再导入。")
    return PlanRefusal(why, clause=register.clause, code=code, next_step=next_step)
