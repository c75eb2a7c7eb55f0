"""Health runs an epidemic as a branch of its own; the food side goes on (6.2.4 ¶3, A39)."""

import pytest

from outbox.models import Message
from plan.levels import ResponseLevel
from response.actions.epidemics import open_epidemic_branch
from response.models import ResponseState
from response.selectors.running import city_response
from tests.support.people import actor
from tests.support.refusals import refused
from tests.support.reports import NOON
from tests.support.response import active

pytestmark = pytest.mark.django_db


@pytest.mark.clause(124)
@pytest.mark.parametrize("office", ["city-health", "330212-health"])
def test_health_opens_the_branch_and_the_response_runs_on(office: str) -> None:
    response, by = active(ResponseLevel.III), actor(office)
    branch = open_epidemic_branch(incident=response.incident, disease="霍乱", by=by, at=NOON)
    assert open_epidemic_branch(incident=response.incident, disease="霍乱", by=by, at=NOON) == branch
    running = city_response(response.incident)
    assert running is not None
    assert (running.state, running.level) == (ResponseState.ACTIVE, ResponseLevel.III)
    assert Message.objects.filter(recipient="city-fso", title__contains="传染病").exists()


@pytest.mark.clause(124)
def test_nobody_else_opens_it_and_it_names_the_disease() -> None:
    response, by, other = active(ResponseLevel.III), actor("city-health"), actor("city-fso")
    with refused("epidemics_are_healths", 403, "6.2.4"):
        open_epidemic_branch(incident=response.incident, disease="霍乱", by=other, at=NOON)
    with refused("disease_missing", 422, "6.2.4"):
        open_epidemic_branch(incident=response.incident, disease=" ", by=by, at=NOON)
