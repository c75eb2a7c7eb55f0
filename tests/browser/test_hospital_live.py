"""An office that sees no incidents watches its own pages live: its inbox, its orders, and the number of what is unread."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audit.clock import database_now
from ops.ports import private_port
from outbox.actions.messages import Owed, owe
from plan.levels import ResponseLevel
from response.actions.commands import issue_command
from response.models import CommandKind
from tests.support.people import actor, organisation
from tests.support.processes import web_server
from tests.support.response import active
from tests.support.watching import PATIENCE_MS, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
HOSPITAL = "hosp-yinzhou-people"


def tell(title: str) -> None:
    owe([Owed(dedupe_key=title, recipient=HOSPITAL, kind="test", title=title)], at=database_now())


def order(title: str) -> None:
    issue_command(
        response=active(ResponseLevel.III, at=database_now()),
        kind=CommandKind.ORDER,
        title=title,
        text=title,
        addressees=[organisation(HOSPITAL)],
        by=actor("city-commission"),
        at=database_now(),
    )


def wait_for_unread(page: "Page", count: int) -> None:
    page.wait_for_function(
        "count => document.querySelector('[data-unread] span').textContent === String(count)",
        arg=count,
        timeout=PATIENCE_MS,
    )


@pytest.fixture
def restartable(committed_db: str, broker: str, tmp_path: Path) -> Iterator[tuple[str, ExitStack]]:
    """The address of a web server, and what to close to kill it."""
    port = private_port()
    with ExitStack() as running:
        yield running.enter_context(web_server(tmp_path / "web.log", port)), running


def test_a_hospital_sees_what_it_is_sent_and_is_told_when_it_is_cut_off(
    page: "Page", restartable: tuple[str, ExitStack], tmp_path: Path
) -> None:
    address, running = restartable
    desk = Desk(page, address)
    desk.sit(HOSPITAL)
    page.goto(f"{address}/inbox/")
    desk.wait_until_live()
    page.evaluate("window.unreloaded = true")
    assert page.locator("[data-unread]").is_hidden()
    tell("请报告收治情况")
    page.wait_for_selector("main li.message :text('请报告收治情况')", timeout=PATIENCE_MS)
    wait_for_unread(page, 1)
    assert page.locator("[data-unread]").is_visible()
    desk.assert_at_peace()
    running.close()
    page.wait_for_selector("[data-feed-notices][data-state=cut]", timeout=PATIENCE_MS, state="attached")
    assert "正在重连" in page.locator(".feed-cut:visible").inner_text()
    tell("请补报重症人数")
    with web_server(tmp_path / "web.log", int(address.rpartition(":")[2])):
        page.wait_for_selector("main li.message :text('请补报重症人数')", timeout=PATIENCE_MS)
        desk.wait_until_live()
        wait_for_unread(page, 2)
        assert page.evaluate("window.unreloaded")
    assert page.evaluate("violations") == []


def test_orders_come_in_and_what_a_colleague_reads_is_unread_no_more(desk: Desk) -> None:
    desk.page.goto(f"{desk.address}/orders/")
    desk.wait_until_live()
    order("收治患者")
    desk.page.wait_for_selector("main td:has-text('收治患者')", timeout=PATIENCE_MS)
    wait_for_unread(desk.page, 1)
    colleague = desk.page.context.new_page()
    colleague.goto(f"{desk.address}/inbox/")
    colleague.locator("main li.message button[value=acknowledge]").first.click()
    wait_for_unread(desk.page, 0)
    assert desk.page.locator("[data-unread]").is_hidden()
    # A page that shows nothing that moves follows in its frame all the same.
    desk.page.goto(f"{desk.address}/password/")
    tell("请报告收治情况")
    wait_for_unread(desk.page, 1)
    desk.assert_at_peace()


@pytest.fixture
def desk(page: "Page", served: str) -> Desk:
    desk = Desk(page, served)
    desk.sit(HOSPITAL)
    return desk
