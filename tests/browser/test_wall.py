"""The wall in a real browser: it turns, fits, says when it stands still, and recovers by itself."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accounts.actions.walls import revoke_wall_token
from accounts.actors import SYSTEM
from audit.clock import database_now
from ops.ports import private_port
from plan.levels import ResponseLevel
from tests.support.processes import web_server
from tests.support.reports import CIXI, HAISHU, YINZHOU, incident
from tests.support.response import active
from tests.support.walls import wall_token
from tests.support.watching import PATIENCE_MS, VIOLATIONS

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

pytestmark = pytest.mark.browser
VIEWS = ("clocks", "incidents", "figures", "reports")
# What is cut off at the edge of what it stands in, unless that is meant to end in dots.
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((element) => {
  if (!element.checkVisibility() || element.closest("svg, .visually-hidden")) return false;
  const style = getComputedStyle(element);
  if (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") return false;
  const box = element.getBoundingClientRect();
  return box.bottom > innerHeight + 1 || box.right > innerWidth + 1
    || (style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1);
}).map((element) => `${element.className} ${element.textContent.slice(0, 40)}`)"""


class Wall:
    """A screen on a wall, and all that its browser complained of."""

    def __init__(self, page: "Page", address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.add_init_script(VIOLATIONS)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self) -> None:
        self.issued = wall_token()
        self.page.goto(f"{self.address}/wall/#{self.issued.clear}")
        self.wait_for_state("live")
        self.page.evaluate("window.unreloaded = true")

    def wait_for_state(self, state: str) -> None:
        self.page.wait_for_selector(
            f"[data-feed-notices][data-state={state}]", timeout=PATIENCE_MS, state="attached"
        )

    def wait_for(self, number: str) -> None:
        found = f"[data-key='incident-{number}']"
        self.page.wait_for_selector(found, timeout=PATIENCE_MS, state="attached")

    def shown(self) -> str | None:
        """The view that stands on the screen."""
        return self.page.locator(".wall-view:visible").get_attribute("data-view-name")

    def assert_never_reloaded(self) -> None:
        assert self.page.evaluate("window.unreloaded")
        assert self.complaints == []
        assert self.page.evaluate("violations") == []


def report(number: int = 0, area: str = YINZHOU) -> str:
    """A first report is committed; gives the incident's number."""
    return incident(120 + number, at=database_now(), area=area, place_text=f"{area}-{number}").number


@pytest.fixture
def wall(page: "Page", served: str) -> Wall:
    page.set_viewport_size({"width": 1920, "height": 1080})
    return Wall(page, served)


def test_a_screen_is_let_in_by_its_address_and_keeps_the_token_out_of_it(wall: Wall) -> None:
    wall.open()
    assert wall.page.url == f"{wall.address}/wall/"
    assert wall.issued.clear not in wall.page.content()
    assert wall.page.evaluate("document.cookie").find("wall") == -1
    number = report()
    wall.wait_for(number)
    # As a kiosk does that starts again.
    wall.page.goto("about:blank")
    wall.page.goto(f"{wall.address}/wall/#{wall.issued.clear}")
    wall.wait_for_state("live")
    assert wall.page.url == f"{wall.address}/wall/"
    assert wall.complaints == []


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
def test_everything_fits_without_scrolling_and_nothing_is_cut_off(
    wall: Wall, width: int, height: int
) -> None:
    active(ResponseLevel.III, at=database_now())
    for number in range(9):
        report(number, (YINZHOU, CIXI, HAISHU)[number % 3])
    wall.page.set_viewport_size({"width": width, "height": height})
    wall.open()
    for view in VIEWS:
        wall.page.click(f"[data-show={view}]")
        assert wall.shown() == view
        assert wall.page.evaluate("document.documentElement.scrollHeight") <= height
        assert wall.page.evaluate("document.documentElement.scrollWidth") <= width
        assert wall.page.evaluate(CUT_OFF) == []
    wall.assert_never_reloaded()


def test_it_turns_by_itself_and_stands_still_when_told(wall: Wall) -> None:
    wall.page.clock.install()
    wall.open()
    # At night it turns more slowly: from "by the hour" over "on" to "off".
    wall.page.keyboard.press("n")
    wall.page.keyboard.press("n")
    assert wall.shown() == "clocks"
    for view in (*VIEWS[1:], VIEWS[0]):
        wall.page.clock.run_for(22_000)
        assert wall.shown() == view
    wall.page.keyboard.press("Space")
    assert wall.page.get_attribute("[data-pause]", "aria-pressed") == "true"
    wall.page.clock.run_for(60_000)
    assert wall.shown() == "clocks"
    wall.page.keyboard.press("ArrowLeft")
    assert wall.shown() == "reports"


def test_quiet_dims_the_room_in_the_dark_theme_and_moves_nothing(wall: Wall) -> None:
    wall.open()
    for _ in range(2):
        if "is-quiet" not in (wall.page.get_attribute("html", "class") or ""):
            wall.page.keyboard.press("n")
    assert wall.page.get_attribute("html", "data-bs-theme") == "dark"
    assert float(wall.page.locator(".wall-clocks").evaluate("e => getComputedStyle(e).opacity")) < 1
    number = report()
    wall.wait_for(number)
    assert wall.page.evaluate("document.getAnimations().length") == 0
    wall.assert_never_reloaded()


@pytest.fixture
def restartable(committed_db: str, broker: str, tmp_path: Path) -> Iterator[tuple[str, ExitStack]]:
    """The address of a web server, and what to close to kill it."""
    port = private_port()
    with ExitStack() as running:
        yield running.enter_context(web_server(tmp_path / "web.log", port)), running


def test_it_recovers_after_the_server_restarts_and_says_meanwhile_how_old_it_is(
    page: "Page", restartable: tuple[str, ExitStack], tmp_path: Path
) -> None:
    address, running = restartable
    page.set_viewport_size({"width": 1920, "height": 1080})
    wall = Wall(page, address)
    old = report()
    wall.open()
    wall.wait_for(old)
    for number in range(2):
        running.close()
        wall.wait_for_state("cut")
        said = page.locator(".wall-stale:visible").inner_text()
        assert "数据已停" in said
        assert "正在重连" in said
        age = page.locator(".wall-stale-age:visible")
        assert float(age.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) > 48
        assert page.locator(".wall-holder.is-stale").count() == 1
        assert page.locator(f"[data-key='incident-{old}']").count() == 1
        missed = report(1 + number)
        running.enter_context(web_server(tmp_path / "web.log", int(address.rpartition(":")[2])))
        wall.wait_for(missed)
        wall.wait_for_state("live")
        assert page.locator(".wall-stale:visible").count() == 0
    wall.wait_for(report(9))
    wall.assert_never_reloaded()


def test_a_revoked_screen_says_so_and_shows_no_more(wall: Wall) -> None:
    old = report()
    wall.open()
    revoke_wall_token(token=wall.issued.token, reason="拆除", by=SYSTEM, at=database_now())
    wall.wait_for_state("ended")
    assert "大屏令牌已到期或被撤销" in wall.page.locator(".wall-stale:visible").inner_text()
    later = report(1)
    wall.page.reload()
    assert "大屏令牌已被撤销" in wall.page.inner_text("main")
    assert old not in wall.page.content()
    assert later not in wall.page.content()


def heap(session: "CDPSession") -> tuple[int, int]:
    """What a page holds after its rubbish is out: bytes of its heap, and nodes."""
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    return int(used), int(session.send("Memory.getDOMCounters")["nodes"])


def test_many_changes_leave_nothing_behind(wall: Wall) -> None:
    report()
    wall.open()
    session = wall.page.context.new_cdp_session(wall.page)
    change = """async (times) => {
      for (let number = 0; number < times; number += 1) {
        document.body.dispatchEvent(new CustomEvent("live:change", { detail: { kind: "resync", incidents: null } }));
        await new Promise((done) => setTimeout(done, 30));
      }
    }"""
    wall.page.evaluate(change, 40)
    before, nodes = heap(session)
    wall.page.evaluate(change, 120)
    after, later = heap(session)
    assert after - before < 300_000
    assert later <= nodes * 1.1
    wall.assert_never_reloaded()
