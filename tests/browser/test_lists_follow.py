"""Lists follow each commit, and take nothing from whoever types, stands on a link or has scrolled."""

from typing import TYPE_CHECKING

import pytest

from audit.clock import database_now
from plan.levels import ResponseLevel
from response.actions.commands import issue_command
from response.models import CommandKind, Response
from tests.support.people import actor, organisation
from tests.support.reports import incident
from tests.support.response import active
from tests.support.watching import PATIENCE_MS, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
OFFICE = "city-fso"


def order(response: Response, title: str) -> None:
    issue_command(
        response=response,
        kind=CommandKind.ORDER,
        title=title,
        text=title,
        addressees=[organisation("city-agriculture")],
        by=actor("city-commission"),
        at=database_now(),
    )


@pytest.fixture
def desk(page: "Page", served: str) -> Desk:
    desk = Desk(page, served)
    desk.sit(OFFICE)
    return desk


def test_what_is_typed_stays_with_its_caret_while_rows_come_in(desk: Desk) -> None:
    response = active(ResponseLevel.III, at=database_now())
    order(response, "封存库存")
    desk.page.goto(f"{desk.address}/orders/")
    desk.wait_until_live()
    desk.page.evaluate("window.unreloaded = true")
    field = desk.page.locator("#f-incident")
    field.click()
    field.press_sequentially("NB20")
    field.evaluate("field => field.setSelectionRange(1, 3)")
    desk.page.evaluate("scrollTo(0, 150)")
    before = desk.page.evaluate("scrollY")
    order(response, "现场消毒")
    desk.page.wait_for_selector("main td:has-text('现场消毒')", timeout=PATIENCE_MS)
    assert field.input_value() == "NB20"
    assert desk.page.evaluate("document.activeElement.id") == "f-incident"
    assert field.evaluate("field => [field.selectionStart, field.selectionEnd]") == [1, 3]
    assert desk.page.evaluate("scrollY") == before > 0
    assert desk.page.evaluate("window.unreloaded")
    # The version of the feed is no business of the links to other pages of the list.
    assert "v=" not in " ".join(
        desk.page.locator("main a[href^='?']").evaluate_all("all => all.map(a => a.href)")
    )
    desk.assert_at_peace()


def test_a_link_that_is_stood_on_still_leads_where_it_led(desk: Desk) -> None:
    old = incident(60, at=database_now(), place_text="旧")
    desk.page.goto(f"{desk.address}/incidents/")
    desk.wait_until_live()
    desk.page.locator(f"main a:has-text('{old.number}')").first.focus()
    new = incident(61, at=database_now(), place_text="新")
    desk.page.wait_for_selector(f"main [data-key='incident-{new.number}']", timeout=PATIENCE_MS)
    assert desk.page.evaluate("document.activeElement.pathname") == f"/incidents/{old.number}/"
    rows = desk.page.locator("main tbody tr").evaluate_all("all => all.map(row => row.dataset.key)")
    assert rows == [f"incident-{new.number}", f"incident-{old.number}"]
    desk.assert_at_peace()


def test_a_message_arrives_while_the_inbox_is_open(desk: Desk) -> None:
    response = active(ResponseLevel.III, at=database_now())
    desk.sit("city-agriculture")
    desk.page.goto(f"{desk.address}/inbox/")
    desk.wait_until_live()
    before = desk.page.locator("main li.message").count()
    order(response, "封存库存")
    desk.page.wait_for_selector("main li.message :text('封存库存')", timeout=PATIENCE_MS)
    assert desk.page.locator("main li.message").count() == before + 1
    desk.assert_at_peace()
