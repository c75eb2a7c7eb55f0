"""Patients for tests, entered through the actions by those to whom they are entrusted."""

from datetime import datetime
from typing import Any

from incidents.models import Incident
from plan.courses import Turn
from response.actions.agents import find_agent
from response.actions.patients import record_patients
from response.models import Patient
from tests.support.people import actor, organisation
from tests.support.reports import NOON, minutes

HOSPITAL, OTHER_HOSPITAL, HEALTH = "hosp-yinzhou-people", "hosp-first", "city-health"
# Ill two hours before noon, treated an hour later, stable at noon.
WELL = {Turn.FELL_ILL: NOON - minutes(120), Turn.TREATED: NOON - minutes(60), Turn.STABLE: NOON}


def enter(
    found: Incident,
    *numbers: str,
    turns: dict[Turn, datetime] | None = None,
    by: str = HEALTH,
    at: datetime = NOON,
    hospital: str = HOSPITAL,
    **more: Any,
) -> list[Patient]:
    """What happened to patients of a hospital; well since noon if nothing else is said."""
    return record_patients(
        incident=found,
        hospital=organisation(hospital),
        local_ids=list(numbers),
        turns=WELL if turns is None else turns,
        by=actor(by),
        at=at,
        **more,
    )


def all_well(found: Incident, number: int = 120, **more: Any) -> list[Patient]:
    """Everybody of the usual incident, well since noon, of a toxin whose incubation is short and seen."""
    find_agent(incident=found, agent="STAPH", by=actor(HEALTH), at=NOON)
    return enter(found, *(f"A{each}" for each in range(number)), **more)


def patients_for_doors(found: Incident, *, at: datetime) -> dict[str, int]:
    """A patient of the hospital that reports, by the address of what may be done about them."""
    (patient,) = enter(found, "A1", turns={Turn.FELL_ILL: at}, at=at)
    event = patient.events.get().pk
    return {
        "response:patient": patient.pk,
        "response:transfer_patient": patient.pk,
        "response:take_back_turn": event,
    }
