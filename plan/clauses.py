"""The plan's own words: its text by citation, its 191 clause rows and the readings in force, read from `plan/data`."""

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

_HEADING = re.compile(r"#{2,} (?P<number>\d+(?:\.\d+)*) (?P<title>.+)")
_ITEM = re.compile(r"(?:(\d+)\.|（(\d+)）)(?P<text>.+)")
_LETTER = re.compile(r"\([a-z]\)$")
_TABLE_ROW = re.compile(r"\| (?P<first>A?\d+) \| ")


class ClauseKind(enum.StrEnum):
    """What a clause row asks of software."""

    RULE = "R"
    WORKFLOW = "W"
    DATA = "D"
    INFORMATION = "I"


@dataclass(frozen=True, slots=True)
class Clause:
    """A place in the plan and its words as printed."""

    ref: str
    heading_zh: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One row of the clause table: the quotation and what the software must do for it."""

    number: int
    ref: str
    kind: ClauseKind
    text_zh: str
    english: str
    duty_en: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a silent or unclear clause is read, and why."""

    id: str
    ref: str
    question: str
    reading: str
    in_software: str


def clause(ref: str) -> Clause:
    """Return the words of a clause cited as `2.3(2)` or `6.2.4`; raises LookupError for a place the plan lacks."""
    try:
        return _clauses()[ref]
    except KeyError:
        raise LookupError(f"the plan has no clause {ref!r}") from None


def has_clause(ref: str) -> bool:
    """Say whether the plan has the cited place."""
    return ref in _clauses()


def places() -> tuple[str, ...]:
    """Return every place that can be cited, in the order of the text."""
    return tuple(_clauses())


def row(number: int) -> ClauseRow:
    """Return a clause row by its number, 1 to 191."""
    return rows()[number - 1]


@cache
def rows() -> tuple[ClauseRow, ...]:
    """Return the 191 clause rows in the order of the text."""
    return tuple(
        ClauseRow(int(cells[0]), cells[1], ClauseKind(cells[2]), *cells[3:])
        for cells in _table_rows("clauses.md")
        if not cells[0].startswith("A")
    )


def headings() -> frozenset[str]:
    """Return the headings of the plan's chapters and sections."""
    return frozenset(each.heading_zh for each in _clauses().values())


@cache
def in_english(ref: str) -> str:
    """Return what a clause says in English, row by row of the table; nothing for a place without rows of its own."""
    places = ((_LETTER.sub("", row.ref.removeprefix("§").split()[0]), row.english) for row in rows())
    return " ".join(english for place, english in places if place == ref)


@cache
def readings() -> dict[str, Reading]:
    """Return the readings in force by id, A1 to A65."""
    return {cells[0]: Reading(*cells) for cells in _table_rows("clauses.md") if cells[0].startswith("A")}


@cache
def plan_text() -> str:
    """Return the whole plan as stored."""
    return (DATA / "ningbo-2021-60.md").read_text(encoding="utf-8")


def _table_rows(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if _TABLE_ROW.match(line):
            yield [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def _clauses() -> dict[str, Clause]:
    return clauses_of(plan_text())


@cache
def clauses_of(text: str) -> dict[str, Clause]:
    """Cut the text of an edition at headings (`6.2.4`) and numbered items (`2.3(2)`, `6.4.2(1)`) (预案 9.1)."""
    lines: dict[str, list[str]] = {}
    headings: dict[str, str] = {}
    section = ""
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line):
            section = heading["number"]
            headings[section] = heading["title"]
            lines[section] = []
        elif section and line.strip():
            lines[section].append(line)
            if item := _ITEM.fullmatch(line):
                ref = f"{section}({item[1] or item[2]})"
                headings[ref] = headings[section]
                lines[ref] = [item["text"]]
    return {ref: Clause(ref, headings[ref], "\n".join(text)) for ref, text in lines.items()}
