"""Two people acting at once: one wins, the other is told (6.2, 6.4.2)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from audit.verify import verify
from plan.levels import ResponseLevel
from plan.refusal import PlanRefusal
from plan.termination import Finding
from response.actions.activation import activate_response
from response.actions.termination import answer_proposal, propose_end
from response.models import Decision, Response, Step
from tests.support.people import actor
from tests.support.reports import NOON
from tests.support.response import approved, colleague, commanded, weigh_all

COMMISSION, CALLERS = "city-commission", 4


def side_by_side(*acts: Callable[[], object]) -> list[str]:
    """What each of the acts, started together, came to: `done`, or the code of its refusal."""
    start = Barrier(len(acts))

    def take(act: Callable[[], object]) -> str:
        start.wait()
        try:
            act()
        except PlanRefusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(take, acts))


@pytest.mark.clause(113)
@pytest.mark.usefixtures("committed_db")
def test_of_two_who_start_a_response_one_wins_and_the_other_is_told() -> None:
    found, people = approved(ResponseLevel.III), [actor(COMMISSION), colleague(COMMISSION)]
    came = side_by_side(
        *(
            lambda by=by: activate_response(incident=found, level=ResponseLevel.III, by=by, at=NOON)
            for by in people
        )
    )
    assert came == ["done", "response_running"]
    assert Response.objects.count() == 1
    assert list(verify().breaks) == []


@pytest.mark.clause(150)
@pytest.mark.usefixtures("committed_db")
def test_a_consent_clicked_many_times_ends_the_response_once() -> None:
    response = commanded(ResponseLevel.III)
    weigh_all(response.incident)
    proposal = propose_end(
        response=response,
        conditions=["6.4.2(3)"],
        findings={Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"},
        by=actor("city-fso"),
        at=NOON,
    )
    by = actor("city-gov")
    click = lambda: answer_proposal(proposal=proposal, is_approved=True, by=by, at=NOON)  # noqa: E731
    assert side_by_side(*[click] * CALLERS) == ["done"] * CALLERS
    assert Decision.objects.filter(rests_on=proposal, step=Step.ACT).count() == 1
