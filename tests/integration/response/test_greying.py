"""The check that guards an act greys it before anything is sent, with the reason and the clause; never a trap."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from plan.levels import IncidentLevel, ResponseLevel
from response.actions.assessments import write_assessment
from response.actions.termination import propose_end
from response.actions.work_reports import submit_work_report
from response.models import Decision, Response, ResponseState
from tests.support.pages import url
from tests.support.people import actor, holding, login
from tests.support.response import assessed, commanded, condition, hours, second_office

pytestmark = [pytest.mark.django_db, pytest.mark.clause(150, 152, 154)]
OFFICE, GOVERNMENT, ONE = "city-fso", "city-gov", "6.4.2(1)"
OWN_WORK = "承办评估或申请的人不能批准自己承办的事项"


def assess(response: Response) -> None:
    write_assessment(
        incident=response.incident,
        harm="轻症",
        extent="一家",
        trend="无新增",
        present_level=IncidentLevel.IV,
        conditions=[ONE],
        by=actor(OFFICE),
        at=database_now(),
    )


def stable(response: Response, ago: float) -> None:
    """All patients, stable for so many hours."""
    at = database_now()
    condition(response.incident, at, stable_since=at - hours(ago), last_onset_at=at - hours(ago + 1))


@pytest.mark.clause(113, 116)
def test_who_prepared_is_told_before_answering(client: Client) -> None:
    found = assessed(ResponseLevel.III, at=database_now())
    login(client, GOVERNMENT)
    assert OWN_WORK not in client.get(url(found, "response")).text
    write_assessment(
        incident=found,
        harm="轻",
        extent="一家",
        trend="平稳",
        present_level=IncidentLevel.III,
        by=second_office(GOVERNMENT, OFFICE),
        at=database_now(),
    )
    client.post("/office/", {"holding": holding(GOVERNMENT).pk})
    page = client.get(url(found, "response")).text
    assert OWN_WORK in page
    assert client.get(url(found, "response", "answer-activation")).status_code == 403


def test_the_24_hours_grey_the_proposal_until_they_have_passed(client: Client) -> None:
    response = commanded(at=database_now() - hours(30))
    found = response.incident
    stable(response, 23)
    assess(response)
    login(client, OFFICE)
    page = client.get(url(found, "response")).text
    ending = page[page.index('id="response-ending"') :]
    assert (
        '<button class="btn btn-outline-secondary" type="button" disabled>建议终止应急响应</button>' in ending
    )
    assert "尚不符合6.4.2(1)：原患者病情稳定24小时以上" in ending
    assert client.get(url(found, "response", "propose-end")).status_code == 409
    stable(response, 25)
    assert client.get(url(found, "response", "propose-end")).status_code == 200


def test_yes_is_greyed_while_the_condition_no_longer_holds_and_no_can_be_said(client: Client) -> None:
    response = commanded(at=database_now() - hours(30))
    found = response.incident
    stable(response, 25)
    assess(response)
    said = {"response": response, "conditions": [ONE], "findings": {}, "by": actor(OFFICE)}
    proposal = propose_end(**said, at=database_now())  # type: ignore[arg-type]
    stable(response, 1)
    login(client, OFFICE)
    assert "终止应急响应须经总指挥本人同意" in client.get(url(found, "response")).text
    login(client, GOVERNMENT)
    page = client.get(url(found, "response")).text
    assert ">同意终止</button>" in page[page.index(f'data-key="matter-{proposal.pk}"') :]
    address = url(found, "response", "answer-end", str(proposal.pk))
    form = client.get(address).text
    assert 'value="yes"' not in form
    assert 'value="no"' in form
    assert "尚不符合6.4.2(1)" in form
    assert client.post(address, {"answer": "yes"}).status_code == 409
    assert client.post(address, {"answer": "no", "note": "再观察"}).status_code == 302
    assert Response.objects.get().state == ResponseState.ACTIVE
    assert client.get(address).status_code == 409


def test_what_waits_is_looked_at_with_as_many_questions_for_one_as_for_many(client: Client) -> None:
    response = commanded(at=database_now())
    address = url(response.incident, "response")
    login(client, "city-commission")
    client.get(address)

    def submitted(number: int) -> int:
        for each in range(number):
            submit_work_report(
                response=response, title=f"第{each}期", text="进展", by=actor(OFFICE), at=database_now()
            )
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    assert submitted(1) == submitted(5)
    assert Decision.objects.filter(step="submit").count() == 5
