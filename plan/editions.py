"""The editions of the plan there are, and which of them judges an incident (预案 9.1, 9.3).

A revision is a pair of files in `data/editions`, `NAME.toml` and `NAME.md`; it judges what occurs from its day on.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from plan.clauses import DATA
from plan.edition import EDITION_2021, Edition
from plan.refusal import PlanRefusal
from plan.revising import read_edition


def _revisions(folder: Path) -> Iterator[Edition]:
    for numbers in sorted(folder.glob("*.toml")):
        words = numbers.with_suffix(".md").read_text(encoding="utf-8")
        yield read_edition(numbers.read_text(encoding="utf-8"), words)


EDITIONS: tuple[Edition, ...] = (
    EDITION_2021,
    *sorted(_revisions(DATA / "editions"), key=lambda each: each.in_force_on),
)


def edition_for(occurred_on: date) -> Edition:
    """Return the edition in force on the day the incident occurred (预案 9.3).

    occurred_on: the day in Beijing time. Raises PlanRefusal before the first edition was in force.
    """
    in_force = [edition for edition in EDITIONS if edition.in_force_on <= occurred_on]
    if not in_force:
        raise PlanRefusal(
            "事故发生在本预案施行之日（2021年9月30日）以前，不按本预案分级。",
            clause="9.3",
            code="before_edition",
            next_step="请核对事发时间；如确在施行之日以前，按当时有效的预案处理。",
        )
    return max(in_force, key=lambda edition: edition.in_force_on)
