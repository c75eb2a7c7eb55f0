"""Transfers of the patient register that join two records of line lists, or propose them as one patient (6.3.1, A12)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from incidents.doubles import Double
from incidents.models import Case, Incident, PersonDecision
from incidents.persons import name_of
from incidents.selectors import family_ids
from response.selectors.patients import standing_events

TO, FROM = "→", "←"
# A hospital, and the number it gave a patient.
Place = tuple[int, str]
Moves = Mapping[tuple[Place, Place], str]


def moves_of(incident: Incident) -> Moves:
    """Return from which record to which patients were transferred, and back."""
    events = standing_events().filter(patient__incident__in=family_ids(incident), to__isnull=False)
    ends = events.values_list("patient__hospital", "patient__local_id", "to__hospital", "to__local_id")
    moves = {}
    for from_hospital, from_id, to_hospital, to_id in ends:
        one, other = (from_hospital, from_id), (to_hospital, to_id)
        moves[one, other], moves[other, one] = TO, FROM
    return moves


def with_transferred(likely: Sequence[Double], moves: Moves, cases: Collection[Case]) -> list[Double]:
    """Return the likely doubles, and first the records that a transfer leads from one to the other, with that as a ground.

    Left out: what a person has decided, and two identity numbers, of which nobody may decide otherwise.
    """
    by_place = {place_of(case): case for case in cases}
    family = {case.fact.incident_id for case in cases}
    rows = PersonDecision.objects.filter(incident__in=family).values_list("first", "second")
    decided = set(rows) if moves else set()
    found = {(each.first.pk, each.second.pk): each for each in likely}
    transferred = {}
    for (one, other), way in moves.items():
        if way != TO or not {one, other} <= by_place.keys():
            continue
        first, second = sorted((by_place[one], by_place[other]), key=lambda case: case.pk)
        names = sorted((name_of(first), name_of(second)))
        if (first.person and second.person) or tuple(names) in decided:
            continue
        double = found.pop((first.pk, second.pk), Double(first, second, ()))
        transferred[first.pk, second.pk] = replace(
            double, grounds=(_("患者登记中有转院记录"), *double.grounds)
        )
    return [*transferred.values(), *found.values()]


def place_of(case: Case) -> Place:
    """Return whose record this is, and under which number."""
    return (case.fact.source.pk if case.fact.source else 0), case.local_id
