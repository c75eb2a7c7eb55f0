"""Where the plan names no hours the house may set a target of its own: off at first, labelled, never in a verdict (A19)."""

import pytest
from django.test import Client

from audit.clock import database_now
from incidents.models import Incident
from plan.duties import without_hours
from plan.refusal import PlanRefusal
from reporting.actions.house_targets import set_house_target
from reporting.house_targets import duties_without_hours, target_rows
from reporting.models import HouseTarget
from reporting.selectors import legs, open_duties
from reporting.verdicts import VerdictState
from tests.support.checksums import table_checksums
from tests.support.clocks import after, major
from tests.support.hospital import Hospital, cluster
from tests.support.pages import url
from tests.support.people import actor, login
from tests.support.reports import incident, minutes

pytestmark = [pytest.mark.django_db, pytest.mark.clause(93, 104)]
OFFICE = "city-fso"


def target(duty: str, number: int | None, minute: float = 0) -> HouseTarget:
    return set_house_target(duty=duty, minutes=number, by=actor(OFFICE), at=after(minute))


def sent() -> Incident:
    """An incident that a hospital's report opened; its two legs were delivered at once."""
    number = Hospital().send(cluster(5)).json()["incident"]["number"]
    return Incident.objects.get(number=number)


def test_only_what_has_no_hours_can_have_a_target_and_none_has_one_at_first() -> None:
    assert {"5.1(3)", "5.1(4)", "5.1(5)", "5.1(6)"} <= set(without_hours())
    assert not {"5.1(1)", "5.1(2)", "5.1(8)"} & set(duties_without_hours())
    assert all(row.minutes is None for row in target_rows())
    assert not any(view.house for view in legs([sent().pk], database_now()))


def test_a_target_runs_to_its_last_minute_beside_the_elapsed_time_and_changes_no_verdict() -> None:
    vague = incident(5, place_text="", unknown=frozenset({"place"}))
    target("5.2", 30)
    seen = {}
    for minute in (30, 30 + 59 / 60, 31):
        (view,) = open_duties([vague.pk], after(minute))
        assert view.house is not None
        seen[minute] = view.house.is_over
    assert seen == {30: False, 30 + 59 / 60: False, 31: True}
    found = sent()
    target("5.1(3)", 1)
    late = database_now() + minutes(300)
    own = [view for view in legs([found.pk], late) if view.obligation.clause == "5.1(3)"]
    assert len(own) == 2
    for leg in own:
        assert leg.house is not None
        assert not leg.house.is_over
        assert leg.verdict.state == VerdictState.DELIVERED
        assert leg.obligation.limit_at is None


def test_the_newest_holds_and_none_turns_it_off() -> None:
    target("5.1(3)", 30)
    target("5.1(3)", 20, 1)
    assert {row.duty: row.minutes for row in target_rows()}["5.1(3)"] == 20
    target("5.1(3)", None, 2)
    assert {row.duty: row.minutes for row in target_rows()}["5.1(3)"] is None
    assert HouseTarget.objects.count() == 3


def test_a_leg_with_hours_of_the_plan_has_no_other_target() -> None:
    target("5.1(3)", 30)
    target("5.1(7)", 30)
    shown = {view.obligation.clause for view in legs([major().pk], after(1)) if view.house}
    assert shown == {"5.1(7)"}


def test_a_refused_target_changes_nothing() -> None:
    office, county = actor(OFFICE), actor("330212-fso")
    before = table_checksums()
    for duty, number, by, code, status in (
        ("5.1(8)", 20, office, "duty_has_hours", 422),
        ("5.1(3)", 0, office, "house_target_out_of_range", 422),
        ("5.1(3)", 43_201, office, "house_target_out_of_range", 422),
        ("5.1(3)", 20, county, "office_lacks_right", 403),
    ):
        with pytest.raises(PlanRefusal) as refused:
            set_house_target(duty=duty, minutes=number, by=by, at=after(0))
        assert (refused.value.code, refused.value.status) == (code, status)
    assert table_checksums() == before


def test_it_is_set_on_its_page_and_shown_as_not_the_plans(client: Client) -> None:
    found = sent()
    login(client, OFFICE)
    assert "非预案规定" not in client.get(url(found)).text
    assert client.post("/house-targets/", {"duty": "5.1(3)", "minutes": "abc"}).status_code == 422
    page = client.post("/house-targets/", {"duty": "5.1(3)", "minutes": "15"}, follow=True).text
    assert "15 分" in page
    page = client.get(url(found)).text
    assert page.count("内部目标 15 分") == 2
    assert page.count("非预案规定") == 2
    login(client, "330212-regulator")
    assert "您当前的职务没有此项权限" in client.get("/house-targets/").text
