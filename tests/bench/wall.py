"""Whether a wall stays as small as it was: `python -m ops.devdb run python -m tests.bench.wall [CHANGES [RESTARTS]]`.

A screen watches while an incident changes again and again, then while the web server is killed and started again;
after each part its browser says what it holds once its rubbish is out. Without numbers: 10,000 changes, 100 restarts.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Playwright's event loop runs in this thread, and Django would refuse to reach the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import django

django.setup()

from playwright.sync_api import sync_playwright  # noqa: E402  after the set-up

from audit.clock import database_now  # noqa: E402
from audit.record import Entry, record  # noqa: E402
from incidents.models import Incident  # noqa: E402
from ops.ports import private_port  # noqa: E402
from tests.support import databases  # noqa: E402
from tests.support.browser import FLAGS, chromium  # noqa: E402
from tests.support.processes import web_server  # noqa: E402
from tests.support.reports import incident  # noqa: E402
from tests.support.walls import wall_token  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

PATIENCE_MS = 60_000
CHANGES_A_SECOND = 25
PARTS = 10


@dataclass
class Screen:
    """A wall's page, its browser's own measures, and the incident it looks at."""

    page: "Page"
    session: "CDPSession"
    case: Incident
    told: int = 0

    def held(self) -> str:
        """What the page holds once its rubbish is out."""
        self.session.send("HeapProfiler.collectGarbage")
        used = self.session.send("Runtime.getHeapUsage")["usedSize"]
        counters = self.session.send("Memory.getDOMCounters")
        return (
            f"heap {used / 1e6:.2f} MB, {counters['nodes']} nodes, {counters['jsEventListeners']} listeners"
        )

    def change(self) -> None:
        """The incident's record grows by one line, which the wall shows."""
        self.told += 1
        at = database_now()
        payload = {"told": self.told}
        record(
            Entry(chain=self.case.chain, action="incidents.reassess", actor="clock", at=at, payload=payload)
        )
        self.last = at

    def wait_until_shown(self) -> None:
        """Wait until the wall is as new as the last change."""
        newer = "at => Date.parse(document.querySelector('[data-server-now]').dataset.serverNow) >= at"
        # The page gives whole seconds.
        self.page.wait_for_function(newer, arg=self.last.timestamp() * 1000 - 1000, timeout=PATIENCE_MS)

    def wait_for_state(self, state: str) -> None:
        found = f"[data-feed-notices][data-state={state}]"
        self.page.wait_for_selector(found, timeout=PATIENCE_MS, state="attached")


@contextmanager
def opened(address: str) -> Iterator[Screen]:
    """A screen that has been let in and watches."""
    case = incident(120, at=database_now())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN").new_page()
        page.goto(f"{address}/wall/#{wall_token().clear}")
        screen = Screen(page, page.context.new_cdp_session(page), case)
        screen.wait_for_state("live")
        page.evaluate("window.unreloaded = true")
        yield screen
        assert page.evaluate("window.unreloaded"), "the page was loaded anew"
        browser.close()


def say(began: float, what: str, screen: Screen) -> None:
    print(f"{time.monotonic() - began:6.0f} s  {what}: {screen.held()}", flush=True)


def change_often(screen: Screen, changes: int, began: float) -> None:
    for number in range(1, changes + 1):
        screen.change()
        screen.page.wait_for_timeout(1000 / CHANGES_A_SECOND)
        if number % max(1, changes // PARTS) == 0:
            screen.wait_until_shown()
            say(began, f"{number} changes", screen)


def restart_often(
    screen: Screen, restarts: int, server: ExitStack, log: Path, port: int, began: float
) -> None:
    for number in range(1, restarts + 1):
        server.close()
        screen.wait_for_state("cut")
        screen.change()
        server.enter_context(web_server(log, port))
        screen.wait_until_shown()
        screen.wait_for_state("live")
        if number % max(1, restarts // PARTS) == 0:
            say(began, f"{number} restarts", screen)


def main(changes: int, restarts: int) -> None:
    name, port, began = f"bench_{os.getpid()}", private_port(), time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        databases.clone(databases.ensure_template(), name),
        databases.pointed_at(name),
        ExitStack() as server,
    ):
        log = Path(folder) / "web.log"
        with opened(server.enter_context(web_server(log, port))) as screen:
            say(began, "opened", screen)
            change_often(screen, changes, began)
            restart_often(screen, restarts, server, log, port, began)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*(given + [10_000, 100][len(given) :]))
