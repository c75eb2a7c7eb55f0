"""A login that ends is announced in time, and what was typed outlives it."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session

from accounts.sessions import SEEN_KEY
from audit.clock import database_now
from tests.support.reports import incident
from tests.support.waiting import until
from tests.support.watching import PATIENCE_MS, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
OFFICE = "city-fso"
REASON = "转运途中补充的说明"


def seen(ago: timedelta) -> None:
    """Somebody was last there so long ago."""
    for row in Session.objects.all():
        held = row.get_decoded() | {SEEN_KEY: (database_now() - ago).isoformat()}
        row.session_data = Session.objects.encode(held)
        row.expire_date = database_now() - ago + timedelta(minutes=30)
        row.save()


@pytest.fixture
def desk(page: "Page", served: str) -> Desk:
    """Somebody corrects the level of an incident."""
    desk = Desk(page, served)
    found = incident(120, at=database_now())
    desk.open(OFFICE, found, "confirm")
    return desk


def come_back(desk: Desk) -> None:
    """The page finds out soon, as it would after half an hour."""
    desk.page.goto(f"{desk.page.url}?watching")
    desk.page.wait_for_load_state()


def test_the_end_is_announced_and_put_off_by_a_button(desk: Desk) -> None:
    seen(timedelta(minutes=28, seconds=20))
    come_back(desk)
    desk.page.wait_for_selector("[data-session-notice]:visible", timeout=PATIENCE_MS)
    assert "登录将在两分钟内结束" in desk.page.inner_text("[data-session-notice]")
    desk.page.click("[data-session-go-on]")
    desk.page.wait_for_selector("[data-session-notice]", state="hidden", timeout=PATIENCE_MS)
    desk.assert_at_peace()


def test_who_types_is_there(desk: Desk) -> None:
    seen(timedelta(minutes=27, seconds=56))
    come_back(desk)
    desk.page.fill("main [name=note]", REASON)
    later = database_now() + timedelta(minutes=29)
    until(lambda: all(row.expire_date > later for row in Session.objects.all()), "the login goes on")
    desk.page.wait_for_selector("[data-session-notice]", state="hidden", timeout=PATIENCE_MS)


def test_what_was_typed_is_there_after_the_next_login(desk: Desk) -> None:
    seen(timedelta(minutes=29, seconds=40))
    come_back(desk)
    # As by hand long ago: to type now would be a sign of life.
    desk.page.locator("main [name=note]").evaluate("(field, text) => { field.value = text; }", REASON)
    desk.page.wait_for_selector("[data-lapsed-notice]:visible", timeout=PATIENCE_MS)
    address = desk.page.url
    desk.sit(OFFICE)
    desk.page.goto(address)
    assert desk.page.input_value("main [name=note]") == REASON
    assert desk.page.locator("[data-restored-notice]").is_visible()
    desk.page.goto(address)
    assert desk.page.input_value("main [name=note]") == ""
