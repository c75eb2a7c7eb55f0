"""Handovers for tests, made by the action."""

from audit.clock import database_now
from response.actions.shifts import hand_over_shift
from response.models import ShiftHandover
from tests.support.people import holding
from tests.support.response import colleague


def handed_over(office: str, *, note: str = "") -> ShiftHandover:
    """The office's colleague hands the watch over to its one person, now."""
    person, by = holding(office).user, colleague(office)
    return hand_over_shift(to_person=person, note=note, by=by, at=database_now())


def handover_for_doors() -> dict[str, int]:
    """A handover to one county's regulator, by the door that leads to it."""
    return {"response:take_handover": handed_over("330212-regulator").pk}
