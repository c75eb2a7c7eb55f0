"""After its end nobody is led to start the response again, until something new happens; and who answers sees what (6.4.2)."""

import re

import pytest
from django.test import Client

from incidents.actions.facts import record_facts
from plan.levels import IncidentLevel, ResponseLevel
from plan.termination import Finding
from response.actions.confirming import confirm_on_assessment
from response.actions.reopening import answer_reopened
from response.actions.termination import answer_proposal, propose_end
from response.models import Decision, Response
from tests.support.pages import url
from tests.support.people import actor, login
from tests.support.reports import NOON, minutes, people
from tests.support.response import commanded, weigh_all

pytestmark = [pytest.mark.django_db, pytest.mark.clause(150, 153)]
OFFICE, GOVERNMENT = "city-fso", "city-gov"
CONTROLLED = {Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"}


def proposed() -> Decision:
    response = commanded(ResponseLevel.III)
    weigh_all(response.incident)
    return propose_end(
        response=response, conditions=["6.4.2(3)"], findings=CONTROLLED, by=actor(OFFICE), at=NOON
    )


def ended() -> Response:
    return answer_proposal(proposal=proposed(), is_approved=True, by=actor(GOVERNMENT), at=NOON)


def steps(response: Response, office: str) -> set[str]:
    """What the page names as this office's next steps."""
    client = Client()
    login(client, office)
    shown = client.get(url(response.incident, "response")).content.decode()
    return set(re.findall(r'data-key="next-([a-z-]+)-\d+"', shown))


def desk(office: str) -> str:
    client = Client()
    login(client, office)
    return client.get("/").content.decode()


def test_nobody_is_led_to_start_again_what_ended() -> None:
    response = ended()
    for office in (OFFICE, GOVERNMENT, "city-commission"):
        assert not steps(response, office) & {"apply-activation", "answer-activation", "activate", "confirm"}
        assert "启动Ⅲ级" not in desk(office)


def test_a_late_death_leads_to_it_again_until_it_is_found_to_need_none() -> None:
    response = ended()
    at = NOON + minutes(10)
    record_facts(
        incident=response.incident, entries=[people(1, "death_count", at=at)], by=actor(OFFICE), at=at
    )
    assert "answer-activation" in steps(response, GOVERNMENT)
    assert "启动Ⅲ级" in desk(OFFICE)
    answer_reopened(response=response, note="事发前的旧病所致", by=actor(OFFICE), at=NOON + minutes(20))
    assert "answer-activation" not in steps(response, GOVERNMENT)
    assert "启动Ⅲ级" not in desk(OFFICE)


def test_a_level_fixed_after_the_end_leads_to_it_again() -> None:
    response = ended()
    confirm_on_assessment(
        incident=response.incident,
        level=IncidentLevel.II,
        reason="省政府认定，评估后补",
        note="浙政函〔2026〕1号",
        by=actor(OFFICE),
        at=NOON + minutes(30),
    )
    assert "提出启动Ⅱ级" in desk(OFFICE)
    assert "answer-activation" in steps(response, GOVERNMENT)


def test_the_commander_has_the_proposal_before_them_when_answering() -> None:
    proposal = proposed()
    client = Client()
    login(client, GOVERNMENT)
    address = url(proposal.incident, "response", "answer-end", str(proposal.pk))
    shown = re.sub(r"<details.*?</details>", "", client.get(address).content.decode(), flags=re.DOTALL)
    for words in ("市食药安办 5月1日 12:00", "6.4.2(3)", "平息", "专家意见"):
        assert words in shown
    answer = client.post(address, {"answer": "yes", "note": ""}, follow=True).content.decode()
    assert "应急响应已经结束" in answer
