"""Where chapter 6 says 立即, 及时 or 迅速 the house may set targets too: off at first, labelled, nothing late by them (A19)."""

from datetime import timedelta

import pytest
from django.test import Client

from audit.clock import database_now
from incidents.models import Incident
from reporting.actions.house_targets import set_house_target
from response.actions.assessments import request_data
from response.measure_page import measures_page
from response.response_page import response_page
from tests.support.measures import taken
from tests.support.pages import opened, url
from tests.support.people import actor, login, organisation

pytestmark = [pytest.mark.django_db, pytest.mark.clause(105, 135)]
OFFICE = "city-fso"


def target(duty: str, minutes: int) -> None:
    set_house_target(duty=duty, minutes=minutes, by=actor(OFFICE), at=database_now())


def asked(case: Incident) -> None:
    request_data(
        incident=case,
        department=organisation("city-health"),
        what="病例一览表",
        due_at=case.opened_at + timedelta(hours=5),
        by=actor(OFFICE),
        at=case.opened_at,
    )


def test_what_is_owed_shows_the_target_of_its_clause_and_is_not_late_by_it(client: Client) -> None:
    case = opened()
    asked(case)
    login(client, OFFICE)
    address = url(case, "response")
    assert "非预案规定" not in client.get(address).text
    target("6.1", 30)
    page = client.get(address).text
    assert "内部目标 30 分" in page
    assert "非预案规定" in page
    seen = {}
    for second in (30 * 60 + 59, 31 * 60):
        at = case.opened_at.replace(second=0) + timedelta(seconds=second)
        (owing,) = [each for each in response_page(case, actor(OFFICE), at).owed if each.clause == "6.1"]
        assert owing.house is not None
        seen[second] = (owing.house.is_over, owing.is_late)
    assert seen == {30 * 60 + 59: (False, False), 31 * 60: (True, False)}


def test_a_measure_the_plan_wants_in_time_runs_from_knowledge_to_its_first_record() -> None:
    case = opened()
    target("6.3.4", 60)

    def over(minutes: float) -> dict[str, bool]:
        at = case.known_at.replace(second=0) + timedelta(minutes=minutes)
        shown = [each for part in measures_page(case, actor(OFFICE), at) for each in part.measures]
        return {each.measure.code: each.house.is_over for each in shown if each.house}

    assert [over(60), over(61)] == [{"test": False}, {"test": True}]
    taken(case, "sample", at=case.known_at + timedelta(minutes=1))
    assert over(61) == {"test": False}
