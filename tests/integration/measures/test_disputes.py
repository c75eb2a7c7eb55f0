"""Petitions and disputes: seen and kept by the stability group's lead and the organ in charge alone (6.3.6)."""

import uuid
from functools import partial
from typing import Any

import pytest

from audit.models import AuditEvent
from incidents.models import Incident
from response.actions.disputes import continue_dispute, enter_dispute
from response.models import DisputeEntry, DisputeKind, DisputeState
from response.selectors.measures import disputes_for
from tests.support.measures import AFTERWARDS, CITY_OFFICE, REGULATOR, refused
from tests.support.people import actor, organisation
from tests.support.reports import incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(144)]
LEAD, IN_CHARGE = "city-politics-law", "city-petitions"
TOLD = "患者家属要求先行垫付"


def opened(case: Incident, by: str = LEAD, **more: Any) -> DisputeEntry:
    given: dict[str, Any] = {
        "kind": DisputeKind.PETITION,
        "in_charge": organisation(IN_CHARGE),
        "summary": TOLD,
        **more,
    }
    return enter_dispute(incident=case, **given, by=actor(by), at=AFTERWARDS)


def step(dispute: DisputeEntry, by: str, state: DisputeState = DisputeState.OPEN) -> DisputeEntry:
    return continue_dispute(dispute=dispute, summary="已接访", state=state, by=actor(by), at=AFTERWARDS)


def test_only_the_lead_and_the_organ_in_charge_see_it() -> None:
    case = incident(45)
    entry = opened(case)
    for office in (LEAD, IN_CHARGE, "330212-gov"):
        assert list(disputes_for(actor(office), case)) == [entry]
    for office in (REGULATOR, CITY_OFFICE, "city-gov", "city-police", "city-commission"):
        assert list(disputes_for(actor(office), case)) == []


def test_only_the_lead_opens_and_the_organ_in_charge_goes_on() -> None:
    case = incident(45)
    for office in (REGULATOR, CITY_OFFICE, IN_CHARGE):
        assert refused(partial(opened, case, office), office).status == 403
    entry = opened(case)
    assert refused(lambda: step(entry, "city-police"), "city-police").status == 403
    done = step(entry, IN_CHARGE, DisputeState.SETTLED)
    assert (done.about, done.in_charge) == (entry, entry.in_charge)
    assert refused(lambda: step(entry, LEAD)).code == "dispute_not_open"
    assert refused(lambda: step(done, LEAD)).code == "dispute_not_open"
    assert refused(lambda: opened(case, summary=" ")).code == "dispute_without_summary"


def test_the_log_says_that_something_was_entered_and_not_what() -> None:
    opened(incident(45), register_number="信访2026-7")
    (event,) = AuditEvent.objects.filter(action="response.enter_dispute")
    assert TOLD not in event.payload
    assert "2026-7" not in event.payload
    assert "city-petitions" not in event.payload


def test_sent_twice_it_is_one() -> None:
    case, token = incident(45), uuid.uuid4()
    assert opened(case, form_token=token) == opened(case, form_token=token)
    assert DisputeEntry.objects.count() == 1
