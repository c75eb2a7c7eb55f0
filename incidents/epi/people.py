"""Who fell ill by sex and age, as the outbreak card asks, and how small numbers are kept from those who may not read the list."""

import enum
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from incidents.listed import Patient
from incidents.models import Sex

# House rule on personal data, not the plan's: what is smaller may say who somebody is.
SMALL = 5
Cell = tuple[str, str]


class AgeBand(enum.StrEnum):
    """The age groups of the card; the last is of whom nobody said."""

    INFANT = "0-5"
    SCHOOL = "6-15"
    ADULT = "16-60"
    OLD = "61-"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The group as readers know it."""
        return str(_LABELS[self])


_LABELS = {
    AgeBand.INFANT: _("0–5岁"),
    AgeBand.SCHOOL: _("6–15岁"),
    AgeBand.ADULT: _("16–60岁"),
    AgeBand.OLD: _("60岁以上"),
    AgeBand.UNKNOWN: _("年龄不详"),
}
_LAST_AGES = {AgeBand.INFANT: 5, AgeBand.SCHOOL: 15, AgeBand.ADULT: 60}


@dataclass(frozen=True, slots=True)
class Exposed:
    """How many of one age group were exposed; the sexes of the card are two."""

    band: AgeBand
    male: int
    female: int


def band_of(age: int | None) -> AgeBand:
    """Return the age group of an age in years."""
    if age is None:
        return AgeBand.UNKNOWN
    return next((band for band, last in _LAST_AGES.items() if age <= last), AgeBand.OLD)


def by_sex_and_age(patients: Iterable[Patient], counts: Callable[[Patient], bool]) -> Counter[Cell]:
    """Return how many of these persons count, by age group and sex."""
    return Counter((band_of(each.age), each.sex) for each in patients if counts(each))


def cells() -> list[Cell]:
    """Return every cell of the card's table."""
    return [(band, sex) for band in AgeBand for sex in Sex]


def hidden(numbers: Mapping[Cell, int], all_cells: Sequence[Cell]) -> frozenset[Cell]:
    """Return the cells not to be shown where the sum of all is known: the small ones, and as many as keep them from being told by subtraction."""
    ranked = sorted((each for each in all_cells if numbers.get(each)), key=lambda each: numbers[each])
    found = [each for each in ranked if numbers[each] < SMALL]
    if not found:
        return frozenset()
    for each in ranked[len(found) :]:
        if len(found) > 1 and sum(numbers[one] for one in found) >= SMALL:
            break
        found.append(each)
    # With all that fell ill in few cells, an empty one would tell.
    return frozenset(found if len(found) > 1 and len(found) < len(ranked) else all_cells)
