"""Food histories as they are pasted: lines of cells, from a spreadsheet or typed; an error names its line."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incidents.epi.attack import FoodTable, PersonHistory

ILL = "发病"
_CELLS = re.compile(r"\t|[,，]")
_YES = {"1": True, "是": True, "0": False, "否": False}


def read_people(text: str) -> tuple[PersonHistory, ...]:
    """Return the persons of a pasted table whose head names 发病 and the foods."""
    lines = lines_of(text)
    if not lines:
        return ()
    (_number, head), rows = lines[0], lines[1:]
    if head.count(ILL) != 1 or len(set(head)) < len(head) or not rows:
        raise ValidationError(_("首行须有一列“发病”，各列名称不同，以下每人一行。"))
    return tuple(_person(number, head, cells) for number, cells in rows)


def _person(number: int, head: list[str], cells: list[str]) -> PersonHistory:
    known = {name: cell for name, cell in zip(head, cells, strict=False) if cell}
    if len(cells) > len(head) or ILL not in known or set(known.values()) - _YES.keys():
        raise ValidationError(_("第%(line)d行：发病须填1或0，食品填1、0或留空。"), params={"line": number})
    return PersonHistory(
        ill=_YES[known[ILL]], ate={name: _YES[cell] for name, cell in known.items() if name and name != ILL}
    )


def read_tables(text: str) -> tuple[FoodTable, ...]:
    """Return the foods of pasted lines: a name and four numbers of people."""
    return tuple(_table(number, cells) for number, cells in lines_of(text))


def _table(number: int, cells: list[str]) -> FoodTable:
    cells = cells if len(cells) > 1 else cells[0].rsplit(maxsplit=4)
    if len(cells) != 5 or not all(
        cell.isascii() and cell.isdecimal() and len(cell) < 8 for cell in cells[1:]
    ):
        raise ValidationError(_("第%(line)d行：须是食品名称和四个人数。"), params={"line": number})
    ate_ill, ate_well, not_ill, not_well = map(int, cells[1:])
    return FoodTable(food=cells[0], ate_ill=ate_ill, ate_well=ate_well, not_ill=not_ill, not_well=not_well)


def lines_of(text: str) -> list[tuple[int, list[str]]]:
    """Return the filled lines with their numbers, each as its cells."""
    split = ([cell.strip() for cell in _CELLS.split(line)] for line in text.splitlines())
    return [(number, cells) for number, cells in enumerate(split, start=1) if any(cells)]
