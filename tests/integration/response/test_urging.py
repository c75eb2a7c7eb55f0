"""Who owes an answer or a paper is reminded: by the house's interval, which is not the plan's, and by hand (A19, A59)."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.actors import CLOCK
from audit.clock import database_now
from audit.verify import verify
from incidents.models import Incident
from outbox.models import Message
from plan.levels import ResponseLevel
from reporting.actions.house_targets import set_house_target
from response.actions.activation import answer_activation, apply_for_activation
from response.actions.papers import record_paper
from response.actions.urging import chase_late_decisions, urge_answer
from response.models import Decision, Step, Urging
from response.response_page import response_page
from tests.support.pages import url
from tests.support.people import actor, login
from tests.support.refusals import refused
from tests.support.reports import NOON, minutes
from tests.support.response import assessed, hours, oral

pytestmark = [pytest.mark.django_db, pytest.mark.clause(113, 116)]
OFFICE, GOVERNMENT, III = "city-fso", "city-gov", ResponseLevel.III
SECOND = timedelta(seconds=1)


def applied(at: object = NOON) -> Decision:
    """The office applied for Ⅲ and waits."""
    found = assessed(III, at=at)  # type: ignore[arg-type]
    return apply_for_activation(incident=found, level=III, note="请批准", by=actor(OFFICE), at=at)  # type: ignore[arg-type]


def target(duty: str, number: int) -> None:
    set_house_target(duty=duty, minutes=number, by=actor(OFFICE), at=NOON)


def told() -> list[str]:
    return list(
        Message.objects.filter(kind="answer_urged").order_by("pk").values_list("recipient", flat=True)
    )


def late(found: Incident, after: timedelta) -> list[bool]:
    return [
        each.house is not None and each.house.is_over
        for each in response_page(found, actor(OFFICE), NOON + after).owed
    ]


def test_a_consent_is_chased_once_for_each_interval_the_house_has_set_and_never_without() -> None:
    application = applied()
    assert chase_late_decisions(by=CLOCK, at=NOON + hours(50)) == 0
    target("6.2", 30)
    last = minutes(31) - SECOND
    assert chase_late_decisions(by=CLOCK, at=NOON + last) == 0
    assert late(application.incident, last) == [False]
    assert late(application.incident, minutes(31)) == [True]
    came = [chase_late_decisions(by=CLOCK, at=NOON + minutes(each)) for each in (31, 31, 60, 61, 62)]
    assert came == [1, 0, 0, 1, 0]
    assert told() == [OFFICE, GOVERNMENT] * 2
    assert [each.interval for each in Urging.objects.order_by("pk")] == [1, 2]
    answer_activation(
        incident=application.incident,
        level=III,
        is_approved=True,
        spoken=oral(NOON + minutes(62)),
        by=actor(GOVERNMENT),
        at=NOON + minutes(62),
    )
    assert chase_late_decisions(by=CLOCK, at=NOON + hours(5)) == 0
    assert list(verify().breaks) == []


def test_a_paper_is_chased_until_it_comes() -> None:
    found = assessed(III)
    said = {"incident": found, "level": III, "is_approved": True, "by": actor(GOVERNMENT), "at": NOON}
    word = answer_activation(**said, spoken=oral())  # type: ignore[arg-type]
    target("A59", 24 * 60)
    assert chase_late_decisions(by=CLOCK, at=NOON + hours(24)) == 0
    assert chase_late_decisions(by=CLOCK, at=NOON + hours(24) + minutes(1)) == 1
    assert told() == [GOVERNMENT]
    record_paper(decision=word, document="1号", signed_at=NOON, by=actor(GOVERNMENT), at=NOON + hours(25))
    assert chase_late_decisions(by=CLOCK, at=NOON + hours(90)) == 0


def test_the_office_reminds_by_hand_once_a_minute_and_only_of_what_is_waited_for() -> None:
    application, by, government = applied(), actor(OFFICE), actor(GOVERNMENT)
    with refused("office_lacks_right", 403, "3.2"):
        urge_answer(decision=application, by=government, at=NOON)
    first = urge_answer(decision=application, by=by, at=NOON + minutes(5))
    assert urge_answer(decision=application, by=by, at=NOON + minutes(5) + SECOND) == first
    assert urge_answer(decision=application, by=by, at=NOON + minutes(6)) != first
    assert told() == [GOVERNMENT] * 2
    at = NOON + minutes(7)
    answer_activation(
        incident=application.incident, level=III, is_approved=False, spoken=oral(at), by=government, at=at
    )
    with refused("nothing_waited_for", 409, "6.2.3"):
        urge_answer(decision=application, by=by, at=at)


def test_the_page_offers_the_reminder_and_says_that_the_time_is_the_houses(client: Client) -> None:
    application = applied(database_now() - hours(2))
    found = application.incident
    target("6.2", 30)
    login(client, OFFICE)
    page = client.get(url(found, "response")).text
    owed = page[page.index('id="response-owed"') :]
    assert "非预案规定" in owed
    assert "，已超过" in owed
    assert client.post(url(found, "response", "urge", str(application.pk))).status_code == 302
    assert " 催办</span>" in client.get(url(found, "response")).text
    assert Urging.objects.get().told.code == GOVERNMENT
    login(client, GOVERNMENT)
    assert client.get(url(found, "response", "urge", str(application.pk))).status_code == 403
    assert Decision.objects.filter(step=Step.APPLY).count() == 1
