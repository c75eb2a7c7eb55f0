"""Who fell ill by sex and age on the outbreak card, as far as an office may see it (6.3.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from incidents.epi.people import AgeBand, Cell, by_sex_and_age, cells, hidden
from incidents.listed import Patient
from incidents.models import OutbreakCard, Sex

EXPOSED, ILL, INPATIENT, DEAD = "exposed", "ill", "inpatient", "dead"


@dataclass(frozen=True, slots=True)
class Group:
    """One age group: for each measure the numbers by sex (None is withheld), and the attack rate in per cent where it may be said."""

    band: AgeBand
    numbers: Mapping[str, Sequence[tuple[str, int | None]]]
    rate: float | None


@dataclass(frozen=True, slots=True)
class People:
    """The table; `sums` are of every measure, `unsaid` those of which nothing may be said by group. `is_whole`: nothing is withheld."""

    groups: Sequence[Group]
    sums: Mapping[str, int]
    unsaid: Sequence[str]
    is_whole: bool


def people_of(patients: Sequence[Patient], card: OutbreakCard | None, *, is_whole: bool) -> People:
    """Return the table of these persons and of the exposed that were entered."""
    measured: dict[str, Mapping[Cell, int]] = {
        EXPOSED: _exposed(card),
        ILL: by_sex_and_age(patients, lambda _patient: True),
        INPATIENT: by_sex_and_age(patients, lambda each: any(case.is_inpatient for case in each.cases)),
        DEAD: by_sex_and_age(patients, lambda each: any(case.is_dead for case in each.cases)),
    }
    kept = {name: frozenset() if is_whole else hidden(found, cells()) for name, found in measured.items()}
    unsaid = [name for name in measured if len(kept[name]) == len(cells())]
    said = {name: found for name, found in measured.items() if name not in unsaid}
    groups = [_group(band, said, kept) for band in AgeBand]
    return People(
        groups=[each for each in groups if any(each.numbers.values())],
        sums={name: sum(found.values()) for name, found in measured.items()},
        unsaid=unsaid,
        is_whole=is_whole,
    )


def _exposed(card: OutbreakCard | None) -> dict[Cell, int]:
    rows = card.exposed if card else ()
    return {(AgeBand(row["band"]), sex): row[sex] for row in rows for sex in (Sex.MALE, Sex.FEMALE)}


def _group(
    band: AgeBand, said: Mapping[str, Mapping[Cell, int]], kept: Mapping[str, frozenset[Cell]]
) -> Group:
    numbers = {
        name: [
            (str(sex.label), None if (band, sex) in kept[name] else found.get((band, sex), 0))
            for sex in Sex
            if found.get((band, sex)) or (band, sex) in kept[name]
        ]
        for name, found in said.items()
    }
    return Group(band, numbers, _rate(numbers) if ILL in said else None)


def _rate(numbers: Mapping[str, Sequence[tuple[str, int | None]]]) -> float | None:
    """Return the attack rate of a group, None where it would tell what is withheld."""
    exposed, ill = ([number for _sex, number in numbers.get(name, ())] for name in (EXPOSED, ILL))
    if None in (*exposed, *ill) or not sum(filter(None, exposed)):
        return None
    return 100 * sum(filter(None, ill)) / sum(filter(None, exposed))
