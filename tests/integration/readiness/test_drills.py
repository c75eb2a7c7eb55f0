"""Each food-safety regulator owes a drill every three years; enterprises' own and real responses do not count (9.2, A42)."""

from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.moments import whole_day
from readiness.actions.drills import evaluate_drill
from readiness.models import HeldDrill
from readiness.selectors.drills import drills_due
from readiness.selectors.standing import standings
from tests.support.people import actor, login, organisation
from tests.support.readiness import CITY, area, held, kept
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON, YINZHOU, incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(187)]
LAST_DAY = date(2024, 9, 30)


def overdue(code: str, on: date) -> bool:
    (due,) = drills_due([area(code)], today=on)
    return due.is_overdue


def test_the_first_is_owed_by_the_city_and_each_county_until_30_september_2024_that_day_included() -> None:
    areas = standings([area(code) for code in (CITY, YINZHOU, HAISHU)], today=LAST_DAY)
    assert [each.drill.organiser.code for each in areas if each.drill] == [
        "city-regulator", "330212-regulator", "330203-regulator",
    ]  # fmt: skip
    assert not any(overdue(code, LAST_DAY) for code in (CITY, YINZHOU))
    assert all(overdue(code, LAST_DAY + timedelta(days=1)) for code in (CITY, YINZHOU))


def test_a_drill_moves_its_own_regulators_due_date_and_nobody_elses() -> None:
    held(date(2025, 5, 6), at=NOON)
    (own,) = drills_due([area(YINZHOU)], today=date(2028, 5, 6))
    assert (own.due_on, own.is_overdue, own.days_left) == (date(2028, 5, 6), False, 0)
    assert overdue(YINZHOU, date(2028, 5, 7))
    assert overdue(CITY, date(2028, 5, 6))
    assert overdue(HAISHU, date(2028, 5, 6))
    # Held after all, it counts from when it was held.
    held(date(2024, 1, 1), title="较早的一次", at=NOON)
    assert not overdue(YINZHOU, date(2028, 5, 6))


@pytest.mark.clause(188, 189)
def test_an_enterprises_own_drill_and_a_real_response_count_for_nothing() -> None:
    incident(120)
    enterprise = kept("enterprises", at=NOON)
    drill = held(date(2026, 4, 30), organiser=None, enterprise=enterprise, at=NOON)
    assert overdue(YINZHOU, date(2026, 5, 1))
    (standing,) = standings([area(YINZHOU)], today=date(2026, 5, 1))
    assert standing.evaluations == 1
    evaluate_drill(drill=drill, findings="疏散用时过长", by=actor("330212-regulator"), at=NOON)
    (standing,) = standings([area(YINZHOU)], today=date(2026, 5, 1))
    assert standing.evaluations == 0


@pytest.mark.clause(189)
def test_what_can_not_have_been_held_so_is_refused() -> None:
    city = organisation("city-fso")
    enterprise = kept("enterprises", at=NOON)
    actor("city-fso")
    actor("330203-fso")
    with refused("drill_in_future", 422, "9.2"):
        held(NOON.date() + timedelta(days=1), at=NOON)
    with refused("drill_before_plan", 422, "9.2"):
        held(date(2021, 9, 29), at=NOON)
    with refused("no_regulator", 422, "9.2"):
        held(date(2026, 1, 1), CITY, organiser=city, at=NOON)
    with refused("drill_without_organiser", 422, "9.2"):
        held(date(2026, 1, 1), enterprise=enterprise, at=NOON)
    with refused("outside_jurisdiction", 403, "3.2"):
        held(date(2026, 1, 1), HAISHU, organiser=organisation("330212-regulator"), at=NOON)
    drill = held(NOON.date(), at=NOON)
    assert held(NOON.date(), at=NOON) == drill
    with refused("evaluation_without_words", 422, "9.2"):
        evaluate_drill(drill=drill, findings=" ", by=actor("330212-fso"), at=NOON)
    evaluate_drill(drill=drill, findings="联络不畅", by=actor("330212-fso"), at=NOON)
    with refused("drill_evaluated", 409, "9.2"):
        evaluate_drill(drill=drill, findings="再次", by=actor("330212-fso"), at=NOON)


@pytest.mark.clause(189)
def test_a_drill_and_its_evaluation_by_their_forms(client: Client) -> None:
    login(client, "330212-regulator")
    page = "/readiness/330212/drills/"
    said = {
        "kind": "special",
        "title": "河鲀毒素专项演练",
        "held_on": "2026-04-01",
        "participants": "卫健、公安",
        "organiser": "330212-regulator",
    }
    assert client.post(page, {**said, "held_on": ""}).status_code == 422
    assert client.post(page, {**said, "organiser": "enterprise", "enterprise": "没有这家"}).status_code == 422
    assert client.post(page, said).status_code == 302
    drill = HeldDrill.objects.get()
    shown = client.get(page).content.decode()
    assert "河鲀毒素专项演练" in shown
    assert whole_day(date(2029, 4, 1)) in shown
    assert "待评估" in shown
    assert client.post(f"{page}{drill.pk}/evaluate/", {"findings": "采样超时"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "采样超时" in shown
    assert "待评估" not in shown
