"""Each patient once: who of several line lists is one person, and which list counts them (A12; architecture: counts)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from incidents.listed import ListedCase, Patient
from incidents.models import (
    Case,
    CaseDefinition,
    CountKind,
    Fact,
    FactKind,
    Outcome,
    PersonDecision,
)

LISTED_KINDS = (FactKind.ILLNESS, FactKind.DEATHS, FactKind.SEVERE)


@dataclass(frozen=True, slots=True)
class EachOnce:
    """Facts whose numbers count each case of their line lists once, and the onsets of each list that states all.

    An onset is the earliest and the latest moment stated for one person (A48). `left_out` are listed and no cases.
    """

    facts: Sequence[Fact]
    onsets: Mapping[int, Sequence[tuple[datetime, datetime]]]
    cases: Sequence[Patient] = ()
    left_out: Sequence[Patient] = ()


def key_of(*, source_id: int | None, series: str, local_id: str) -> str:
    """Return the name of a record, the same in all revisions of its list."""
    return f"{source_id}:{series}:{local_id}"


def name_of(case: Case) -> str:
    """Return the name of a stored case; its fact is loaded."""
    return key_of(source_id=case.fact.source_id, series=case.fact.series, local_id=case.local_id)


def counted_lists(facts: Iterable[Fact]) -> list[int]:
    """Return the ids of the line lists that may count: of each sender's revisions the latest."""
    return [fact.pk for fact in _ranked(_lists(facts).values())]


def each_once(facts: Iterable[Fact], definition: CaseDefinition | None) -> EachOnce:
    """Return the facts with every case counted by one list alone (A12); two queries however many, one without lists."""
    facts = list(facts)
    cases = listed_cases(facts)
    return settle(facts, cases, found_same(fact.incident_id for fact in facts) if cases else (), definition)


def settle(
    facts: Sequence[Fact],
    cases: Sequence[ListedCase],
    same: Iterable[tuple[str, str]],
    definition: CaseDefinition | None,
) -> EachOnce:
    """Return the facts less what their lists count twice or what is no case; `cases` and `same` may hold more than these.

    Of each sender's revisions the latest is looked at. A total comes before what it includes, and that before all else.
    """
    lists = _lists(facts)
    ranked = counted_lists(facts)
    patients = patients_of([case for case in cases if case.fact_id in ranked], same)
    counted = [patient for patient in patients if patient.judged_by(definition).is_case]
    left_out = [patient for patient in patients if not patient.judged_by(definition).is_case]
    uncounted: dict[tuple[int, str], int] = defaultdict(int)
    owned: dict[int, list[Patient]] = defaultdict(list)
    for patient in counted:
        owned[_count_once(patient, ranked, uncounted)].append(patient)
    for patient in left_out:
        _count_nowhere(patient, uncounted)
    for earlier in (Patient([case]) for case in cases if case.fact_id in lists.keys() - set(ranked)):
        if earlier.judged_by(definition).is_case:
            owned[earlier.cases[0].fact_id].append(earlier)
        else:
            _count_nowhere(earlier, uncounted)
    settled = [_without(fact, uncounted, lists) for fact in facts]
    value = {fact.pk: fact.value for fact in settled}
    onsets = {pk: _span(found) for pk, found in owned.items() if _is_whole(found, value[pk])}
    return EachOnce(settled, onsets, counted, left_out)


def listed_cases(facts: Iterable[Fact]) -> list[ListedCase]:
    """Return the rows of the line lists among these facts; one query."""
    lists = _lists(facts)
    stated = ("certainty", "is_secondary", "details", "sex", "age", "is_inpatient")
    names = ("fact_id", "local_id", "person", "onset_at", "outcome", "is_severe", *stated)
    rows = Case.objects.filter(fact__in=lists).order_by("pk").values_list(*names)
    return [
        ListedCase(
            fact_id=fact_id,
            key=key_of(source_id=lists[fact_id].source_id, series=lists[fact_id].series, local_id=local_id),
            person=person,
            onset_at=onset_at,
            is_dead=outcome == Outcome.DEAD,
            is_severe=is_severe,
            local_id=local_id,
            **dict(zip(stated, more, strict=True)),
        )
        for fact_id, local_id, person, onset_at, outcome, is_severe, *more in rows
    ]


def patients_of(cases: Sequence[ListedCase], same: Iterable[tuple[str, str]]) -> list[Patient]:
    """Return who is behind these rows: one identity number is one person, and so are two records found to be one."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    named = [(case.key, f"person:{case.person}") for case in cases if case.person]
    for first, second in (*named, *same):
        parent[root(first)] = root(second)
    found: dict[str, Patient] = defaultdict(Patient)
    for case in cases:
        found[root(case.key)].cases.append(case)
    return list(found.values())


def found_same(incident_ids: Iterable[int]) -> list[tuple[str, str]]:
    """Return the pairs that a person found to be one patient; the latest finding about a pair holds."""
    rows = PersonDecision.objects.filter(incident__in=set(incident_ids)).order_by("pk")
    latest = {
        (first, second): is_same for first, second, is_same in rows.values_list("first", "second", "is_same")
    }
    return [pair for pair, is_same in latest.items() if is_same]


def _lists(facts: Iterable[Fact]) -> dict[int, Fact]:
    return {fact.pk: fact for fact in facts if fact.kind == FactKind.ILLNESS and fact.value}


def _ranked(lists: Iterable[Fact]) -> list[Fact]:
    """Return the lists that may count, in the order in which they keep a patient that several state."""
    latest: dict[object, Fact] = {}
    for fact in sorted(lists, key=lambda fact: (fact.as_of, fact.pk)):
        is_total = fact.count_kind == CountKind.TOTAL
        latest[
            (fact.incident_id, is_total) if is_total else (fact.source_id, fact.series or fact.incident_id)
        ] = fact
    totals = [fact for fact in latest.values() if fact.count_kind == CountKind.TOTAL]
    included = {statement for total in totals for statement in total.includes}
    return sorted(
        latest.values(),
        key=lambda fact: (fact not in totals, fact.statement_id not in included, fact.statement_id),
    )


def _ways(patient: Patient) -> list[tuple[FactKind, list[ListedCase]]]:
    """Return each number a patient is counted in, and the rows that say so."""
    return [
        (FactKind.ILLNESS, patient.cases),
        (FactKind.DEATHS, [case for case in patient.cases if case.is_dead]),
        (FactKind.SEVERE, [case for case in patient.cases if case.is_severe]),
    ]


def _count_once(patient: Patient, ranked: Sequence[int], uncounted: dict[tuple[int, str], int]) -> int:
    """Return the list that keeps a patient, and note for every list how many of its rows count no one new."""
    keepers = []
    for kind, cases in _ways(patient):
        by_rank = sorted(cases, key=lambda case: ranked.index(case.fact_id))
        keepers += by_rank[:1]
        for case in by_rank[1:]:
            uncounted[case.fact_id, kind] += 1
    return keepers[0].fact_id


def _count_nowhere(patient: Patient, uncounted: dict[tuple[int, str], int]) -> None:
    """Note for every list the rows of somebody who is no case; whoever is no case is neither dead nor severe of it."""
    for kind, cases in _ways(patient):
        for case in cases:
            uncounted[case.fact_id, kind] += 1


def _without(fact: Fact, uncounted: Mapping[tuple[int, str], int], lists: Mapping[int, Fact]) -> Fact:
    """Return the fact less the rows of its list that it does not count; deaths and severe cases have the list of their report."""
    if fact.kind not in LISTED_KINDS:
        return fact
    is_own = fact.kind == FactKind.ILLNESS
    own = [pk for pk, found in lists.items() if (pk == fact.pk if is_own else _goes_with(fact, found))]
    less = sum(uncounted.get((pk, fact.kind), 0) for pk in own)
    if not less:
        return fact
    settled = copy(fact)
    settled.value = max(0, fact.value - less)
    return settled


def _goes_with(fact: Fact, listed: Fact) -> bool:
    return bool(fact.report_ref) and (fact.report_ref, fact.incident_id) == (
        listed.report_ref,
        listed.incident_id,
    )


def _is_whole(patients: Sequence[Patient], value: object) -> bool:
    """Say whether a list states an onset for everybody its number counts."""
    return len(patients) == value and all(patient.onsets for patient in patients)


def _span(patients: Sequence[Patient]) -> list[tuple[datetime, datetime]]:
    return [(patient.onsets[0], patient.onsets[-1]) for patient in patients]
