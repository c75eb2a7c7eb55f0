"""Who handles what crosses counties, and who may ask the city to coordinate (3.5)."""

from typing import Any

import pytest

from accounts.actors import Actor
from incidents.actions.incidents import involve_county
from incidents.models import CountyRole
from plan.levels import ResponseLevel
from response.actions.commanders import designate_lead_county
from response.actions.coordination import answer_coordination, request_coordination
from response.models import CommanderBasis, Response
from response.selectors.command import Mode, handling_of
from tests.support.people import actor, organisation
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON, YINZHOU, county
from tests.support.response import active, assessed, spoken

pytestmark = pytest.mark.django_db
III, IV = ResponseLevel.III, ResponseLevel.IV
IN_CHARGE, DESIGNATED = CommanderBasis
COMMISSION, GOVERNMENT, OFFICE = "city-commission", "city-gov", "city-fso"


@pytest.mark.clause(76)
def test_what_crosses_counties_is_joint_until_the_city_says_otherwise() -> None:
    found, by = assessed(IV), actor(GOVERNMENT)
    assert handling_of(found).mode == Mode.ONE
    with refused("not_a_county_concerned", 422, "3.5"):
        designate_lead_county(incident=found, county=county(YINZHOU), spoken=spoken(), by=by, at=NOON)
    involve_county(incident=found, county=county(HAISHU), role=CountyRole.HARM, by=actor(OFFICE), at=NOON)
    assert handling_of(found).mode == Mode.JOINTLY
    designate_lead_county(incident=found, county=county(HAISHU), spoken=spoken(), by=by, at=NOON)
    now = handling_of(found)
    assert (now.mode, now.lead) == (Mode.LED, county(HAISHU))


@pytest.mark.clause(76)
def test_with_the_citys_response_running_the_city_handles() -> None:
    assert handling_of(active(III).incident).mode == Mode.CITY


def ask(response: Response, sender: str, recipient: str) -> Any:
    by: Actor = actor(sender)
    return request_coordination(
        incident=response.incident, recipient=organisation(recipient), text="请协调", by=by, at=NOON
    )


@pytest.mark.clause(77)
def test_coordination_is_asked_for_along_the_two_lawful_pairs_alone() -> None:
    response = active(IV)
    gov, commission = f"{YINZHOU}-gov", f"{YINZHOU}-commission"
    for pair in ((gov, COMMISSION), (commission, GOVERNMENT), (gov, OFFICE)):
        actor(pair[0])
        with refused("not_a_lawful_pair", 422, "3.5"):
            ask(response, *pair)
    request = ask(response, gov, GOVERNMENT)
    assert ask(response, gov, GOVERNMENT) == request
    assert ask(response, commission, COMMISSION) != request
    by, other = actor(GOVERNMENT), actor(COMMISSION)
    with refused("not_the_addressee", 403, "3.1"):
        answer_coordination(request=request, answer="同意", by=other, at=NOON)
    answer_coordination(request=request, answer="同意", by=by, at=NOON)
    with refused("already_answered", 409, "3.5"):
        answer_coordination(request=request, answer="再答", by=by, at=NOON)


@pytest.mark.clause(77)
def test_county_headquarters_that_do_not_exist_ask_for_nothing() -> None:
    response = active(III)
    actor(f"{YINZHOU}-commission")
    with refused("no_county_headquarters", 409, "3.5"):
        ask(response, f"{YINZHOU}-commission", COMMISSION)
