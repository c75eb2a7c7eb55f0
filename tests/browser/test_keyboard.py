"""The two main flows by keyboard alone, and what is told to those who don't see the screen."""

from typing import TYPE_CHECKING

import pytest

from audit.clock import database_now
from plan.levels import ResponseLevel
from plan.termination import Finding
from reporting.models import Report
from response.actions.termination import propose_end
from tests.support.keyboard import Keyboard
from tests.support.pages import opened
from tests.support.people import actor
from tests.support.phone import COUNTY, FORM
from tests.support.response import commanded, weigh_all
from tests.support.watching import PATIENCE_MS, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SUBMIT = "main form button[type=submit]"


@pytest.mark.clause(104)
@pytest.mark.parametrize("width", [390, 1280])
def test_an_incident_is_reported_by_keyboard_alone(page: "Page", served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    desk, keyboard = Desk(page, served), Keyboard(page)
    desk.sit(COUNTY)
    page.goto(served + FORM)
    keyboard.press(".skip")
    keyboard.press("[data-minutes-ago='30']")
    keyboard.write("#id_place_text", "甬江饭店")
    keyboard.write("#id_illness_count", "120")
    keyboard.press(SUBMIT)
    page.wait_for_url("**/reports/*-*-*-*-*/")
    assert Report.objects.count() == 1
    assert keyboard.lost == []
    desk.assert_at_peace()


def test_the_commander_consents_by_keyboard_alone(page: "Page", served: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 844})
    response = commanded(ResponseLevel.III, at=database_now())
    weigh_all(response.incident, at=database_now())
    proposal = propose_end(
        response=response,
        conditions=["6.4.2(3)"],
        findings={Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"},
        by=actor("city-fso"),
        at=database_now(),
    )
    desk, keyboard = Desk(page, served), Keyboard(page)
    desk.open("city-gov", response.incident, "response")
    keyboard.press("a[href*='answer-end']")
    page.wait_for_selector("[name=answer]")
    keyboard.choose("[name=answer]", "yes")
    keyboard.press(SUBMIT)
    page.wait_for_selector(".notice-success")
    assert proposal.followed_by.count() == 1
    assert keyboard.lost == []
    desk.assert_at_peace()


def test_a_countdown_is_spoken_at_its_marks_and_not_each_second(page: "Page", served: str) -> None:
    found = opened(120)
    page.clock.install()
    desk = Desk(page, served)
    desk.open(COUNTY, found)
    countdown, region = page.locator("main time[data-countdown]").first, page.locator("[data-announcements]")
    assert (
        countdown.evaluate("element => element.closest('[aria-live], [role=status], [role=alert]')") is None
    )
    shown = countdown.inner_text()
    page.clock.run_for(3_000)
    assert countdown.inner_text() != shown
    assert region.inner_text() == ""
    page.clock.run_for(60_000)
    page.wait_for_function(
        "() => document.querySelector('[data-announcements]').textContent !== ''", timeout=PATIENCE_MS
    )
    assert region.get_attribute("role") == "status"


def test_levels_and_states_are_told_by_shape_and_word_not_by_colour(page: "Page", served: str) -> None:
    desk = Desk(page, served)
    desk.open("city-fso", opened(120))
    for path in ("", "board/"):
        if path:
            page.goto(f"{served}/{path}")
        for selector in (".level", ".tag", ".leg-time, .leg-clock"):
            said = page.locator(f"main :is({selector}):visible").all_inner_texts()
            assert said, (path, selector)
            assert all(text.strip() for text in said), (path, selector)
        assert page.locator("main .level:not(.level-open, :has(svg.level-shape))").count() == 0
