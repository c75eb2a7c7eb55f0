"""The board in a real browser: it moves with each commit, says when it is cut off, and heals."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from audit.clock import database_now
from incidents.models import Incident
from ops.ports import private_port
from tests.support.people import login
from tests.support.processes import web_server
from tests.support.reports import HAISHU, YINZHOU, incident

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
CITY = "city-fso"
SECOND_MS = 1000
# How fast it is, the bench measures; here a loaded machine may take its time.
PATIENCE_MS = 60 * SECOND_MS
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


class Watch:
    """A browser in which an office looks at its board, and all that the browser complained of."""

    def __init__(self, page: "Page", address: str, office: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.become(office)
        self.watch_over(page)

    def become(self, office: str) -> None:
        """Let the browser have the session of a client that logged in."""
        self.client = Client()
        login(self.client, office)
        name = settings.SESSION_COOKIE_NAME
        value = self.client.cookies[name].value
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def watch_over(self, page: "Page") -> None:
        page.add_init_script(WATCH)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.extend([said.text] if said.type == "error" else []))

    def open(self) -> None:
        self.page.goto(f"{self.address}/board/")
        self.wait_for_state("live")
        self.page.evaluate("window.unreloaded = true")

    def wait_for_state(self, state: str) -> None:
        self.page.wait_for_selector(
            f"[data-feed-notices][data-state={state}]", timeout=PATIENCE_MS, state="attached"
        )

    def wait_for(self, case: Incident) -> None:
        self.page.wait_for_selector(f"[data-key='incident-{case.number}']", timeout=PATIENCE_MS)

    def assert_at_peace(self) -> None:
        assert self.complaints == []
        assert self.page.evaluate("violations") == []


def report(ill: int = 120, area: str = YINZHOU, minutes_ago: int = 29) -> Incident:
    """A first report is committed."""
    now = database_now()
    occurred = now - timedelta(minutes=minutes_ago)
    return incident(
        ill, at=now, area=area, place_text=f"{area}饭店", occurred_earliest=occurred, occurred_latest=occurred
    )


@pytest.fixture
def watch(page: "Page", served: str) -> Watch:
    return Watch(page, served, CITY)


def test_reports_come_onto_the_board_without_a_reload(watch: Watch) -> None:
    watch.open()
    for _ in range(3):
        watch.wait_for(report())
    assert watch.page.evaluate("window.unreloaded")
    assert watch.page.locator(".leg-time").first.inner_text().startswith("剩余")
    watch.assert_at_peace()


def test_clocks_tick_by_themselves(watch: Watch) -> None:
    report()
    watch.open()
    clock = watch.page.locator("time[data-countdown]").first
    shown = clock.inner_text()
    watch.page.wait_for_function(
        "([clock, text]) => clock.textContent !== text", arg=[clock.element_handle(), shown]
    )
    watch.assert_at_peace()


def test_a_change_leaves_focus_folds_and_scrolling_alone(watch: Watch) -> None:
    old = report()
    watch.open()
    page = watch.page
    row = page.locator(f"[data-key='incident-{old.number}']")
    row.locator("summary").first.click()
    link = row.locator("a").first
    link.focus()
    page.evaluate("scrollTo(0, 300)")
    before = page.evaluate("scrollY")
    page.evaluate("window.focused = document.activeElement")
    new = report()
    watch.wait_for(new)
    assert page.evaluate("document.activeElement === focused && focused.isConnected")
    assert link.get_attribute("href") == f"/incidents/{old.number}/"
    assert row.locator("details").first.get_attribute("open") is not None
    # The new row came in above: the browser keeps what is looked at in its place, or the page stays as it was.
    assert page.evaluate("scrollY") >= before
    watch.assert_at_peace()


def test_a_county_board_stays_still_when_another_county_reports(watch: Watch) -> None:
    watch.become(f"{YINZHOU}-regulator")
    watch.open()
    other = report(area=HAISHU)
    own = report(area=YINZHOU)
    watch.wait_for(own)
    assert other.number not in watch.page.content()
    watch.assert_at_peace()


def test_all_tabs_of_a_browser_share_one_stream(watch: Watch, tmp_path: Path) -> None:
    watch.open()
    second = watch.page.context.new_page()
    watch.watch_over(second)
    second.goto(f"{watch.address}/board/")
    second.wait_for_selector("[data-feed-notices][data-state=live]", timeout=PATIENCE_MS, state="attached")
    case = report()
    watch.wait_for(case)
    second.wait_for_selector(f"[data-key='incident-{case.number}']", timeout=PATIENCE_MS)
    assert (tmp_path / "web.log").read_text().count("GET /events/") == 1
    watch.assert_at_peace()


def test_a_board_whose_session_ended_says_so(watch: Watch) -> None:
    watch.open()
    watch.client.post("/logout/")
    watch.wait_for_state("ended")
    assert "登录已失效，数据停留在" in watch.page.locator(".feed-cut:visible").inner_text()
    assert watch.page.locator("[data-live-part].is-stale").count() == 1


@pytest.fixture
def restartable(committed_db: str, broker: str, tmp_path: Path) -> Iterator[tuple[str, ExitStack]]:
    """The address of a web server, and what to close to kill it."""
    port = private_port()
    with ExitStack() as running:
        yield running.enter_context(web_server(tmp_path / "web.log", port)), running


def test_a_board_cut_off_says_so_and_heals(
    page: "Page", restartable: tuple[str, ExitStack], tmp_path: Path
) -> None:
    address, running = restartable
    watch = Watch(page, address, CITY)
    old = report()
    watch.open()
    running.close()
    watch.wait_for_state("cut")
    said = page.locator(".feed-cut:visible").inner_text()
    assert "连接已断开，数据停留在" in said
    assert "正在重连" in said
    assert page.locator("[data-live-part].is-stale").count() == 1
    assert page.locator(f"[data-key='incident-{old.number}']").is_visible()
    missed = report()
    with web_server(tmp_path / "web.log", int(address.rpartition(":")[2])):
        watch.wait_for(missed)
        watch.wait_for_state("live")
        assert page.locator("[data-live-part].is-stale").count() == 0
        watch.wait_for(report())
        assert page.evaluate("window.unreloaded")
    # A browser says itself that a server is gone; nothing else may have gone wrong.
    assert [said for said in watch.complaints if "net::ERR_" not in said] == []
    assert page.evaluate("violations") == []
