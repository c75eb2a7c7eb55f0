"""The patients on record, told one by one from what happened to them (6.4.2(1)); few queries however many they are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Organisation
from incidents.models import Case, Incident
from incidents.selectors import current_facts, family_ids
from plan.courses import Course, Standing, Turn, course_of
from response.models import Patient, PatientEvent


@dataclass(frozen=True, slots=True)
class Person:
    """One patient: the record of the hospital they are in now, those they came from, and their course."""

    record: Patient
    came_from: Sequence[Patient]
    course: Course
    standing: Standing


def standing_events() -> QuerySet[PatientEvent]:
    """Return the events that hold, in the order in which they happened."""
    return PatientEvent.objects.filter(retracts__isnull=True, retracted_by__isnull=True).order_by(
        "happened_at", "pk"
    )


def records_of(incident: Incident, hospital: Organisation, numbers: Iterable[str]) -> dict[str, Patient]:
    """Return a hospital's records of these numbers, by number."""
    found = Patient.objects.filter(
        incident__in=family_ids(incident), hospital=hospital, local_id__in=list(numbers)
    )
    return {each.local_id: each for each in found.select_related("hospital")}


def events_by_patient(records: Iterable[Patient]) -> dict[int, list[PatientEvent]]:
    """Return what happened to each record's patient, as entered on that record and on transfers to it."""
    events: dict[int, list[PatientEvent]] = defaultdict(list)
    pks = {each.pk for each in records}
    for event in standing_events().filter(Q(patient__in=pks) | Q(to__in=pks)):
        for pk in pks & {event.patient_id, event.to_id or 0}:
            events[pk].append(event)
    return events


def people_of(incident: Incident, at: datetime) -> list[Person]:
    """Return everybody on record for an incident and what was merged into it, a transferred patient once."""
    family = family_ids(incident)
    records = {
        each.pk: each
        for each in Patient.objects.filter(incident__in=family).select_related("hospital").order_by("pk")
    }
    told = standing_events().filter(patient__incident__in=family)
    events = list(told.values_list("patient", "kind", "happened_at", "to"))
    first, current = _joined(records, [(pk, to) for pk, _kind, _when, to in events if to is not None])
    turns: dict[int, list[tuple[Turn, datetime]]] = defaultdict(list)
    for pk, kind, when, _to in events:
        turns[first[pk]].append((Turn(kind), when))
    chains: dict[int, list[Patient]] = defaultdict(list)
    for pk, record in records.items():
        chains[first[pk]].append(record)
    return [_person(chain, records[current[pk]], course_of(turns[pk]), at) for pk, chain in chains.items()]


def _joined(
    records: Iterable[int], transfers: Iterable[tuple[int, int]]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return for each record the first of the same patient, and for each first where the patient is now."""
    first = {pk: pk for pk in records}
    current = dict(first)
    for pk, to in transfers:
        one, other = first[pk], first[to]
        for each, known in first.items():
            if known == other:
                first[each] = one
        current[one] = to
    return first, current


def _person(chain: Sequence[Patient], record: Patient, course: Course, at: datetime) -> Person:
    came_from = [each for each in chain if each.pk != record.pk]
    return Person(record, came_from, course, course.standing(at))


def history_of(person: Person) -> list[PatientEvent]:
    """Return everything entered about one patient, what was taken back too, the latest first."""
    records = [each.pk for each in (person.record, *person.came_from)]
    events = PatientEvent.objects.filter(patient__in=records, retracts__isnull=True)
    rows = events.select_related("patient__hospital", "to__hospital", "organisation", "retracted_by")
    return list(rows.order_by("-happened_at", "-pk"))


def unlisted_cases(incident: Incident) -> list[tuple[Organisation, Case]]:
    """Return the cases of hospitals' line lists that are not on record yet, each with its hospital (5.1(3))."""
    family = family_ids(incident)
    known = set(Patient.objects.filter(incident__in=family).values_list("hospital", "local_id"))
    cases = Case.objects.filter(fact__in=current_facts(family), fact__source__kind="hospital")
    listed = cases.select_related("fact__source").order_by("pk")
    return [
        (case.fact.source, case)
        for case in listed
        if case.fact.source is not None and (case.fact.source_id, case.local_id) not in known
    ]
