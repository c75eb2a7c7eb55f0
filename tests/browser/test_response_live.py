"""The pages of a response move with each commit, and take nothing from whoever reads or types (3, 6)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from audit.clock import database_now
from plan.courses import Turn
from plan.groups import Group
from response.actions.commands import issue_command
from response.actions.measures import take_measure
from response.models import CommandKind, Response
from tests.support.groups import group_of
from tests.support.patients import enter
from tests.support.people import actor, organisation
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


def seal(response: Response) -> None:
    said = {
        "object": "food",
        "place": "后厨",
        "quantity": "20kg",
        "legal_basis": "食品安全法",
        "order_number": "1",
    }
    take_measure(
        incident=response.incident,
        kind="seal",
        details=said,
        by=actor("330212-regulator"),
        at=database_now(),
    )


def ill(response: Response) -> None:
    at = database_now()
    enter(response.incident, "A-77", turns={Turn.FELL_ILL: at}, at=at)


def experts(response: Response) -> None:
    group_of(response.headquarters, Group.EXPERTS, at=database_now())


@pytest.mark.clause(33)
@pytest.mark.parametrize(
    ("part", "happens", "seen"),
    [
        ("response", lambda response: order(response, "封存库存"), "封存库存"),
        ("measures", seal, "后厨"),
        ("groups", experts, "预案未列牵头单位"),
        ("patients", ill, "A-77"),
    ],
)
def test_a_commit_shows_without_reloading(
    page: "Page", served: str, part: str, happens: Callable[[Response], None], seen: str
) -> None:
    response, desk = active(at=database_now()), Desk(page, served)
    desk.open(OFFICE, response.incident, part)
    desk.wait_until_live()
    page.evaluate("window.unreloaded = true")
    assert seen not in page.inner_text("main")
    happens(response)
    page.wait_for_selector(f"main :text('{seen}')", timeout=PATIENCE_MS)
    assert page.evaluate("window.unreloaded")
    desk.assert_at_peace()


@pytest.mark.clause(33)
def test_a_refresh_leaves_focus_scroll_and_opened_folds(page: "Page", served: str) -> None:
    response, desk = active(at=database_now()), Desk(page, served)
    desk.open(OFFICE, response.incident, "response")
    desk.wait_until_live()
    fold = page.locator("main summary:has-text('由其他单位或职务办理')").last
    fold.click()
    fold.focus()
    before = page.evaluate("scrollY")
    assert before > 0
    order(response, "现场消毒")
    page.wait_for_selector("main :text('现场消毒')", timeout=PATIENCE_MS)
    assert page.evaluate("document.activeElement.localName") == "summary"
    assert page.evaluate("document.activeElement.parentElement.open")
    assert page.evaluate("scrollY") > 0
