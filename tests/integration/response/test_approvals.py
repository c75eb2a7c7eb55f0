"""Which approvals count: after the comprehensive assessment, and of nobody who assessed (6.2, A28)."""

from datetime import timedelta

import pytest

from plan.authority import Act
from plan.levels import IncidentLevel, ResponseLevel
from response.actions.activation import answer_activation, weigh_impact
from response.actions.assessments import write_assessment
from response.policies.rounds import standing_approval
from response.selectors.running import decisions_of
from tests.support.people import actor
from tests.support.refusals import refused
from tests.support.reports import NOON
from tests.support.response import assessed, second_office, spoken

pytestmark = pytest.mark.django_db
COMMISSION, GOVERNMENT, OFFICE = "city-commission", "city-gov", "city-fso"


@pytest.mark.clause(109)
@pytest.mark.parametrize(("weighed_s", "counts"), [(40, True), (55, False), (-20, True)])
def test_an_approval_of_the_same_minute_counts_if_it_was_entered_after(
    weighed_s: int, *, counts: bool
) -> None:
    found = assessed(ResponseLevel.I)
    weighed, entered = (NOON + timedelta(seconds=each) for each in (weighed_s, 50))

    def weigh() -> None:
        weigh_impact(incident=found, impact="多省", trend="扩散", by=actor(COMMISSION), at=weighed)

    def approve() -> None:
        answer_activation(
            incident=found,
            level=ResponseLevel.I,
            is_approved=True,
            spoken=spoken(NOON),
            by=actor(GOVERNMENT),
            at=entered,
        )

    for act in (weigh, approve) if weighed < entered else (approve, weigh):
        act()
    assert (standing_approval(decisions_of(found), Act.ACTIVATE_I) is not None) is counts


@pytest.mark.clause(109, 113)
def test_whoever_wrote_the_assessment_does_not_approve() -> None:
    found, person = assessed(ResponseLevel.III), second_office(GOVERNMENT, OFFICE)
    write_assessment(
        incident=found,
        harm="轻症为主",
        extent="一家饭店",
        trend="无扩散",
        present_level=IncidentLevel.III,
        by=person,
        at=NOON,
    )
    by = actor(GOVERNMENT)
    with refused("preparer_approves", 403, "6.2.3"):
        answer_activation(
            incident=found, level=ResponseLevel.III, is_approved=True, spoken=spoken(), by=by, at=NOON
        )
