"""What an edition would have changed: every incident graded and every clock judged again, nothing stored (9.1)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from incidents.crossing import crossing
from incidents.grading import assess, edition_named
from incidents.models import Fact, Incident
from incidents.persons import found_same, listed_cases, settle
from incidents.selectors import current_facts, definitions_in_force
from plan.classification import Assessment
from plan.duties import DUTIES, in_edition
from plan.edition import Edition
from reporting.clocks import due_times
from reporting.excuses import OnRecord, excuse
from reporting.models import Obligation, ObligationState
from reporting.selectors import families_on_record
from reporting.verdicts import verdict

AT_A_TIME: Final = 200
LEGS: Final = {(duty.clause, leg.code): leg for duty in DUTIES for leg in duty.legs}


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A clock that would have been judged otherwise."""

    clause: str
    leg: str
    bearer: str
    recipient: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What would have been otherwise with one incident."""

    number: str
    before: Assessment
    after: Assessment
    starts: bool
    stops: bool
    clocks: tuple[ClockChange, ...] = field(default=())

    @property
    def differs(self) -> bool:
        """Tell whether anything would have been otherwise."""
        graded = (self.before.level, self.before.clauses) != (self.after.level, self.after.clauses)
        return graded or self.starts or self.stops or bool(self.clocks)


def effects(edition: Edition, *, at: datetime) -> Iterator[Effect]:
    """Yield for every incident on record, drills and parts of others apart, what the edition would have made of it (9.1)."""
    wholes = Incident.objects.filter(is_drill=False, merged_into__isnull=True).order_by("pk")
    pks = list(wholes.values_list("pk", flat=True))
    for first in range(0, len(pks), AT_A_TIME):
        yield from _some(list(wholes.filter(pk__in=pks[first : first + AT_A_TIME])), edition, at)


def _some(incidents: Sequence[Incident], edition: Edition, at: datetime) -> Iterator[Effect]:
    wholes = {each.pk: each.pk for each in incidents}
    for part in Incident.objects.filter(merged_into__in=wholes.keys()):
        wholes[part.pk] = part.merged_into_id or part.pk
    facts: dict[int, list[Fact]] = defaultdict(list)
    for fact in current_facts(wholes):
        facts[wholes[fact.incident_id]].append(fact)
    cases = listed_cases(fact for found in facts.values() for fact in found)
    same, definitions = found_same(wholes), definitions_in_force(wholes)
    clocks, on_record = _clocks(wholes), families_on_record(incidents)
    for incident in incidents:
        once = settle(facts[incident.pk], cases, same, definitions.get(incident.pk))
        own = edition_named(incident.edition)
        before, after = (assess(once.facts, each)[0] for each in (own, edition))
        was, would = (crossing(incident, once, each) is not None for each in (own, edition))
        changed = tuple(_judged_again(clocks[incident.pk], on_record[incident.pk], edition, at))
        yield Effect(incident.number, before, after, would and not was, was and not would, changed)


def _clocks(wholes: Mapping[int, int]) -> dict[int, list[Obligation]]:
    """Return the clocks with hours that were not replaced, by the whole they count for."""
    found: dict[int, list[Obligation]] = defaultdict(list)
    rows = Obligation.objects.filter(incident__in=wholes.keys(), limit_at__isnull=False)
    for clock in rows.exclude(state=ObligationState.SUPERSEDED).select_related("bearer", "recipient"):
        found[wholes[clock.incident_id]].append(clock)
    return found


def _judged_again(
    clocks: Sequence[Obligation], on_record: OnRecord, edition: Edition, at: datetime
) -> Iterator[ClockChange]:
    for clock in clocks:
        leg = in_edition(LEGS[clock.clause, clock.leg], edition)
        due = due_times(leg, earliest=clock.anchor_earliest, latest=clock.anchor_latest)
        again = copy(clock)
        again.target_at, again.limit_at = due.target_at, due.limit_at
        before, after = (_state(each, on_record, at) for each in (clock, again))
        if before != after:
            names = clock.bearer.name, clock.recipient.name
            yield ClockChange(clock.clause, clock.leg, *names, before, after)


def _state(clock: Obligation, on_record: OnRecord, at: datetime) -> str:
    return verdict(clock, on_record.deliveries, at, excuse=excuse(clock, on_record)).state
