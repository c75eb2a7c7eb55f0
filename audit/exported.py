"""Daily roots outside the database: the file and the page that are kept elsewhere, and how they are read back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from audit.models import DailyRoot
from audit.roots import Head, heads_from, root_hash
from plan.editions import edition_for

FORMAT = "ningbo-evidence-root/1"
GROUP = 8
ROW = 4
LABEL_WIDTH = 26

PAGE = """\
宁波市食品安全事故应急系统 · 每日存证摘要
Ningbo food-safety emergency response · daily evidence root

{rows}

请打印后由不掌管数据库的单位保存。核对：
Print this page and keep it with an office that does not run the database.
To check:

  python manage.py verify_audit --root \\
  {on}:{root}

打印人 printed by _________   时间 at _________   保管人 kept by _________
"""


class Unreadable(ValueError):
    """What was given is no exported root, or does not agree with itself."""


@dataclass(frozen=True, slots=True)
class ExportedRoot:
    """One day's root as kept elsewhere; `heads` are empty where only the day and the hash were kept."""

    on: date
    root: str
    heads: tuple[Head, ...] = ()


def as_json(root: DailyRoot) -> str:
    """Return the file to keep: everything the root was computed from, so that it proves itself."""
    content = {
        "format": FORMAT,
        "plan": edition_for(root.on).number,
        "rule": "root = SHA-256 of prev_root, on and the lines of heads, joined by line feeds (UTF-8)",
        "on": root.on.isoformat(),
        "prev_root": root.prev_root,
        "root": root.root,
        "heads": root.heads.splitlines(),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def as_page(root: DailyRoot) -> str:
    """Return one printable page: the hashes in groups that a person can read out."""
    rows = [
        ("日期 day", [root.on.isoformat()]),
        ("当日摘要 root", in_groups(root.root)),
        ("上一摘要 previous root", in_groups(root.prev_root) or ["无 none"]),
        ("当日变动的链 chains", [str(len(root.heads.splitlines()))]),
        ("预案 plan", [edition_for(root.on).number]),
        ("格式 format", [FORMAT]),
    ]
    return PAGE.format(
        rows="\n".join(line for label, lines in rows for line in _lines(label, lines)),
        on=root.on.isoformat(),
        root=root.root,
    )


def in_groups(digest: str) -> list[str]:
    """Return a hash as lines of four groups of eight characters."""
    groups = [digest[start : start + GROUP] for start in range(0, len(digest), GROUP)]
    return [" ".join(groups[start : start + ROW]) for start in range(0, len(groups), ROW)]


def from_json(text: str) -> ExportedRoot:
    """Read an exported file back; raises Unreadable unless its hash follows from its content."""
    try:
        content: dict[str, Any] = json.loads(text)
        told, on, digest = content["format"], date.fromisoformat(content["on"]), str(content["root"])
        heads = "\n".join(content["heads"])
        follows = root_hash(content["prev_root"], on, heads) == digest
        named = tuple(heads_from(heads))
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable("it is no exported root") from error
    if told != FORMAT:
        raise Unreadable(f"its format is not {FORMAT}")
    if not follows:
        raise Unreadable("its root does not follow from its heads: the file was changed")
    return ExportedRoot(on, digest, named)


def from_line(text: str) -> ExportedRoot:
    """Read DAY:HASH as printed on the page; spaces between groups are passed over."""
    day, _colon, digest = "".join(text.split()).lower().partition(":")
    try:
        return ExportedRoot(date.fromisoformat(day), digest)
    except ValueError as error:
        raise Unreadable("expected a file of export_root, or DAY:HASH as printed by it") from error


def _lines(label: str, lines: Iterable[str]) -> Iterable[str]:
    wide = sum(2 if ord(character) > 0x2E80 else 1 for character in label)
    for line in lines:
        yield label + " " * (LABEL_WIDTH - wide) + line
        label, wide = "", 0
