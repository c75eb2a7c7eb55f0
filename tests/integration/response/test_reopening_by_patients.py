"""What the register of patients tells after the end reopens the question as reports do (6.4.2)."""

from datetime import datetime
from typing import Any

import pytest

from outbox.models import Message
from plan.courses import Turn
from plan.levels import ResponseLevel
from plan.termination import Finding
from response.actions.reopening import answer_reopened
from response.actions.termination import answer_proposal, propose_end
from response.models import Response
from tests.support.patients import all_well, enter
from tests.support.people import actor
from tests.support.reports import NOON, minutes
from tests.support.response import commanded, condition, weigh_all

pytestmark = [pytest.mark.django_db, pytest.mark.clause(153)]
CONTROLLED = {Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"}
AFTER = NOON + minutes(10)


def ended() -> Response:
    response = commanded(ResponseLevel.III)
    weigh_all(response.incident)
    proposal = propose_end(
        response=response,
        conditions=["6.4.2(3)"],
        findings=CONTROLLED,
        note="均为随诊",
        by=actor("city-fso"),
        at=NOON,
    )
    return answer_proposal(proposal=proposal, is_approved=True, by=actor("city-gov"), at=NOON)


def question(response: Response) -> str:
    return Response.objects.get(pk=response.pk).reopened_why


@pytest.mark.parametrize(
    ("turns", "why"),
    [
        ({Turn.DIED: AFTER}, "死亡1"),
        ({Turn.RELAPSED: AFTER}, "病情反复1"),
        ({Turn.FELL_ILL: AFTER}, "发病1"),
    ],
)
def test_a_death_a_relapse_or_a_new_patient_on_record_reopens_and_tells(
    turns: dict[Turn, datetime], why: str
) -> None:
    response = ended()
    enter(response.incident, "A1", turns=turns, at=AFTER)
    assert why in question(response)
    told = Message.objects.filter(recipient="city-commission", title__contains="新情况", body__contains=why)
    assert told.count() == 1


def test_a_recovery_or_the_old_patients_put_on_record_late_reopen_nothing() -> None:
    response = ended()
    all_well(response.incident, at=AFTER)
    enter(response.incident, "A1", turns={Turn.RECOVERED: AFTER}, at=AFTER)
    assert question(response) == ""


def test_one_more_on_record_than_are_reported_ill_reopens_until_answered() -> None:
    response = ended()
    all_well(response.incident, 121, at=AFTER)
    assert "121" in question(response)
    later = AFTER + minutes(10)
    answer_reopened(response=response, note="重复登记", by=actor("city-fso"), at=later)
    enter(response.incident, "A1", turns={Turn.RECOVERED: later}, at=later)
    assert question(response) == ""


@pytest.mark.parametrize(
    ("change", "is_reopened"),
    [
        ({}, False),
        ({"patients": 121}, True),
        ({"stable_since": AFTER}, True),
        ({"last_onset_at": AFTER}, True),
    ],
)
def test_the_sum_of_the_patients_reopens_as_well(change: dict[str, Any], is_reopened: bool) -> None:
    response = ended()
    condition(response.incident, AFTER, **change)
    assert bool(question(response)) is is_reopened
