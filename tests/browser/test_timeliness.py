"""The timeliness page in a browser: it fits a phone, its bars are drawn, and nothing breaks the policy (5.1)."""

from typing import TYPE_CHECKING

import pytest

from tests.support.clocks import OFFICE, WRITTEN, after, deliver, major
from tests.support.phone import Phone
from tests.support.reports import HAISHU, report

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.clause(89)]
MAY = "/timeliness/?since=2026-05-01&until=2026-05-31"


def test_the_bars_fit_a_phone_and_are_as_long_as_their_numbers(page: "Page", served: str) -> None:
    found = major()
    deliver(found, after(10))
    deliver(found, after(45), to=OFFICE)
    deliver(found, after(130), WRITTEN)
    major(place_text="慈湖酒楼")
    report(130, area=HAISHU, place_text="海曙酒家")
    phone = Phone(page, served)
    phone.open(MAY)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    bar = page.locator(".chart-bar").first
    parts = bar.locator("g")
    assert [parts.nth(number).get_attribute("data-count") for number in range(4)] == ["1", "1", "1", "5"]
    widths = [
        parts.nth(number).locator(".part").evaluate("each => each.getBoundingClientRect().width")
        for number in range(4)
    ]
    assert widths[3] == pytest.approx(5 * widths[0], abs=8)
    assert sum(widths) == pytest.approx(bar.evaluate("each => each.getBoundingClientRect().width"), abs=8)
    phone.assert_at_peace()
