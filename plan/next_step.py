"""What single change of the facts would raise the level (预案 2.1–2.4, A7, A8)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from plan.edition import Edition, Thresholds
from plan.facts import DeterminingBody, Facts, HealthDamage
from plan.grading import Grade, grade
from plan.levels import IncidentLevel


@dataclass(frozen=True, slots=True)
class NextUp:
    """One change that would raise the level, and the clauses it would meet."""

    text_zh: str
    level: IncidentLevel
    clauses: tuple[str, ...]

    def __str__(self) -> str:
        return self.text_zh


Change = tuple[str, Facts]

_FINDINGS: tuple[tuple[str, object, str], ...] = (
    ("contaminated_food_present", True, "确认存在受污染食品"),
    ("assessed_possible_serious", True, "经评估认为可能造成严重健康损害"),
    ("assessed_particularly_serious", True, "经评估认为事故危害特别严重"),
    ("spreading", True, "出现扩散趋势"),
    ("novel_contaminant_first_in_china", True, "认定为我国首次出现的新污染物"),
)
_OVERSEAS = ("reached_overseas", True, "受污染食品流入境外")


_SPREAD: tuple[tuple[str, str], ...] = (
    ("counties_affected", "区县（市）"),
    ("prefecture_cities_affected", "设区市"),
    ("provinces_affected", "省份"),
)


def next_up(facts: Facts, graded: Grade, edition: Edition) -> tuple[NextUp, ...]:
    """Return the single changes that would raise the level, counts first; of each kind the nearest."""
    nearest = (
        _first_raising(kind, graded, edition)
        for kind in _kinds_of_change(facts, graded.level, edition.thresholds)
    )
    return tuple(step for step in nearest if step is not None)


def _kinds_of_change(facts: Facts, level: IncidentLevel, numbers: Thresholds) -> Iterator[list[Change]]:
    ill, dead = facts.illness_count, facts.death_count
    yield [
        (f"再增加{more - ill}例", replace(facts, illness_count=more))
        for more in (numbers.ill_for_iv, numbers.ill_for_iii)
        if more > ill
    ]
    yield [
        (f"再增加{more - dead}例死亡", replace(facts, death_count=more))
        for more in (1, numbers.deaths_for_ii)
        if more > dead
    ]
    yield [
        (f"造成{harm.label_zh}后果", replace(facts, health_damage=harm))
        for harm in (HealthDamage.SERIOUS, HealthDamage.PARTICULARLY_SERIOUS)
    ]
    places = numbers.places_for_spread
    spread = [(field, places, f"受污染食品流入{places}个以上{where}") for field, where in _SPREAD]
    for field, value, text in (*_FINDINGS, *spread, _OVERSEAS):
        changed: dict[str, Any] = {field: value}
        yield [(text, replace(facts, **changed))]
    if level is IncidentLevel.II:
        # no count leads to Ⅰ (A8): what remains to be named is the determination
        yield [
            (
                "国务院认定",
                replace(facts, determined_by=facts.determined_by | {DeterminingBody.STATE_COUNCIL}),
            )
        ]


def _first_raising(changes: list[Change], graded: Grade, edition: Edition) -> NextUp | None:
    for text, changed in changes:
        after = grade(changed, edition)
        if after.level.more_severe_than(graded.level):
            cited = "、".join(after.winning)
            return NextUp(f"{text}达到{after.level.label_zh}（{cited}）", after.level, after.winning)
    return None
