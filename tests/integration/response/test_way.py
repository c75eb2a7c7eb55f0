"""How long each step towards a response waited for the one before is shown; a county's end takes no consent away (6.2)."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.actors import Actor
from incidents.models import Incident
from plan.levels import IncidentLevel, ResponseLevel
from plan.termination import Finding
from response.actions.activation import activate_response, answer_activation, weigh_impact
from response.actions.confirming import confirm_on_assessment
from response.actions.termination import answer_proposal, propose_end
from response.doings.doing import Target
from response.models import ResponseState, Track
from response.way import Way, way_of
from tests.support.pages import url
from tests.support.people import actor, login
from tests.support.reports import NOON, YINZHOU, minutes
from tests.support.response import assessed, commanded, spoken, weigh_all

pytestmark = pytest.mark.django_db
OFFICE, COMMISSION, GOVERNMENT = "city-fso", "city-commission", "city-gov"
I, II, III, IV = ResponseLevel  # noqa: E741 - the plan's own numerals


def way(found: Incident, by: Actor, minute: float) -> Way:
    at = NOON + minutes(minute)
    fresh = Incident.objects.get(pk=found.pk)
    there = way_of(Target(by, fresh, at))
    assert there is not None
    return there


def spans(there: Way) -> list[timedelta | None]:
    return [step.after for step in there.steps if step.is_gate]


@pytest.mark.clause(109)
def test_the_delay_between_the_steps_of_one_is_shown_while_it_grows_and_afterwards(client: Client) -> None:
    found, by = assessed(I), actor(OFFICE)
    assert spans(way(found, by, 7)) == [None, minutes(7), None, None]
    weigh_impact(incident=found, impact="三省", trend="扩散", by=actor(COMMISSION), at=NOON + minutes(9))
    assert spans(way(found, by, 12)) == [None, minutes(9), minutes(3), None]
    at = NOON + minutes(20)
    answer_activation(
        incident=found, level=I, is_approved=True, spoken=spoken(at), by=actor(GOVERNMENT), at=at
    )
    activate_response(incident=found, level=I, by=actor(COMMISSION), at=NOON + minutes(21))
    over = way(found, by, 500)
    assert over.is_over
    assert spans(over) == [None, minutes(9), minutes(11), minutes(1)]
    login(client, OFFICE)
    page = client.get(url(found, "response")).text
    assert "距上一步11分钟" in page
    assert "预案写“立即”" in page


@pytest.mark.clause(113, 116)
def test_a_consent_outlives_the_end_of_a_countys_response() -> None:
    county = commanded(IV)
    found = county.incident
    confirm_on_assessment(
        incident=found, level=IncidentLevel.III, reason="电话", note="认定", by=actor(OFFICE), at=NOON
    )
    answer_activation(
        incident=found, level=III, is_approved=True, spoken=spoken(), by=actor(GOVERNMENT), at=NOON
    )
    weigh_all(found)
    proposal = propose_end(
        response=county,
        conditions=["6.4.2(3)"],
        findings={Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"},
        by=actor(f"{YINZHOU}-fso"),
        at=NOON,
    )
    commander, at = actor(f"{YINZHOU}-gov"), NOON + minutes(30)
    ended = answer_proposal(proposal=proposal, is_approved=True, by=commander, at=at)
    assert ended.state == ResponseState.ENDED
    started = activate_response(incident=found, level=III, by=actor(COMMISSION), at=NOON + minutes(40))
    assert started.track == Track.CITY
