"""The facts that decide a level, and how a mapping from outside becomes them."""

import dataclasses
import enum
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from plan.labelled import Labelled


class HealthDamage(Labelled):
    """The harm to health, as found by a named person (预案 2.1(1)–2.4(1), A10); possible by itself meets nothing."""

    NONE = "none", "无健康损害"
    POSSIBLE = "possible", "可能有健康损害"
    SERIOUS = "serious", "严重健康损害"
    PARTICULARLY_SERIOUS = "particularly_serious", "特别严重健康损害"

    @property
    def is_serious(self) -> bool:
        """Say whether the harm is serious; particularly serious is (A10)."""
        return self in {HealthDamage.SERIOUS, HealthDamage.PARTICULARLY_SERIOUS}


class DeterminingBody(Labelled):
    """Who determined a level, 认定 (预案 2.1(2), 2.2(4), 2.3(3), 2.4(3))."""

    STATE_COUNCIL = "state_council", "国务院"
    PROVINCE = "province", "省政府"
    CITY = "city", "市政府"
    COUNTY = "county", "区县（市）政府"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one incident, for grading (预案 2).

    The number ill includes the dead (A12). The spread counts places the food reached, ours included (A2, A11).
    None in a field that a person must judge means that nobody has judged it yet.
    """

    illness_count: int
    death_count: int
    provinces_affected: int = 1
    reached_overseas: bool = False
    prefecture_cities_affected: int = 1
    counties_affected: int = 1
    health_damage: HealthDamage | None = None
    assessed_particularly_serious: bool | None = None
    assessed_possible_serious: bool | None = None
    novel_contaminant_first_in_china: bool = False
    spreading: bool | None = None
    contaminated_food_present: bool | None = None
    determined_by: frozenset[DeterminingBody] = frozenset()
    is_food_borne_outbreak: bool = True


class FactError(ValueError):
    """A fact that cannot be read: which key, and why."""

    def __init__(self, key: str, reason_zh: str) -> None:
        super().__init__(f"{key}: {reason_zh}")
        self.key = key
        self.reason_zh = reason_zh


REQUIRED = ("illness_count", "death_count")


def parse_facts(given: Mapping[str, object]) -> Facts:
    """Read facts from a mapping (预案 2); raises FactError at the first key that is unknown, missing or wrong."""
    for key in given:
        if key not in _READERS:
            raise FactError(key, "未知的字段")
    for key in REQUIRED:
        if key not in given:
            raise FactError(key, "缺少必填字段")
    return Facts(**{key: _READERS[key](key, value) for key, value in given.items()})


def dump_facts(facts: Facts) -> dict[str, object]:
    """Write facts as JSON values that `parse_facts` reads back to equal facts; what nobody judged is left out."""
    dumped: dict[str, object] = {}
    for field in dataclasses.fields(facts):
        value = getattr(facts, field.name)
        if isinstance(value, frozenset):
            dumped[field.name] = [body.value for body in DeterminingBody if body in value]
        elif value is not None:
            dumped[field.name] = value.value if isinstance(value, enum.Enum) else value
    return dumped


def _at_least(minimum: int) -> Callable[[str, object], int]:
    def read(key: str, value: object) -> int:
        if isinstance(value, bool):
            raise FactError(key, "布尔值不是整数")
        if isinstance(value, float) and not math.isfinite(value):
            raise FactError(key, "必须是有限的整数，不能是 NaN 或无穷大")
        if not isinstance(value, int):
            raise FactError(key, "必须是整数")
        if value < minimum:
            raise FactError(key, f"必须不小于 {minimum}")
        return value

    return read


def _boolean(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise FactError(key, "必须是 true 或 false")
    return value


def _health_damage(key: str, value: object) -> HealthDamage:
    if not isinstance(value, str) or value not in list(HealthDamage):
        raise FactError(key, "必须是 none、possible、serious、particularly_serious 之一")
    return HealthDamage(value)


def _determined_by(key: str, value: object) -> frozenset[DeterminingBody]:
    if value is None:
        return frozenset()
    bodies = value if isinstance(value, list | tuple | frozenset) else [value]
    if not all(isinstance(body, str) and body in list(DeterminingBody) for body in bodies):
        raise FactError(key, "必须是 state_council、province、city、county 之一、它们的列表或 null")
    return frozenset(DeterminingBody(str(body)) for body in bodies)


_READERS: dict[str, Callable[[str, object], Any]] = {
    "illness_count": _at_least(0),
    "death_count": _at_least(0),
    "provinces_affected": _at_least(1),
    "reached_overseas": _boolean,
    "prefecture_cities_affected": _at_least(1),
    "counties_affected": _at_least(1),
    "health_damage": _health_damage,
    "assessed_particularly_serious": _boolean,
    "assessed_possible_serious": _boolean,
    "novel_contaminant_first_in_china": _boolean,
    "spreading": _boolean,
    "contaminated_food_present": _boolean,
    "determined_by": _determined_by,
    "is_food_borne_outbreak": _boolean,
}
