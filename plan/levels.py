"""Incident levels (chapter 2) and response levels (6.2): two different things that count down, Ⅰ being the worst."""

import enum
from typing import NoReturn, Self

_WORST_FIRST = ("I", "II", "III", "IV", "below")


class _CountedDown(enum.StrEnum):
    """Members are declared from the most severe down; text order would be wrong, so ordering operators are refused."""

    @property
    def _rank(self) -> int:
        return _WORST_FIRST.index(self._value_)

    def more_severe_than(self, other: Self) -> bool:
        """Say whether this level is strictly worse than the other (预案 2)."""
        return self._rank < other._rank

    def at_least(self, other: Self) -> bool:
        """Say whether this level is the other or worse; 以上 includes the level itself (预案 2, A3)."""
        return self._rank <= other._rank

    def _refuse_order(self, _other: str, /) -> NoReturn:
        raise TypeError("levels count down: use more_severe_than() or at_least()")

    __lt__ = __le__ = __gt__ = __ge__ = _refuse_order


class IncidentLevel(_CountedDown):
    """How grave an incident is; BELOW is an incident without a level (预案 2, 6.2.4, A5)."""

    I = "I"  # noqa: E741 - the plan's own numeral
    II = "II"
    III = "III"
    IV = "IV"
    BELOW = "below"

    @property
    def numeral(self) -> str:
        """The numeral as the plan prints it."""
        return _NUMERALS.get(self.value, "未达Ⅳ级")

    @property
    def label_zh(self) -> str:
        """The plan's word for the level."""
        return _LABELS[self.value]


class ResponseLevel(_CountedDown):
    """How high the response runs; set at activation, then raised or lowered by itself (预案 6.2, 6.4.1, A30)."""

    I = "I"  # noqa: E741 - the plan's own numeral
    II = "II"
    III = "III"
    IV = "IV"

    @property
    def numeral(self) -> str:
        """The numeral as the plan prints it."""
        return _NUMERALS[self.value]

    @property
    def label_zh(self) -> str:
        """The response as the plan names it."""
        return f"{self.numeral}级应急响应"


_NUMERALS = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ"}
_LABELS = {"I": "特别重大", "II": "重大", "III": "较大", "IV": "一般", "below": "未达一般"}


def most_severe(*levels: IncidentLevel) -> IncidentLevel:
    """Return the worst of the levels, BELOW if there is none (预案 2, A7)."""
    return next((level for level in IncidentLevel if level in levels), IncidentLevel.BELOW)
