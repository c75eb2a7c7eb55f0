"""The glossary as data: each term of the plan with the place that founds it, as `docs/glossary.md` lists them."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from plan.clauses import places

GLOSSARY: Final = Path(__file__).resolve().parents[1] / "docs" / "glossary.md"
_ROW: Final = re.compile(r"\| (?P<term>[^|]+) \| `[^`]+` \| (?P<ref>[^|]+) \| [^|]*\|")
# A word of ours that the plan does not have.
_OURS: Final = "–"


@cache
def terms_by_clause() -> Mapping[str, tuple[str, ...]]:
    """Return the plan's own terms by the place that founds them, in the plan's order."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    rows = [row for line in lines if (row := _ROW.fullmatch(line)) and row["ref"] != _OURS]
    founded = {row["ref"] for row in rows}
    return {
        ref: tuple(row["term"] for row in rows if row["ref"] == ref) for ref in places() if ref in founded
    }
