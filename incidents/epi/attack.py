"""Food-specific attack rates: who ate and who did not, ill and well, and how much more often the eaters fell ill."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

# The normal quantile of a 95 % interval.
Z_95 = 1.959964


class Method(enum.StrEnum):
    """How a relative risk was computed."""

    PLAIN = "plain"
    # Half a person is added to each cell, so that a nought does not divide.
    HALDANE = "haldane"


@dataclass(frozen=True, slots=True)
class Risk:
    """The relative risk of eaters with its 95 % interval (Katz, on the logarithm)."""

    ratio: float
    low: float
    high: float
    method: Method


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodTable:
    """The 2×2 table of one food, in persons who were asked and knew."""

    food: str
    ate_ill: int
    ate_well: int
    not_ill: int
    not_well: int

    @property
    def ate(self) -> int:
        """How many ate it."""
        return self.ate_ill + self.ate_well

    @property
    def abstained(self) -> int:
        """How many did not eat it."""
        return self.not_ill + self.not_well

    @property
    def rate_ate(self) -> float | None:
        """The attack rate among those who ate it, in per cent; None where nobody did."""
        return 100 * self.ate_ill / self.ate if self.ate else None

    @property
    def rate_not(self) -> float | None:
        """The attack rate among those who did not, in per cent; None where everybody ate it."""
        return 100 * self.not_ill / self.abstained if self.abstained else None

    @property
    def risk(self) -> Risk | None:
        """The relative risk; None where one side is empty or nobody fell ill, and nothing can be compared."""
        if not self.ate or not self.abstained or not self.ate_ill + self.not_ill:
            return None
        method = Method.PLAIN if self.ate_ill and self.not_ill else Method.HALDANE
        half = 0.0 if method is Method.PLAIN else 0.5
        ill, ate = self.ate_ill + half, self.ate + 2 * half
        other, abstained = self.not_ill + half, self.abstained + 2 * half
        ratio = (ill / ate) / (other / abstained)
        error = sqrt(1 / ill - 1 / ate + 1 / other - 1 / abstained)
        return Risk(ratio, exp(log(ratio) - Z_95 * error), exp(log(ratio) + Z_95 * error), method)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHistory:
    """What one person, ill or well, ate and did not eat; a food they did not know of is left out. No name, no number."""

    ill: bool
    ate: Mapping[str, bool]


def tables_of(people: Sequence[PersonHistory]) -> list[FoodTable]:
    """Return the table of each food that was asked for, in the order in which it first appears."""
    foods = dict.fromkeys(food for person in people for food in person.ate)

    def cell(food: str, *, ate: bool, ill: bool) -> int:
        return sum(person.ill is ill and person.ate.get(food) is ate for person in people)

    return [
        FoodTable(
            food=food,
            ate_ill=cell(food, ate=True, ill=True),
            ate_well=cell(food, ate=True, ill=False),
            not_ill=cell(food, ate=False, ill=True),
            not_well=cell(food, ate=False, ill=False),
        )
        for food in foods
    ]


def by_risk(tables: Sequence[FoodTable]) -> list[FoodTable]:
    """Return the foods, those whose eaters fell ill most of all first, those that can't be compared last."""
    return sorted(tables, key=lambda each: -each.risk.ratio if each.risk else 0.0)
