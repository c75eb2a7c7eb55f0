"""An incident's numbers of people: how each was counted, from which statements, and how it changed in a day (5.2, A12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from incidents.counting import COUNTED_KINDS, Count, count
from incidents.models import CaseDefinition, Fact, FactKind, Incident
from incidents.persons import EachOnce, each_once
from incidents.selectors import definition_in_force
from response.situation.now import COMPARED_WITH
from response.situation.people import on_record

_NUMBERS: Final = [kind for kind in FactKind if kind in COUNTED_KINDS]


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One number of people: how it was counted, from which statements, as of when.

    change: against what was on record a day before, None where nobody had said the number then.
    """

    kind: FactKind
    count: Count
    facts: Sequence[Fact]
    change: int | None

    @property
    def as_of(self) -> datetime:
        """The time up to which the newest statement holds."""
        return max(fact.as_of for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Counting:
    """The numbers of people, by which case definition, and who of the listed it leaves out (A12)."""

    definition: CaseDefinition | None
    once: EachOnce
    numbers: Sequence[KeyNumber]
    since: datetime


def counting_of(incident: Incident, facts: Sequence[Fact], at: datetime) -> Counting:
    """Count the people of an incident now and as on record a day before, both by the definition in force (A12)."""
    since, definition = at - COMPARED_WITH, definition_in_force(incident)
    standing = {fact.pk: fact for fact in on_record(facts, at)}
    once = each_once(standing.values(), definition)
    before = _counts(each_once(on_record(facts, since), definition))
    numbers = [
        KeyNumber(
            kind,
            counted,
            [standing[pk] for pk in counted.fact_ids],
            counted.value - before[kind].value if kind in before else None,
        )
        for kind, counted in _counts(once).items()
    ]
    return Counting(definition, once, numbers, since)


def _counts(once: EachOnce) -> Mapping[FactKind, Count]:
    return {kind: found for kind in _NUMBERS if (found := count(once.facts, kind)) is not None}
