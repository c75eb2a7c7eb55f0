"""Two people acting at once: one wins, the other is told (6.2, 6.4.2)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from accounts.actors import Actor
from audit.verify import verify
from plan.levels import ResponseLevel
from plan.refusal import PlanRefusal
from plan.termination import Finding
from response.actions.activation import activate_response, answer_activation
from response.actions.termination import answer_proposal, propose_end
from response.models import Decision, Response, Step
from tests.support.people import actor, login
from tests.support.reports import NOON
from tests.support.response import approved, assessed, colleague, commanded, spoken, weigh_all

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


@pytest.mark.clause(113)
@pytest.mark.usefixtures("committed_db")
def test_a_consent_entered_by_two_at_once_is_one_and_two_contrary_ones_are_both_kept() -> None:
    found, people = assessed(ResponseLevel.III), [actor("city-gov"), colleague("city-gov")]

    def answer(by: Actor, *, yes: bool) -> Callable[[], object]:
        said = {"incident": found, "level": ResponseLevel.III, "is_approved": yes, "spoken": spoken()}
        return lambda: answer_activation(**said, by=by, at=NOON)  # type: ignore[arg-type]

    assert side_by_side(*(answer(by, yes=True) for by in people)) == ["done", "done"]
    assert Decision.objects.filter(step=Step.APPROVE).count() == 1
    assert side_by_side(answer(people[0], yes=False), answer(people[1], yes=False)) == ["done", "done"]
    assert Decision.objects.filter(step=Step.REJECT).count() == 1


@pytest.mark.clause(150)
@pytest.mark.usefixtures("committed_db")
def test_of_yes_and_no_from_two_sessions_of_the_commander_one_counts_and_the_other_is_told() -> None:
    response = commanded(ResponseLevel.III)
    weigh_all(response.incident)
    proposal = propose_end(
        response=response,
        conditions=["6.4.2(3)"],
        findings={Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"},
        by=actor("city-fso"),
        at=NOON,
    )
    address = f"/incidents/{response.incident.number}/response/answer-end/{proposal.pk}/"

    def answer(said: str) -> Callable[[], object]:
        client = Client()
        login(client, "city-gov")

        def post() -> None:
            sent = client.post(address, {"answer": said, "note": "再观察"})
            if sent.status_code != 302:
                raise PlanRefusal(str(sent.status_code), clause="", code=str(sent.status_code))

        return post

    assert side_by_side(answer("yes"), answer("no")) == ["409", "done"]
    assert proposal.followed_by.count() == 1
    assert list(verify().breaks) == []
