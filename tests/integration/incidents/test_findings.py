"""Finding that something is no food-safety incident (2, A57)."""

import pytest

from incidents.actions.findings import find_not_an_incident
from incidents.models import IncidentStatus
from plan.refusal import PlanRefusal
from reporting.models import Obligation, ObligationState
from reporting.selectors import running_legs
from tests.support.checksums import table_checksums
from tests.support.people import actor
from tests.support.reports import NOON, incident, minutes

pytestmark = [pytest.mark.django_db, pytest.mark.clause(9)]

LATER = NOON + minutes(10)


def test_the_city_office_ends_open_clocks_by_its_finding() -> None:
    found = incident(120)
    assert Obligation.objects.filter(state=ObligationState.ARMED).exists()
    done = find_not_an_incident(incident=found, reason="经查为接触性过敏", by=actor("city-fso"), at=LATER)
    assert (done.status, done.confirmations.get().note) == (
        IncidentStatus.NOT_AN_INCIDENT,
        "经查为接触性过敏",
    )
    # What was delivered stays; nothing is owed any more, with hours or without.
    assert {each.leg for each in Obligation.objects.filter(state=ObligationState.ARMED)} == {"onward"}
    assert running_legs(actor("city-fso"), LATER) == []
    assert Obligation.objects.filter(state=ObligationState.ENDED).count() == 6


@pytest.mark.parametrize(
    ("ill", "office", "reason", "code"),
    [
        (120, "330212-fso", "误报", "finding_needs_city"),
        (40, "330212-regulator", "误报", "office_lacks_right"),
        (40, "330212-fso", " ", "finding_without_reason"),
    ],
)
def test_a_refused_finding_changes_nothing(ill: int, office: str, reason: str, code: str) -> None:
    found, by = incident(ill), actor(office)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        find_not_an_incident(incident=found, reason=reason, by=by, at=LATER)
    assert refused.value.code == code
    assert table_checksums() == before


def test_the_county_office_finds_so_up_to_general() -> None:
    done = find_not_an_incident(incident=incident(40), reason="误报", by=actor("330212-fso"), at=LATER)
    assert done.status == IncidentStatus.NOT_AN_INCIDENT
