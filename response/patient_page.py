"""What the patients' page shows: whether 6.4.2(1) is met, from when it could be, and each patient that holds it up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.paginator import Page, Paginator

from accounts.actors import Actor
from incidents.models import Incident
from plan.courses import Standing
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from response.models import Patient, PatientEvent
from response.patient_permissions import check_actor_keeps_patients, is_hospital
from response.selectors.patients import Person, history_of, unlisted_cases
from response.selectors.recovery import Condition, condition_of

PER_PAGE = 50
_ORDER = {standing: index for index, standing in enumerate(Standing)}


@dataclass(frozen=True, slots=True)
class PatientsPage:
    """The page at one instant; a hospital sees its own patients and no sum of others'."""

    at: datetime
    condition: Condition | None
    page: Page[Person]
    counts: Sequence[tuple[Standing, int]]
    unlisted: int
    refusal: PlanRefusal | None
    chosen: str


@dataclass(frozen=True, slots=True)
class PatientPage:
    """One patient: their records, what was entered and taken back, and why this office may enter nothing."""

    at: datetime
    person: Person
    events: Sequence[PatientEvent]
    refusal: PlanRefusal | None


def patients_page(
    incident: Incident, actor: Actor, at: datetime, *, standing: str = "", number: str = "1"
) -> PatientsPage:
    """Return the patients an actor may see, those that hold up the end first; as many queries for many as for few."""
    condition = condition_of(incident, at)
    people = [each for each in condition.people if _is_theirs(each, actor)]
    tally: Mapping[Standing, int] = Counter(each.standing for each in people)
    shown = [each for each in people if standing in {"", each.standing}]
    shown.sort(key=lambda each: (_ORDER[each.standing], -_waits_until(each), each.record.pk))
    unlisted = unlisted_cases(incident)
    return PatientsPage(
        at=at,
        condition=None if is_hospital(actor) else condition,
        page=Paginator(shown, PER_PAGE).get_page(number),
        counts=[(each, tally[each]) for each in Standing if tally[each]],
        unlisted=sum(
            not is_hospital(actor) or hospital == actor.organisation for hospital, _case in unlisted
        ),
        refusal=refusal_of(partial(check_actor_keeps_patients, actor, incident)),
        chosen=standing,
    )


def patient_page(incident: Incident, record: Patient, actor: Actor, at: datetime) -> PatientPage | None:
    """Return one patient with their whole history, None if it is another hospital's."""
    people = condition_of(incident, at).people
    person = next((each for each in people if record in {each.record, *each.came_from}), None)
    if person is None or not _is_theirs(person, actor):
        return None
    refusal = refusal_of(partial(check_actor_keeps_patients, actor, incident, person.record.hospital))
    return PatientPage(at, person, history_of(person), refusal)


def _is_theirs(person: Person, actor: Actor) -> bool:
    if not is_hospital(actor):
        return True
    own = actor.organisation.pk if actor.organisation is not None else 0
    return own in {record.hospital_id for record in (person.record, *person.came_from)}


def _waits_until(person: Person) -> float:
    return person.course.stable_at.timestamp() if person.course.stable_at is not None else 0.0
