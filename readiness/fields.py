"""What a register's field is, how what is written in it is read, and how it is shown: forms, workbooks and exports go by it."""

import difflib
import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from plan.agents import agents, agents_by_group
from plan.labelled import Labelled
from response.line_lists.cells import Cell
from response.line_lists.columns import Column
from response.line_lists.columns import Kind as CellKind
from response.line_lists.values import Unreadable, written
from response.line_lists.values import read as read_cell

MOST_COUNT: Final = 1_000_000_000
MOST_MONEY: Final = Decimal("999999999999.99")
YEARS: Final = range(2021, 2100)
BETWEEN_WORDS: Final = re.compile(r"[、,，;；/\n]+")
CENTI: Final = Decimal("0.01")


class Kind(enum.Enum):
    """How a field is written and read."""

    LINE = enum.auto()
    WORDS = enum.auto()
    PHONE = enum.auto()
    COUNT = enum.auto()
    YEAR = enum.auto()
    MONEY = enum.auto()
    DAY = enum.auto()
    YES = enum.auto()
    CHOICE = enum.auto()
    AGENTS = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """One field of a register, named like the column of its model.

    others: further headings it goes by in workbooks. is_past: a day that can't lie ahead. is_personal: who may not see
    contacts does not see it. is_listed: it has a column in the list.
    """

    name: str
    heading: Promise
    kind: Kind = Kind.LINE
    required: bool = False
    most: int = 80
    kinds: type[Labelled] | None = None
    others: tuple[str, ...] = ()
    help_text: Promise | str = ""
    is_past: bool = False
    is_personal: bool = False
    is_listed: bool = True
    choices: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Work out what may be chosen: each value with its words."""
        chosen = {each.value: each.label_zh for each in self.kinds} if self.kinds else {}
        object.__setattr__(self, "choices", chosen)

    def read(self, said: Any, *, today: date) -> Any:
        """Return what was written as its column holds it, None for nothing; Unreadable with the reason in Chinese."""
        cell = said if isinstance(said, Cell) else Cell(said)
        if cell.value is None or (self.kind == Kind.YES and isinstance(cell.value, bool)):
            return cell.value
        if isinstance(cell.value, list):
            cell = Cell("、".join(map(str, cell.value)))
        value = READERS[self.kind](self, cell)
        if self.is_past and value is not None and value > today:
            raise Unreadable(_("不能晚于今天。"))
        return value

    def shown(self, value: Any) -> str:
        """Return a value of the column in words that `read` understands."""
        if value is None or value == []:
            return ""
        if self.kind == Kind.AGENTS:
            return "、".join(names_of_agents(value))
        if self.kind == Kind.YES:
            return _("是") if value else _("否")
        return self.choices.get(value, str(value))


def names_of_agents(codes: list[str]) -> list[str]:
    """Return the agents' names, a whole group by its own."""
    names, left = [], set(codes)
    for group, known in agents_by_group().items():
        own = {each.code for each in known}
        names += [group] if own <= left else [each.name_zh for each in known if each.code in left]
        left -= own
    return [*names, *sorted(left)]


def _text(own: Field, cell: Cell) -> str | None:
    value = cell.value
    if isinstance(value, int | float):
        value = written(cell)
    text = str(value).strip()
    # What exports put before a sign that a spreadsheet would run.
    text = text.removeprefix("'")
    if len(text) > own.most:
        raise Unreadable(_("最多%(most)d个字，现有%(length)d个。") % {"most": own.most, "length": len(text)})
    if "\0" in text:
        raise Unreadable(_("含有不能保存的字符，请删去后重新输入。"))
    return text or None


def _phone(own: Field, cell: Cell) -> str | None:
    number = _by_cell(CellKind.CODE, own, cell)
    return _text(own, Cell(number)) if number else None


def _by_cell(kind: CellKind, own: Field, cell: Cell) -> Any:
    return read_cell(cell, Column(path=(own.name,), heading=str(own.heading), kind=kind))


def _number(cell: Cell) -> str:
    return written(cell).replace(",", "").replace(" ", "")


def _count(_own: Field, cell: Cell) -> int | None:
    text = _number(cell)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]+", text) or int(text) > MOST_COUNT:
        raise Unreadable(_("请写不小于0的整数。"))
    return int(text)


def _year(own: Field, cell: Cell) -> int | None:
    text = _number(cell).removesuffix("年")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{4}", text) or int(text) not in YEARS:
        raise Unreadable(_("请写四位年份，例如2026。"))
    return int(text)


def _money(_own: Field, cell: Cell) -> Decimal | None:
    # A spreadsheet keeps 15 digits; what stands beyond is its arithmetic, not anybody's money.
    text = f"{cell.value:.15g}" if isinstance(cell.value, float) else _number(cell).removesuffix("元")
    if not text:
        return None
    try:
        amount = Decimal(text)
        exact = amount.quantize(CENTI)
    except InvalidOperation:
        raise Unreadable(_("请以元为单位写数字，例如120000.50。")) from None
    if amount != exact:
        raise Unreadable(_("金额最多两位小数。"))
    if not 0 <= amount <= MOST_MONEY:
        raise Unreadable(_("金额不能是负数，也不能过大。"))
    return exact


def _day(own: Field, cell: Cell) -> date | None:
    if isinstance(cell.value, date) and not hasattr(cell.value, "hour"):
        return cell.value
    found = _by_cell(CellKind.DAY, own, cell)
    return date.fromisoformat(found) if found else None


def _choice(own: Field, cell: Cell) -> str | None:
    text = written(cell)
    by_words = {label: value for value, label in own.choices.items()}
    if text in own.choices or not text:
        return text or None
    if text not in by_words:
        raise Unreadable(_("不在所列各项中：%s。") % "、".join(by_words))
    return by_words[text]


def _agents(_own: Field, cell: Cell) -> list[str]:
    found: dict[str, None] = {}
    for word in filter(None, map(str.strip, BETWEEN_WORDS.split(str(cell.value)))):
        codes = _codes_of(word)
        if not codes:
            near = difflib.get_close_matches(word, _called(), n=3, cutoff=0.4)
            hint = _("相近的有：%s。") % "、".join(near) if near else _("名称见模板中的代码表。")
            raise Unreadable(_("致病因子表中没有“%s”。") % word + hint)
        found.update(dict.fromkeys(codes))
    return [code for code in agents() if code in found]


def _codes_of(word: str) -> list[str]:
    """Return the codes of what somebody calls an agent or a group of them; names count without what is in brackets."""
    by_group = {group: [each.code for each in known] for group, known in agents_by_group().items()}
    return by_group.get(word) or _called().get(word, []) or _called().get(bare(word), [])


def _called() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for each in agents().values():
        for name in {each.code, each.name_zh, each.name_en, *_parts(each.name_zh)}:
            names.setdefault(name, []).append(each.code)
    return names


def _parts(name: str) -> set[str]:
    """Return a name without its brackets, and what stands in them: 织纹螺（河鲀毒素） is either."""
    inside = re.search(r"[（(](.+)[）)]", name)
    return {bare(name), *(BETWEEN_WORDS.split(inside[1]) if inside else ())}


def bare(name: str) -> str:
    """Return a name without what stands in brackets."""
    return re.sub(r"[（(].*", "", name).strip()


READERS: Final = {
    Kind.LINE: _text,
    Kind.WORDS: _text,
    Kind.PHONE: _phone,
    Kind.COUNT: _count,
    Kind.YEAR: _year,
    Kind.MONEY: _money,
    Kind.DAY: _day,
    Kind.YES: lambda own, cell: _by_cell(CellKind.YES, own, cell),
    Kind.CHOICE: _choice,
    Kind.AGENTS: _agents,
}
