"""When the facts first reached 较大 (Ⅲ): the 事发 of the one- and two-hour clocks (A17)."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from incidents.grading import edition_named, plan_facts
from incidents.models import Fact, Incident
from incidents.persons import EachOnce, each_once
from incidents.selectors import current_facts, definition_in_force, family_ids
from plan.edition import Edition
from plan.grading import grade
from plan.levels import IncidentLevel


@dataclass(frozen=True, slots=True)
class Crossing:
    """The fact that completed Ⅲ, and the earliest and latest moment it can have occurred (A17, A48)."""

    fact_id: int
    earliest: datetime
    latest: datetime


def crossing(
    incident: Incident, once: EachOnce | None = None, edition: Edition | None = None
) -> Crossing | None:
    """Return when the incident's current facts first reached Ⅲ or worse; None if they don't.

    once: these facts, where they have been read just now. edition: another than the incident's own, to try it (9.1).
    A count backed by a line list grows with the cases' onsets; any other fact holds from when it happened.
    """
    once = once or each_once(current_facts(family_ids(incident)), definition_in_force(incident))
    firsts, lasts = (
        {pk: sorted(span[side] for span in found) for pk, found in once.onsets.items()} for side in (0, 1)
    )
    edition = edition or edition_named(incident.edition)
    latest = _first_reached(once.facts, lasts, edition, lambda fact: fact.happened_latest)
    earliest = _first_reached(once.facts, firsts, edition, lambda fact: fact.happened_earliest)
    if latest is None or earliest is None:
        return None
    return Crossing(latest[0], min(earliest[1], latest[1]), latest[1])


def _first_reached(
    facts: Sequence[Fact],
    onsets: Mapping[int, Sequence[datetime]],
    edition: Edition,
    happened: Callable[[Fact], datetime],
) -> tuple[int, datetime] | None:
    """Walk the moments at which something changed; between two facts only line lists grow, so bisect there."""

    def reached(moment: datetime) -> bool:
        known = _known_by(moment, facts, onsets, happened)
        return grade(plan_facts(known).facts, edition).level.at_least(IncidentLevel.III)

    fact_times = sorted({happened(fact) for fact in facts if fact.pk not in onsets})
    case_times = sorted({moment for found in onsets.values() for moment in found})
    before = 0
    for boundary in [*fact_times, *case_times[-1:]]:
        after = bisect_right(case_times, boundary)
        span = case_times[before:after]
        last_before = [moment for moment in span if moment < boundary][-1:]
        if last_before and reached(last_before[0]):
            moment = span[bisect_left(span, True, key=reached)]
            return _fact_at(moment, facts, onsets, happened), moment
        if reached(boundary):
            return _fact_at(boundary, facts, onsets, happened), boundary
        before = after
    return None


def _known_by(
    moment: datetime,
    facts: Sequence[Fact],
    onsets: Mapping[int, Sequence[datetime]],
    happened: Callable[[Fact], datetime],
) -> list[Fact]:
    """Return the facts as they stood at a moment; a line list's count is the onsets so far."""
    known = []
    for fact in facts:
        if fact.pk in onsets:
            grown = copy(fact)
            grown.value = bisect_right(onsets[fact.pk], moment)
            known.append(grown)
        elif happened(fact) <= moment:
            known.append(fact)
    return known


def _fact_at(
    moment: datetime,
    facts: Sequence[Fact],
    onsets: Mapping[int, Sequence[datetime]],
    happened: Callable[[Fact], datetime],
) -> int:
    """Return the fact that changed at a moment, the latest recorded of several."""
    return max(
        fact.pk
        for fact in facts
        if (moment in onsets[fact.pk] if fact.pk in onsets else happened(fact) == moment)
    )
