"""A revision of the plan as a file, and two editions held side by side (预案 9.1).

The file is TOML: `number`, `title`, `issuer`, `issued_on`, `in_force_on`, `repeals`, then tables `thresholds`, `hours` (in minutes)
and `switches`, each with the names of `plan.edition`; what is left out is as in the edition of 2021. The words come beside it.
"""

import difflib
import enum
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, TypeVar

from plan.clauses import clauses_of
from plan.edition import EDITION_2021, Edition, Hours, Switches, Thresholds
from plan.grading import ITEMS

WORDS = ("number", "title", "issuer", "repeals")
DAYS = ("issued_on", "in_force_on")
TABLES = ("thresholds", "hours", "switches")
LONGEST = timedelta(days=7)

Kind = TypeVar("Kind", Thresholds, Hours, Switches)


class BadEdition(ValueError):
    """What is wrong with a file of a revision, every fault in Chinese."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("；".join(faults))
        self.faults = faults


def read_edition(numbers: str, text: str) -> Edition:
    """Return the edition a file and its words describe (预案 9.1); raises BadEdition with every fault found."""
    try:
        given = tomllib.loads(numbers)
    except tomllib.TOMLDecodeError as error:
        raise BadEdition([f"不是TOML文件：{error}"]) from None
    faults = [*_faults_of_names(given), *_faults_of_words(text)]
    if faults:
        raise BadEdition(faults)
    edition = Edition(
        **{name: given[name].strip() for name in WORDS},
        **{name: given[name] for name in DAYS},
        text=text,
        thresholds=_table(Thresholds, given.get("thresholds", {})),
        hours=_table(Hours, {k: timedelta(minutes=v) for k, v in given.get("hours", {}).items()}),
        switches=_table(Switches, given.get("switches", {})),
    )
    if faults := list(_faults_of_sense(edition)):
        raise BadEdition(faults)
    return edition


def _table(kind: type[Kind], given: Mapping[str, Any]) -> Kind:
    return kind(**given)


def _faults_of_names(given: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(given.keys() - {*WORDS, *DAYS, *TABLES}):
        yield f"没有“{name}”这一项"
    for name in WORDS:
        if not isinstance(given.get(name), str) or not given[name].strip():
            yield f"缺少“{name}”"
    for name in DAYS:
        if type(given.get(name)) is not date:
            yield f"“{name}”应为日期，如2027-03-01"
    for table, kind in zip(TABLES, (Thresholds, Hours, Switches), strict=True):
        yield from _faults_of_table(table, given.get(table, {}), {each.name for each in fields(kind)})


def _faults_of_table(table: str, given: Any, known: set[str]) -> Iterator[str]:
    if not isinstance(given, dict):
        yield f"“{table}”应为表"
        return
    wanted = bool if table == "switches" else int
    for name, value in given.items():
        if name not in known:
            yield f"“{table}”中没有“{name}”"
        elif type(value) is not wanted or (wanted is int and value < 1):
            yield f"“{table}.{name}”应为{'true或false' if wanted is bool else '1以上的整数'}"


def _faults_of_words(text: str) -> Iterator[str]:
    missing = [item.clause for item in ITEMS if item.clause not in clauses_of(text)]
    if missing:
        yield f"条文中找不到分级所依据的{'、'.join(missing)}"


def _faults_of_sense(edition: Edition) -> Iterator[str]:
    if edition.in_force_on < edition.issued_on:
        yield "施行日早于印发日"
    if edition.in_force_on <= EDITION_2021.in_force_on:
        yield "施行日不晚于2021年版的施行日"
    if edition.number == EDITION_2021.number:
        yield "文号与2021年版相同"
    numbers, hours = edition.thresholds, edition.hours
    if numbers.ill_for_iv >= numbers.ill_for_iii:
        yield "一般（Ⅳ级）的人数应少于较大（Ⅲ级）的人数"
    if hours.phone_target > hours.phone_limit or hours.written_target > hours.written_limit:
        yield "力争时限不应晚于报告时限"
    if max(hours.phone_limit, hours.written_limit, hours.report_limit) > LONGEST:
        yield "报告时限超过7天，请核对单位（分钟）"


class Change(enum.StrEnum):
    """What became of a clause from one edition to the other."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a clause's words: in both editions, only in the older, or only in the newer."""

    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause in two editions, word against word."""

    ref: str
    heading_zh: str
    change: Change
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class NumberChange:
    """One number or reading of the plan that differs; `name` as in `plan.edition`, times in minutes."""

    name: str
    before: int | bool
    after: int | bool


def compare(older: Edition, newer: Edition) -> list[ClauseChange]:
    """Hold two editions side by side, clause by clause, in the order of the newer, what is gone last (预案 9.1)."""
    before, after = clauses_of(older.text), clauses_of(newer.text)
    found = [
        ClauseChange(
            ref, each.heading_zh, *_pieces(before[ref].text_zh if ref in before else None, each.text_zh)
        )
        for ref, each in after.items()
    ]
    gone = [
        ClauseChange(ref, each.heading_zh, *_pieces(each.text_zh, None))
        for ref, each in before.items()
        if ref not in after
    ]
    return [*found, *gone]


def compare_numbers(older: Edition, newer: Edition) -> list[NumberChange]:
    """Return the thresholds, hours and readings that differ (预案 9.1)."""
    before, after = numbers_of(older), numbers_of(newer)
    return [NumberChange(name, before[name], after[name]) for name in before if before[name] != after[name]]


def numbers_of(edition: Edition) -> dict[str, int | bool]:
    """Return the thresholds, the hours in minutes and the readings of an edition by their names (预案 9.1)."""
    return {
        each.name: value // timedelta(minutes=1) if isinstance(value, timedelta) else value
        for table in (edition.thresholds, edition.hours, edition.switches)
        for each in fields(table)
        for value in (getattr(table, each.name),)
    }


def _pieces(before: str | None, after: str | None) -> tuple[Change, tuple[Piece, ...]]:
    if before is None:
        return Change.ADDED, (Piece(after or "", Change.ADDED),)
    if after is None:
        return Change.GONE, (Piece(before, Change.GONE),)
    if before == after:
        return Change.SAME, (Piece(after, Change.SAME),)
    pieces: list[Piece] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(before[i:j], Change.SAME))
            continue
        if i < j:
            pieces.append(Piece(before[i:j], Change.GONE))
        if k < m:
            pieces.append(Piece(after[k:m], Change.ADDED))
    return Change.CHANGED, tuple(pieces)
