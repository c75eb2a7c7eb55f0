"""After the end a late death or a new case reopens the question, visibly; somebody answers it (6.4.2)."""

import pytest

from incidents.actions.facts import record_facts
from incidents.fixing import fix_level
from incidents.models import FactKind, Incident
from outbox.models import Message
from plan.levels import IncidentLevel, ResponseLevel
from plan.termination import Finding
from response.actions.activation import activate_response, answer_activation
from response.actions.reopening import answer_reopened
from response.actions.termination import answer_proposal, propose_end
from response.models import Response
from tests.support.people import actor
from tests.support.refusals import refused
from tests.support.reports import NOON, minutes, people
from tests.support.response import commanded, spoken, weigh_all

pytestmark = pytest.mark.django_db
OFFICE, GOVERNMENT, COMMISSION = "city-fso", "city-gov", "city-commission"
CONTROLLED = {Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"}


def ended() -> Response:
    response = commanded(ResponseLevel.III)
    weigh_all(response.incident)
    return end(response)


def end(response: Response) -> Response:
    proposal = propose_end(
        response=response, conditions=["6.4.2(3)"], findings=CONTROLLED, by=actor(OFFICE), at=NOON
    )
    return answer_proposal(proposal=proposal, is_approved=True, by=actor(GOVERNMENT), at=NOON)


def count(found: Incident, number: int, after: int, kind: FactKind = FactKind.ILLNESS) -> None:
    at = NOON + minutes(after)
    record_facts(incident=found, entries=[people(number, kind, at=at)], by=actor(OFFICE), at=at)


def question(response: Response) -> str:
    return Response.objects.get(pk=response.pk).reopened_why


@pytest.mark.clause(153)
@pytest.mark.parametrize(
    ("kind", "number", "why"), [(FactKind.ILLNESS, 121, "120→121"), (FactKind.DEATHS, 1, "0→1")]
)
def test_more_ill_or_dead_reopens_the_question_and_tells(kind: FactKind, number: int, why: str) -> None:
    response = ended()
    count(response.incident, number, 10, kind)
    assert why in question(response)
    assert Message.objects.filter(recipient=COMMISSION, title__contains="新情况").exists()


@pytest.mark.clause(153)
def test_as_many_or_fewer_reopen_nothing() -> None:
    response = ended()
    count(response.incident, 120, 10)
    count(response.incident, 110, 20)
    assert question(response) == ""


@pytest.mark.clause(153)
def test_an_answered_question_stays_answered_until_more_happens() -> None:
    response, by = ended(), actor(OFFICE)
    with refused("nothing_reopened", 409, "6.4.2"):
        answer_reopened(response=response, note="补报", by=by, at=NOON)
    count(response.incident, 121, 10)
    with refused("answer_without_reason", 422, "6.4.2"):
        answer_reopened(response=response, note=" ", by=by, at=NOON + minutes(11))
    answer_reopened(response=response, note="补报的旧病例", by=by, at=NOON + minutes(11))
    count(response.incident, 121, 20)
    assert question(response) == ""
    count(response.incident, 122, 30)
    assert "121→122" in question(response)


@pytest.mark.clause(153)
def test_a_new_activation_answers_it_and_needs_an_approval_of_its_own() -> None:
    response, by = ended(), actor(COMMISSION)
    count(response.incident, 130, 10)
    with refused("not_approved", 409, "6.2.3"):
        activate_response(incident=response.incident, level=ResponseLevel.III, by=by, at=NOON + minutes(20))
    answer_activation(
        incident=response.incident,
        level=ResponseLevel.III,
        is_approved=True,
        spoken=spoken(NOON + minutes(15)),
        by=actor(GOVERNMENT),
        at=NOON + minutes(15),
    )
    again = activate_response(
        incident=response.incident, level=ResponseLevel.III, by=by, at=NOON + minutes(20)
    )
    assert again != response
    assert question(response) == ""


@pytest.mark.clause(113)
def test_an_approval_that_nobody_used_before_the_end_starts_nothing_after_it() -> None:
    response, by = commanded(ResponseLevel.III), actor(COMMISSION)
    answer_activation(
        incident=response.incident,
        level=ResponseLevel.II,
        is_approved=True,
        spoken=spoken(),
        by=actor(GOVERNMENT),
        at=NOON,
    )
    weigh_all(response.incident)
    end(response)
    at = NOON + minutes(20)
    found = fix_level(
        incident=response.incident, level=IncidentLevel.II, note="死亡", by=actor(OFFICE), at=at
    )
    with refused("not_approved", 409, "6.2.2"):
        activate_response(incident=found, level=ResponseLevel.II, by=by, at=at)
