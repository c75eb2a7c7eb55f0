"""When the server fails or the page has grown stale: the report is kept and said to be kept (5.2)."""

from typing import TYPE_CHECKING

import pytest

from reporting.models import Report
from tests.support.phone import FORM, Phone

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(page: "Page", served: str) -> Phone:
    return Phone(page, served)


def test_a_server_that_fails_is_said_and_loses_nothing(phone: Phone) -> None:
    phone.open()
    phone.fill()
    phone.page.route("**" + FORM, lambda route: route.fulfill(status=503, body="down"))
    phone.send()
    assert "草稿已保存" in phone.said("[data-fault-notice]")
    assert phone.page.input_value("#id_illness_count") == "45"
    phone.page.unroute("**" + FORM)
    phone.send()
    phone.arrive()
    assert Report.objects.count() == 1


def test_a_stale_page_leads_back_to_the_draft(phone: Phone) -> None:
    phone.open()
    phone.fill()
    phone.page.context.clear_cookies(name="csrftoken")
    phone.send()
    phone.said("text=填写的报告已保存在本机")
    phone.page.click("main >> text=填写报告")
    assert "未提交的草稿" in phone.said("[data-draft-notice]")
    assert phone.page.input_value("#id_place_text") == "甬江饭店"
    phone.send()
    phone.arrive()
    assert Report.objects.count() == 1


def test_typing_after_an_error_keeps_the_focus_where_it_is(phone: Phone) -> None:
    phone.open()
    phone.fill("四十五")
    phone.send()
    phone.page.wait_for_function("() => document.activeElement.matches('.error-summary')")
    place = phone.page.locator("#id_place_text")
    with phone.page.expect_response("**/places/"):
        place.press_sequentially("二楼")
    phone.page.wait_for_function(
        "() => !document.querySelector('.htmx-request, .htmx-settling, .htmx-swapping')"
    )
    assert phone.page.evaluate("document.activeElement.id") == "id_place_text"
    phone.page.click("[data-minutes-ago='0']")
    phone.page.fill("#id_illness_count", "45")
    phone.send()
    phone.arrive()
    phone.assert_at_peace()
