"""Refusals of the response that no other test meets: each says why and changes nothing (3, 6)."""

from typing import Any

import pytest
from django.test import Client

from plan.levels import IncidentLevel, ResponseLevel
from plan.termination import Finding
from response.actions.activation import answer_activation
from response.actions.below import record_handling
from response.actions.coordination import request_coordination
from response.actions.groups import set_interval, set_up_group
from response.actions.papers import record_paper
from response.actions.tasks import enter_task
from response.actions.termination import answer_proposal, propose_end
from response.models import Decision, Step, TaskState
from tests.support.groups import group_of, headquarters
from tests.support.pages import opened, url
from tests.support.people import actor, login, organisation
from tests.support.refusals import refused
from tests.support.reports import NOON, YINZHOU, incident
from tests.support.response import assessed, commanded, oral, weigh_all

pytestmark = pytest.mark.django_db
GOVERNMENT = "city-gov"
ENDED = {Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"}


@pytest.mark.clause(78)
def test_a_request_for_coordination_says_what_for() -> None:
    found, by = assessed(ResponseLevel.IV), actor(f"{YINZHOU}-gov")
    with refused("coordination_without_words", 422, "3.5"):
        request_coordination(incident=found, recipient=organisation(GOVERNMENT), text=" ", by=by, at=NOON)


@pytest.mark.clause(123)
def test_a_countys_handling_says_what_was_done() -> None:
    found, by = incident(5), actor(f"{YINZHOU}-gov")
    assert found.duty_level is IncidentLevel.BELOW
    with refused("handling_without_words", 422, "6.2.4"):
        record_handling(incident=found, note=" ", by=by, at=NOON)


@pytest.mark.clause(58)
def test_an_interval_is_a_minute_at_least_and_a_group_needs_a_running_response() -> None:
    command = headquarters()
    group, by = group_of(command), actor("city-fso")
    with refused("interval_too_short", 422, "3.4"):
        set_interval(group=group, every_min=0, by=by, at=NOON)
    response = commanded(place_text="慈湖酒楼")
    weigh_all(response.incident)
    proposal = propose_end(response=response, conditions=["6.4.2(3)"], findings=ENDED, by=by, at=NOON)
    answer_proposal(proposal=proposal, is_approved=True, by=actor(GOVERNMENT), at=NOON)
    with refused("response_not_active", 409, "3.4"):
        set_up_group(headquarters=response.headquarters, name="专班", by=by, at=NOON)


@pytest.mark.clause(116, 150)
def test_a_paper_comes_from_who_spoke_and_only_a_proposal_ends_anything() -> None:
    found = assessed(ResponseLevel.III)
    given: dict[str, Any] = {"incident": found, "level": ResponseLevel.III, "is_approved": True}
    approval = answer_activation(**given, spoken=oral(), by=actor(GOVERNMENT), at=NOON)
    assert approval == Decision.objects.get(step=Step.APPROVE)
    by, leader = actor("city-fso"), actor(GOVERNMENT)
    with refused("paper_of_another_office", 403, "6.2.3"):
        record_paper(decision=approval, document="1号", signed_at=NOON, by=by, at=NOON)
    with refused("no_application", 422, "6.2.3"):
        answer_proposal(proposal=approval, is_approved=True, by=leader, at=NOON)


@pytest.mark.clause(58)
def test_the_items_of_a_group_are_kept_by_its_offices() -> None:
    found, by = incident(120), actor("city-publicity")
    with refused("task_of_other_office", 403, "6.3.2"):
        enter_task(incident=found, code="seal", state=TaskState.ONGOING, by=by, at=NOON)


@pytest.mark.clause(150)
def test_without_a_response_there_is_nothing_to_end(client: Client) -> None:
    found = opened(120)
    login(client, "city-fso")
    refused_page = client.get(url(found, "response", "propose-end"))
    assert refused_page.status_code == 409
    assert "没有正在进行的应急响应" in refused_page.content.decode()
