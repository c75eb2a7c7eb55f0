"""The board's pages in a browser: they fit a phone, alarms are acknowledged, the map zooms, keys lead about, and nothing breaks the policy."""

from typing import TYPE_CHECKING

import pytest

from outbox.models import Message
from tests.support.pages import opened
from tests.support.phone import COUNTY, Phone
from tests.support.reports import HAISHU

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SECOND_MS = 1000
PAGES = ("/", "/board/", "/board/clocks/", "/board/counties/", "/board/work/", "/handover/", "/brief/")


def test_pages_fit_a_phone_and_the_zoomed_map_keeps_the_policy(page: "Page", served: str) -> None:
    opened(120, place_text="甬江大饭店")
    opened(30, place_text="海曙食堂", area=HAISHU)
    phone = Phone(page, served)
    for address in PAGES:
        phone.open(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    phone.open("/")
    page.locator("[form=acknowledge]").first.click()
    page.wait_for_url("**/inbox/")
    assert Message.objects.filter(acknowledged_at__isnull=False, recipient=COUNTY).count() == 1
    phone.open("/board/counties/")
    assert page.locator("svg.map a use").count() == 1
    page.click("[data-zoom-map] summary")
    page.wait_for_selector("[data-zoom-map][data-drawn]", timeout=30 * SECOND_MS)
    drawn = page.evaluate(
        "echarts.getInstanceByDom(document.querySelector('[data-zoom-canvas]')).getOption().series[0].data"
    )
    numbers = {county["name"]: county["value"] for county in drawn}
    assert (len(numbers), numbers["330212"]) == (10, 1)
    page.mouse.move(195, 500)
    phone.assert_at_peace()


def test_keys_open_the_list_of_keys_the_search_and_pages(page: "Page", served: str) -> None:
    case = opened(120, place_text="甬江大饭店")
    page.set_viewport_size({"width": 1280, "height": 800})
    phone = Phone(page, served)
    phone.open("/")
    page.keyboard.press("?")
    assert "看板" in page.inner_text("dialog[open] [data-shortcut-list]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.wait_for_url("**/board/")
    page.keyboard.press("/")
    page.keyboard.type(case.number)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/incidents/{case.number}/")
    page.keyboard.press("?")
    page.check("[data-shortcuts-off]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 0
    assert case.number in page.url
    phone.assert_at_peace()
