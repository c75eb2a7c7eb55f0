"""The after-action page: an incident as it stood at a moment of its log, and its times beside earlier ones (7.2)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.actions.facts import correct_fact
from incidents.models import FactKind
from plan.levels import IncidentLevel, ResponseLevel
from reporting.verdicts import VerdictState
from response.models import Step
from review.after_action.standing import standing_at
from review.milestones import ACTIVATED, CONFIRMED, KNOWN, REPORTED, milestones_of, spans
from tests.support.aftermath import ended
from tests.support.clocks import COUNTY, DUTY_ROOM, PHONE, deliver
from tests.support.pages import url
from tests.support.people import actor, login
from tests.support.reports import CIXI, NOON, minutes, report
from tests.support.response import active, approved
from tests.support.review import REGULATOR

pytestmark = [pytest.mark.django_db, pytest.mark.clause(162)]
SECOND = timedelta(seconds=1)


def test_levels_and_responses_stand_from_their_second_on() -> None:
    response = active(ResponseLevel.III)
    case = response.incident
    before, then = standing_at(case, NOON - SECOND), standing_at(case, NOON)
    assert (before.proposed, before.confirmed, before.responses) == (None, None, [])
    assert (then.proposed, then.confirmed) == (IncidentLevel.III, IncidentLevel.III)
    assert [(each.pk, level) for each, level in then.responses] == [(response.pk, ResponseLevel.III)]
    response = ended()
    assert standing_at(response.incident, NOON).responses == []


def test_numbers_are_those_recorded_by_then_not_those_known_now() -> None:
    case = report(45).incident
    ill = case.facts.get(kind=FactKind.ILLNESS)
    correct_fact(fact=ill, value=120, reason="补报", by=actor(REGULATOR), at=NOON + minutes(90))
    people = [dict(standing_at(case, NOON + minutes(at)).people) for at in (89, 90)]
    assert [found[FactKind.ILLNESS].value for found in people] == [45, 120]


def test_a_clock_is_judged_by_what_had_been_entered() -> None:
    case = report(120).incident
    deliver(case, NOON + minutes(10), at=NOON + minutes(20))

    def phone(at: float) -> VerdictState:
        sides = (COUNTY, DUTY_ROOM, PHONE)
        return next(
            leg.verdict.state
            for leg in standing_at(case, NOON + minutes(at)).legs
            if (leg.bearer.code, leg.recipient.code, leg.obligation.leg) == sides
        )

    assert phone(19) == VerdictState.RUNNING
    assert phone(20) == VerdictState.MET_IN_TARGET


def test_an_application_waits_until_it_is_answered() -> None:
    case = approved(ResponseLevel.III, at=NOON)
    steps = {each.step for each in standing_at(case, NOON).decided}
    assert Step.APPROVE in steps
    assert standing_at(case, NOON - SECOND).decided == []


def test_times_are_compared_with_the_median_of_earlier_incidents() -> None:
    own = {KNOWN: NOON, REPORTED: NOON + minutes(5), CONFIRMED: NOON + minutes(2)}
    others = [{KNOWN: NOON, REPORTED: NOON + minutes(took), ACTIVATED: NOON} for took in (10, 20, 60)]
    found = {(each.since, each.until): each for each in spans(own, others)}
    first = found[KNOWN, REPORTED]
    assert (first.took, first.median, first.others) == (minutes(5), minutes(20), 3)
    # What ran backwards is no stretch.
    assert found[REPORTED, CONFIRMED].took is None
    assert found[CONFIRMED, ACTIVATED].median is None


def test_milestones_are_those_of_the_record() -> None:
    response = active(ResponseLevel.IV)
    stamps = milestones_of([response.incident])[response.incident.pk]
    assert stamps == {KNOWN: NOON, REPORTED: NOON, CONFIRMED: NOON, ACTIVATED: NOON}


def test_the_page_goes_to_a_moment_and_compares_with_what_the_office_may_see_alone(client: Client) -> None:
    report(45, at=NOON - minutes(300))
    report(45, at=NOON - minutes(200), area=CIXI)
    case = active(ResponseLevel.IV).incident
    address = url(case, "after-action")
    login(client, "330212-regulator")
    assert client.get(address).context["page"].compared == 1
    first = client.get(address, {"step": "0"}).context["page"]
    assert (first.step, first.before, first.after) == (0, None, 1)
    at = client.get(address, {"at": (NOON - SECOND).isoformat()}).context["page"].standing
    assert (at.at, at.confirmed) == (NOON - SECOND, None)
    assert client.get(address, {"step": "x", "at": "2026-99-99"}).status_code == 200
    login(client, "city-fso")
    assert client.get(address).context["page"].compared == 2


def test_as_many_queries_with_more_incidents_before(client: Client) -> None:
    case = active(ResponseLevel.III).incident
    login(client, "city-fso")
    client.get("/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url(case, "after-action"), {"step": "3"}).status_code == 200
        return len(seen)

    report(45, at=NOON - minutes(300))
    once = asked()
    for number in range(3):
        report(45, at=NOON - minutes(400 + number), area=CIXI, place_text=f"饭店{number}")
    assert asked() == once
