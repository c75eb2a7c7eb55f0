"""What the page of an incident's line lists shows: each record, who is one patient with whom, likely doubles (A12)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import actor_has
from accounts.rights import Right
from incidents.doubles import Double, likely_doubles
from incidents.models import Case, Fact, Incident, PersonDecision
from incidents.persons import counted_lists, found_same, listed_cases, name_of, patients_of
from incidents.selectors import current_facts, family_ids, latest_assessment
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from response.case_permissions import check_actor_decides_pair, is_for
from response.transfers import Moves, moves_of, place_of, with_transferred

PER_PAGE = 50
RECORDS, DOUBLES, DECIDED = "records", "doubles", "decided"


@dataclass(frozen=True, slots=True)
class Record:
    """One record, with the other records of the same patient: those this office may see, and how many it may not.

    An arrow says that the patient was transferred there, or from there.
    """

    case: Case
    others: Sequence[tuple[str, Case]]
    hidden: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records to be found one patient or two, what was found before, and why this office may not find it."""

    first: Case
    second: Case
    grounds: Sequence[str]
    refusal: PlanRefusal | None
    decision: PersonDecision | None = None
    office: str = ""


@dataclass(frozen=True, slots=True)
class CasesPage:
    """The page at one instant. The counts are of all counties' lists, the records of those the office may see."""

    at: datetime
    shown: str
    page: Page[Any]
    hospitals: Sequence[tuple[Organisation, int]]
    chosen: str
    listed: int
    patients: int
    counted: object
    own: int
    doubles: int
    decided: int
    elsewhere: int
    may_unmask: bool


def cases_of(incident: Incident) -> QuerySet[Case]:
    """Return the records of the lists that count; what is sealed stays in the database."""
    facts = list(current_facts(family_ids(incident)))
    return _cases(facts)


def cases_page(
    incident: Incident, actor: Actor, at: datetime, *, shown: str = "", hospital: str = "", number: str = "1"
) -> CasesPage:
    """Return one page of an incident's records, likely doubles or findings; as many queries for many as for few."""
    facts = list(current_facts(family_ids(incident)))
    cases = {case.pk: case for case in _cases(facts)}
    own = {pk: case for pk, case in cases.items() if is_for(actor, case)}
    together = _together(facts, cases.values())
    moves = moves_of(incident)
    doubles = with_transferred(likely_doubles(facts), moves, cases.values())
    pairs = [_pair(actor, cases, double) for double in doubles]
    open_to = [pair for pair in pairs if is_for(actor, pair.first) and is_for(actor, pair.second)]
    decided = _decided(incident, actor, own.values())
    rows: Sequence[Record] | Sequence[Pair] = open_to if shown == DOUBLES else decided
    if shown not in {DOUBLES, DECIDED}:
        shown, rows = RECORDS, _records(own, together, hospital, moves)
    assessment = latest_assessment(incident)
    return CasesPage(
        at=at,
        shown=shown,
        page=_page(rows, number),
        hospitals=_hospitals(own.values()),
        chosen=hospital,
        listed=len(cases),
        patients=len({id(group) for group in together.values()}),
        counted=assessment.counted.get("illness_count") if assessment else None,
        own=len(own),
        doubles=len(open_to),
        decided=len(decided),
        elsewhere=len(pairs) - len(open_to),
        may_unmask=actor_has(actor, Right.READ_PATIENTS),
    )


def pair_of(incident: Incident, actor: Actor, pks: Iterable[int]) -> Pair | None:
    """Return two records of an incident that this office may see, None if one of them is not."""
    cases = cases_of(incident).in_bulk(set(pks))
    if len(cases) != 2 or not all(is_for(actor, case) for case in cases.values()):
        return None
    first, second = (cases[pk] for pk in sorted(cases))
    found = _decided(incident, actor, (first, second))
    likely = likely_doubles(list(current_facts(family_ids(incident))))
    doubles = with_transferred(likely, moves_of(incident), cases.values())
    grounds = (each.grounds for each in doubles if {each.first.pk, each.second.pk} == set(cases))
    return found[0] if found else Pair(first, second, next(grounds, ()), None)


def _cases(facts: Sequence[Fact]) -> QuerySet[Case]:
    listed = Case.objects.filter(fact__in=counted_lists(facts), fact__source__isnull=False)
    return (
        listed.defer("personal", "details").select_related("fact__source__jurisdiction__host").order_by("pk")
    )


def _together(facts: Sequence[Fact], cases: Iterable[Case]) -> dict[int, list[Case]]:
    """Return for each record all records of the same patient, in all counties."""
    ids = {(case.fact_id, name_of(case)): case for case in cases}
    lists = {fact_id for fact_id, _name in ids}
    rows = [row for row in listed_cases(facts) if row.fact_id in lists]
    same = found_same(fact.incident_id for fact in facts)
    groups = [[ids[row.fact_id, row.key] for row in patient.cases] for patient in patients_of(rows, same)]
    return {case.pk: group for group in groups for case in group}


def _records(
    own: Mapping[int, Case],
    together: Mapping[int, Sequence[Case]],
    hospital: str,
    moves: Moves,
) -> list[Record]:
    chosen = [case for case in own.values() if hospital in {"", _sender(case).code}]
    chosen.sort(key=lambda case: (_sender(case).pk, case.pk))
    records = []
    for case in chosen:
        others = [each for each in together[case.pk] if each.pk != case.pk]
        seen = [(moves.get((place_of(case), place_of(each)), ""), each) for each in others if each.pk in own]
        records.append(Record(case, seen, len(others) - len(seen)))
    return records


def _pair(actor: Actor, cases: Mapping[int, Case], double: Double) -> Pair:
    first, second = cases[double.first.pk], cases[double.second.pk]
    refusal = refusal_of(partial(check_actor_decides_pair, actor, first, second))
    return Pair(first, second, double.grounds, refusal)


def _decided(incident: Incident, actor: Actor, cases: Iterable[Case]) -> list[Pair]:
    """Return what holds about pairs of these records, the latest first; a finding about a record no longer listed rests."""
    by_name = {name_of(case): case for case in cases}
    rows = PersonDecision.objects.filter(incident__in=family_ids(incident)).order_by("pk")
    latest = {(row.first, row.second): row for row in rows}
    offices = dict(
        Organisation.objects.filter(code__in={row.office for row in latest.values()}).values_list(
            "code", "name"
        )
    )
    pairs = []
    for (one, other), row in reversed(latest.items()):
        if one in by_name and other in by_name:
            first, second = by_name[one], by_name[other]
            refusal = refusal_of(partial(check_actor_decides_pair, actor, first, second))
            pairs.append(Pair(first, second, (), refusal, row, offices.get(row.office, row.office)))
    return pairs


def _page(rows: Sequence[Record] | Sequence[Pair], number: str) -> Page[Any]:
    return Paginator(rows, PER_PAGE).get_page(number)


def _hospitals(cases: Iterable[Case]) -> list[tuple[Organisation, int]]:
    tally = Counter(_sender(case) for case in cases)
    return sorted(tally.items(), key=lambda each: each[0].pk)


def _sender(case: Case) -> Organisation:
    if case.fact.source is None:
        raise LookupError("a line list has a sender")
    return case.fact.source
