"""What the tests stand on: real PostgreSQL, real broker, real processes, a real browser."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import redis
from pytest_django.plugin import DjangoDbBlocker

from tests.support import databases
from tests.support.browser import FLAGS, NO_BROWSER, chromium
from tests.support.processes import web_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
numbers = count(1)


@pytest.fixture(scope="session")
def template_db(django_db_blocker: DjangoDbBlocker) -> str:
    """The name of the migrated and loaded database that all others are cloned from."""
    with django_db_blocker.unblock():
        return databases.ensure_template()


@pytest.fixture(scope="session")
def django_db_setup(template_db: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database under plain `django_db` tests, each of which is rolled back."""
    with (
        databases.clone(template_db, f"test_{WORKER}_{os.getpid()}") as name,
        django_db_blocker.unblock(),
        databases.pointed_at(name),
    ):
        django_db_blocker.block()
        yield
        django_db_blocker.restore()


@pytest.fixture
def committed_db(
    request: pytest.FixtureRequest, template_db: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A database of the test's own, with real commits, threads and processes; gives its address."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        pytest.fail("committed_db stands alone: take away the django_db mark and the db fixture.")
    name = f"test_{WORKER}_{os.getpid()}_{next(numbers)}"
    with (
        databases.clone(template_db, name),
        django_db_blocker.unblock(),
        databases.pointed_at(name),
    ):
        yield databases.url(name)


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty broker database that no other test worker uses; started processes find it too."""
    number = 1 + int(WORKER.removeprefix("gw"))
    address = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}").geturl()
    redis.Redis.from_url(address).flushdb()
    monkeypatch.setenv("REDIS_URL", address)
    return address


@pytest.fixture
def served(committed_db: str, broker: str, tmp_path: Path) -> Iterator[str]:
    """The web server on `committed_db`; gives its address."""
    with web_server(tmp_path / "web.log") as address:
        yield address


@pytest.fixture
def browser(template_db: str) -> "Iterator[Browser]":
    """The machine's chromium, for one test: the event loop that drives it would be in the way of all that follow.

    It starts after the template is made, which can't be done beside that loop either.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where there is a browser

    # Playwright runs an event loop in this thread, and Django would refuse to reach the database beside it.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A page of a fresh browser profile, as wide as a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    yield context.new_page()
    context.close()


def pytest_runtest_setup(item: pytest.Item) -> None:
    mark = item.get_closest_marker("django_db")
    if mark and (mark.kwargs.get("transaction") or mark.args):
        pytest.fail("Evidence can't be emptied between tests: use committed_db instead of transaction=True.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def without_browser(config: pytest.Config) -> list[str]:
    """The tests that were not run for want of a browser."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    return [report.nodeid for report in skipped if NO_BROWSER in str(report.longrepr)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    missing = without_browser(config)
    if missing:
        terminalreporter.section("没有浏览器，以下测试没有运行 not run: " + NO_BROWSER, yellow=True)
        for name in missing:
            terminalreporter.write_line(name)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything has to run, a test that did not is a failure."""
    if os.environ.get("CI") == "true" and without_browser(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
