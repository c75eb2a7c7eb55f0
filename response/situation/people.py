"""How many people are concerned, by incident: as known now, and as known some hours ago (5.2, A12)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from incidents.counting import Count, count
from incidents.models import Fact, FactKind, Incident
from incidents.persons import found_same, listed_cases, settle
from incidents.selectors import definitions_in_force

PEOPLE: Final = (FactKind.ILLNESS, FactKind.INPATIENTS, FactKind.SEVERE, FactKind.DEATHS)


@dataclass(frozen=True, slots=True)
class People:
    """The numbers of one incident at two instants, and the time up to which the newest of them holds."""

    now: Mapping[FactKind, Count]
    before: Mapping[FactKind, Count]
    as_of: Mapping[FactKind, datetime]


def people_of_incidents(incident_ids: Collection[int], *, at: datetime, since: datetime) -> dict[int, People]:
    """Return the numbers of these incidents and of what was merged into them, counted as the level counts (A12, A56).

    `before` is what had been recorded by `since`, by the case definition in force now: the change is one of facts.
    """
    facts = _facts(incident_ids)
    cases, same = listed_cases(facts), found_same(incident_ids)
    definitions = definitions_in_force(incident_ids)
    families: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        families[fact.incident.merged_into_id or fact.incident_id].append(fact)

    def counted(whole: int, by: datetime) -> dict[FactKind, Count]:
        once = settle(on_record(families[whole], by), cases, same, definitions.get(whole))
        return _numbers(once.facts)

    found = {}
    for whole in incident_ids:
        now, known = counted(whole, at), {fact.pk: fact for fact in families[whole]}
        as_of = {kind: max(known[pk].as_of for pk in number.fact_ids) for kind, number in now.items()}
        found[whole] = People(now, counted(whole, since), as_of)
    return found


def _numbers(facts: Sequence[Fact]) -> dict[FactKind, Count]:
    """Count each kind that anybody stated; the number ill includes the dead, so deaths alone are as many ill (A12)."""
    counts = {kind: found for kind in PEOPLE if (found := count(facts, kind)) is not None}
    if FactKind.DEATHS in counts:
        counts.setdefault(FactKind.ILLNESS, counts[FactKind.DEATHS])
    return counts


def _facts(incident_ids: Iterable[int]) -> list[Fact]:
    ids = list(incident_ids)
    family = Incident.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids)).values("pk")
    rows = Fact.objects.filter(incident__in=family, kind__in=PEOPLE).select_related("incident")
    return list(rows.order_by("pk"))


def on_record(facts: Iterable[Fact], by: datetime) -> list[Fact]:
    """Return the facts as they stood on record at an instant: neither corrected nor withdrawn by then."""
    known = [fact for fact in facts if fact.recorded_at <= by]
    corrected = {fact.corrects_id for fact in known}
    return [fact for fact in known if not fact.is_retraction and fact.pk not in corrected]
