"""Incidents that are one: what a part brought along, and what two would be together (A12, A56)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from incidents.grading import assess, edition_named
from incidents.models import Fact, Incident, Lineage, LineageKind
from incidents.persons import found_same, listed_cases, settle
from incidents.selectors import current_facts, definitions_in_force
from plan.levels import IncidentLevel


def taken_in_by(part: Incident, family: Collection[int]) -> list[int]:
    """Return the ids of a part and of what it had itself taken in, among the ids of its family."""
    standing = Lineage.objects.filter(kind=LineageKind.MERGE, taken_back_by__isnull=True, part__in=family)
    direct: dict[int, list[int]] = defaultdict(list)
    for whole_id, part_id in standing.values_list("whole", "part"):
        direct[whole_id].append(part_id)
    found = [part.pk]
    for pk in found:
        found += direct[pk]
    return found


def levels_together(incident: Incident, others: Iterable[Incident]) -> Mapping[int, IncidentLevel]:
    """Return for each other incident, by id, the level the two would have as one (A12); as many queries however many."""
    others = list(others)
    wholes = {each.pk: each.pk for each in (incident, *others)}
    parts = Incident.objects.filter(merged_into__in=wholes.keys())
    wholes |= {part.pk: part.merged_into_id for part in parts if part.merged_into_id}
    facts: dict[int, list[Fact]] = defaultdict(list)
    for fact in current_facts(wholes):
        facts[wholes[fact.incident_id]].append(fact)
    all_facts = [fact for found in facts.values() for fact in found]
    cases, same = listed_cases(all_facts), found_same(wholes)
    definitions = definitions_in_force(wholes)
    edition = edition_named(incident.edition)
    levels = {}
    for other in others:
        # The one that was opened first would be the whole, whose definition holds.
        whole = min((incident, other), key=lambda each: (each.opened_at, each.pk))
        once = settle([*facts[incident.pk], *facts[other.pk]], cases, same, definitions.get(whole.pk))
        levels[other.pk] = assess(once.facts, edition)[0].level
    return levels
