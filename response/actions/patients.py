"""Enter patients one by one and what happened to them, and take mistaken entries back (6.3.1, 6.4.2(1))."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import Case, Incident, Outcome
from incidents.policies import check_is_open
from plan.courses import Turn
from plan.offices import OfficeKind
from response.actions.deciding import lock_whole, tell, write_down
from response.actions.reopening import flag_patients
from response.models import Patient, PatientEvent
from response.patient_permissions import check_actor_keeps_patients
from response.policies.patients import check_alive, check_can_take_back, check_can_transfer, check_entry
from response.selectors.patients import events_by_patient, records_of, unlisted_cases

Entry = tuple[Patient, Turn, datetime]


@transaction.atomic
def record_patients(
    *,
    incident: Incident,
    hospital: Organisation,
    local_ids: Sequence[str],
    turns: Mapping[Turn, datetime],
    note: str = "",
    by: Actor,
    at: datetime,
) -> list[Patient]:
    """Enter what happened to patients of one hospital, by its own numbers; those not known yet are put on record.

    The same said twice is one. Refused: to whom patients are not entrusted (403), for a patient who has died before
    (409), without numbers, times, or in an impossible order (422).
    """
    incident = lock_whole(incident)
    keeper = _Keeper(incident, check_actor_keeps_patients(by, incident, hospital), by, at)
    check_is_open(incident)
    named = list(dict.fromkeys(each.strip() for each in local_ids if each.strip()))
    check_entry(named, turns, hospital.kind, at)
    records = keeper.records(hospital, named)
    before = events_by_patient(records)
    for record in records:
        check_alive(record, before[record.pk], turns)
    said = [(record, turn, when) for record in records for turn, when in turns.items()]
    keeper.enter(_new(said, before), note)
    keeper.tell_hospital(hospital, records)
    return records


@transaction.atomic
def register_line_lists(*, incident: Incident, by: Actor, at: datetime) -> list[Patient]:
    """Put the cases of hospitals' line lists on record that are not yet: onset, visit as treatment, outcome (5.1(3)).

    A hospital takes over its own lists alone. Refused: to whom patients are not entrusted (403).
    """
    incident = lock_whole(incident)
    keeper = _Keeper(incident, check_actor_keeps_patients(by, incident), by, at)
    check_is_open(incident)
    is_own = keeper.office.kind == OfficeKind.HOSPITAL
    listed = [each for each in unlisted_cases(incident) if not is_own or each[0].pk == keeper.office.pk]
    cases = {(hospital.pk, case.local_id): case for hospital, case in listed}
    hospitals = {hospital.pk: hospital for hospital, _case in listed}
    made: list[Patient] = []
    for pk, hospital in hospitals.items():
        numbers = [number for owner, number in cases if owner == pk]
        made += keeper.records(hospital, numbers)
    keeper.enter(
        (record, turn, when)
        for record in made
        for turn, when in _turns(cases[record.hospital_id, record.local_id], at)
    )
    for pk, hospital in hospitals.items():
        keeper.tell_hospital(hospital, [each for each in made if each.hospital_id == pk])
    return made


@transaction.atomic
def transfer_patient(
    *,
    patient: Patient,
    hospital: Organisation,
    local_id: str,
    happened_at: datetime,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Patient:
    """Record that a patient went to another hospital; both records are one patient, return the one there (6.3.1).

    Refused: to whom the patient is not entrusted (403), for one who is elsewhere already (409), to no other hospital (422).
    """
    incident = lock_whole(patient.incident)
    keeper = _Keeper(incident, check_actor_keeps_patients(by, incident, patient.hospital), by, at)
    check_is_open(incident)
    number = local_id.strip()
    check_entry([number] if number else [], {Turn.FOUND: happened_at}, hospital.kind, at)
    moves = [one for one in events_by_patient([patient])[patient.pk] if one.to_id is not None]
    (there,) = keeper.records(hospital, [number])
    check_can_transfer(patient, moves, there)
    event = keeper.event(patient, Turn.TRANSFERRED, happened_at, note=note, to=there)
    event.save(force_insert=True)
    keeper.write("response.transfer_patient", [event])
    keeper.tell_hospital(hospital, [there])
    return there


@transaction.atomic
def take_back_turn(*, event: PatientEvent, reason: str, by: Actor, at: datetime) -> PatientEvent:
    """Take a mistaken entry back by a row that says why; the right one is entered anew (5.1).

    Refused: to whom the patient is not entrusted (403), twice (409), without a reason (422).
    """
    incident = lock_whole(event.patient.incident)
    keeper = _Keeper(incident, check_actor_keeps_patients(by, incident, event.patient.hospital), by, at)
    check_can_take_back(event, reason)
    made = keeper.event(
        event.patient, Turn(event.kind), event.happened_at, to=event.to, retracts=event, reason=reason
    )
    made.save(force_insert=True)
    keeper.write("response.take_back_turn", [made])
    return made


@dataclass(frozen=True, slots=True)
class _Keeper:
    """Who enters something about an incident's patients, and when."""

    incident: Incident
    office: Organisation
    by: Actor
    at: datetime

    def records(self, hospital: Organisation, numbers: Sequence[str]) -> list[Patient]:
        """Return the hospital's records of these numbers, putting on record whoever is not."""
        known = records_of(self.incident, hospital, numbers)
        made = Patient.objects.bulk_create(
            Patient(
                incident=self.incident,
                hospital=hospital,
                local_id=number,
                organisation=self.office,
                registered_by=self.by.ref,
                registered_at=self.at,
            )
            for number in numbers
            if number not in known
        )
        self.write("response.register_patients", made)
        known |= {each.local_id: each for each in made}
        return [known[number] for number in numbers]

    def event(self, patient: Patient, turn: Turn, when: datetime, **more: Any) -> PatientEvent:
        """Return something that happened to a patient, not saved."""
        return PatientEvent(
            patient=patient,
            kind=turn.value,
            happened_at=when,
            organisation=self.office,
            recorded_by=self.by.ref,
            recorded_at=self.at,
            **more,
        )

    def enter(self, said: Iterable[Entry], note: str = "") -> None:
        """Enter what happened to each."""
        made = PatientEvent.objects.bulk_create(
            self.event(record, turn, when, note=note) for record, turn, when in said
        )
        self.write("response.record_patients", made, turns=dict(Counter(each.kind for each in made)))
        flag_patients(self.incident, made, self.by, self.at)

    def tell_hospital(self, hospital: Organisation, records: Sequence[Patient]) -> None:
        """Tell a hospital that others put patients of its on record just now (6.3.1); it goes on with them."""
        if not any(each.registered_at == self.at for each in records):
            return
        title = _("%s登记了贵院收治的患者，请核对并续报") % self.office.name
        tell(
            incident=self.incident,
            about=records[0],
            title=title,
            body="",
            to=[hospital.code],
            link=f"/incidents/{self.incident.number}/patients/",
            by=self.by,
            at=self.at,
        )

    def write(self, action: str, rows: Sequence[Sealed], **payload: Any) -> None:
        """Append the evidence of rows, none for none."""
        if rows:
            write_down(
                incident=self.incident, action=action, rows=rows, payload=payload, by=self.by, at=self.at
            )


def _new(said: Iterable[Entry], before: Mapping[int, Sequence[PatientEvent]]) -> list[Entry]:
    known = {(pk, one.kind, one.happened_at) for pk, events in before.items() for one in events}
    return [each for each in said if (each[0].pk, each[1], each[2]) not in known]


def _turns(case: Case, at: datetime) -> list[tuple[Turn, datetime]]:
    """Return what a line list says happened; an outcome without a time counts from now on, the safe side."""
    said = [(Turn.FELL_ILL, case.onset_at), (Turn.TREATED, case.visit_at)]
    outcome = {Outcome.RECOVERED: Turn.RECOVERED, Outcome.DEAD: Turn.DIED}.get(Outcome(case.outcome))
    if outcome is not None:
        said.append((outcome, at))
    return [(turn, when) for turn, when in said if when is not None and when <= at]
