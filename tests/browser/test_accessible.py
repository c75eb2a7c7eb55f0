"""Every page of the house in the browser: axe-core finds nothing grave, and at 320 px and at 200 % nothing is lost.

In light and dark, in Chinese and in English.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

import pytest
from django.conf import settings
from playwright.sync_api import Error, Page

from tests.repository import access
from tests.repository.doors import DOORS
from tests.repository.test_access import Story, tell
from tests.repository.visitors import visitor
from tests.support.axe import grave_findings
from tests.support.hospital import Hospital

pytestmark = pytest.mark.browser
# WCAG 2.2, 1.4.10 and 1.4.4: as wide as a screen of 1280 px at four times its size and at twice.
NARROW, ZOOMED, WIDE, HEIGHT = 320, 640, 1280, 900
# What may be operated and lies outside the screen or is cut off by what it stands in; what scrolls by itself loses nothing.
LOST = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")].filter((control) => {
  if (!control.checkVisibility() || control.closest(".skip, .visually-hidden, svg") || control.type === "hidden") return false;
  const box = control.getBoundingClientRect();
  if (box.width <= 1 || box.height <= 1) return false;
  for (let holder = control.parentElement; holder; holder = holder.parentElement) {
    const { overflowX } = getComputedStyle(holder);
    if (overflowX === "auto" || overflowX === "scroll") return false;
    const { left, right } = holder.getBoundingClientRect();
    if (overflowX !== "visible" && holder !== document.body && (box.left < left - 1 || box.right > right + 1)) return true;
  }
  return box.left < -1 || box.right > document.documentElement.clientWidth + 1;
}).map((control) => `${control.outerHTML.slice(0, 120)} is cut off`)"""
ENOUGH_PAGES = 100
# Fragments have no frame, and files and answers for machines no page.
IS_PAGE = "document.doctype !== null && document.querySelector('main') !== null"


def rounds() -> dict[str, list[str]]:
    """Which pages each role looks at: every page once, by as few people as can be."""
    left = [door for door in DOORS if door.method == "GET" and door.status in (200, 404)]
    left = [door for door in left if door.may - access.KEYS]
    chosen: dict[str, list[str]] = defaultdict(list)
    while left:
        roles = sorted({role for door in left for role in door.may - access.KEYS})
        role = max(roles, key=lambda role: sum(role in door.may for door in left))
        chosen[role] = [door.name for door in left if role in door.may]
        left = [door for door in left if role not in door.may]
    return chosen


class Walk:
    """Somebody of each role goes through all doors in turn."""

    def __init__(self, page: Page, served: str, language: str) -> None:
        """Tell the story that there is to be seen."""
        self.page, self.served, self.language = page, served, language
        self.hospital = Hospital()
        self.story: Story = tell(self.hospital)

    def pages(self, width: int) -> Iterator[str]:
        """Open one page after the other, so wide; the name of the one that is open."""
        for role, names in rounds().items():
            self.enter(role)
            for name in names:
                self.page.set_viewport_size({"width": width, "height": HEIGHT})
                if self.is_open(self.story.address(name)):
                    yield f"{name} as {role}"

    def enter(self, role: str) -> None:
        """Let this role use the browser."""
        kept = {settings.LANGUAGE_COOKIE_NAME: self.language}
        if session := visitor(role, self.hospital).session:
            kept[settings.SESSION_COOKIE_NAME] = session
        self.page.context.clear_cookies()
        self.page.context.add_cookies(
            [{"name": name, "value": value, "url": self.served} for name, value in kept.items()]
        )

    def is_open(self, path: str) -> bool:
        """Whether there is a page at this address."""
        try:
            self.page.goto(self.served + path)
        except Error as trouble:
            if "Download is starting" not in str(trouble):
                raise
            return False
        return bool(self.page.evaluate(IS_PAGE))


def lost(page: Page, width: int) -> list[str]:
    """What is cut off, or the page if it is wider than the screen."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    across = page.evaluate("document.documentElement.scrollWidth")
    wider = [f"{across} px wide at {width}"] if across > width else []
    return [*wider, *(f"{control} at {width}" for control in page.evaluate(LOST))]


@pytest.mark.parametrize(
    ("scheme", "width", "language"), [("light", NARROW, "zh-hans"), ("dark", WIDE, "en")]
)
def test_no_page_has_a_grave_fault_or_loses_anything_when_it_is_narrow(
    page: Page, served: str, scheme: Literal["light", "dark"], width: int, language: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    faults, seen = {}, 0
    for name in Walk(page, served, language).pages(width):
        found = [*grave_findings(page), *lost(page, ZOOMED), *lost(page, NARROW)]
        faults.update({name: found} if found else {})
        seen += 1
    assert faults == {}
    assert seen > ENOUGH_PAGES
