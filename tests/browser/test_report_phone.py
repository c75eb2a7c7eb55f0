"""The quick report on a phone: under a minute, nothing lost, nothing doubled (5.2)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from incidents.models import Fact, FactKind
from reporting.models import OpenDuty, Report
from tests.support.people import login
from tests.support.phone import COUNTY, FORM, Phone
from tests.support.reports import restaurant

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
TOUCH_PX = 44


@pytest.fixture
def phone(page: "Page", served: str) -> Phone:
    return Phone(page, served)


def test_a_report_takes_three_touches_and_two_fields(phone: Phone) -> None:
    phone.open()
    phone.fill("120")
    phone.send()
    phone.arrive()
    assert "Ⅲ级" in phone.said("main")
    phone.page.wait_for_function(
        "() => document.querySelector('time[data-countdown]').textContent.startsWith('剩余')"
    )
    assert Report.objects.count() == 1
    phone.open()
    assert phone.page.input_value("#id_place_text") == ""
    phone.assert_at_peace()


def test_the_call_is_recorded_on_the_answer_page(phone: Phone) -> None:
    phone.open()
    phone.fill("120")
    phone.send()
    phone.arrive()
    phone.page.click("summary:has-text('登记电话')")
    form = phone.page.locator("form.record:visible")
    form.locator("[name=receiver]").fill("陈值班")
    form.locator("button").click()
    assert "已登记送达" in phone.said(".notice-success")
    phone.assert_at_peace()


def test_everything_touched_is_large_enough_and_nothing_scrolls_sideways(phone: Phone) -> None:
    phone.open()
    for width in (390, 320):
        phone.page.set_viewport_size({"width": width, "height": 844})
        small = phone.page.evaluate(
            """(least) => [...document.querySelectorAll('main button, main summary, main .form-control, .tabs a, .tick')]
                .filter((element) => element.checkVisibility() && !element.closest('.clause'))
                .filter((element) => element.getBoundingClientRect().height < least)
                .map((element) => element.outerHTML.slice(0, 80))""",
            TOUCH_PX,
        )
        assert small == []
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= width
    phone.assert_at_peace()


def test_registered_places_are_offered_while_typing(phone: Phone) -> None:
    restaurant("甬味轩餐厅")
    phone.open()
    phone.page.locator("#id_place_text").press_sequentially("味轩")
    phone.page.wait_for_selector("#places option[value='甬味轩餐厅']", state="attached")
    phone.assert_at_peace()


def test_unknown_and_a_value_exclude_each_other(phone: Phone) -> None:
    phone.open()
    phone.page.fill("#id_illness_count", "45")
    phone.page.check("#id_illness_unknown")
    assert phone.page.input_value("#id_illness_count") == ""
    phone.page.fill("#id_illness_count", "4")
    assert not phone.page.is_checked("#id_illness_unknown")
    for name in ("occurred", "place", "illness"):
        phone.page.check(f"#id_{name}_unknown")
    phone.send()
    phone.arrive()
    assert OpenDuty.objects.count() == 3
    phone.assert_at_peace()


def test_errors_are_said_on_top_and_focused_with_the_text_still_there(phone: Phone) -> None:
    phone.open()
    phone.fill("四十五")
    phone.send()
    phone.page.wait_for_selector(".error-summary")
    phone.page.wait_for_function("() => document.activeElement.matches('.error-summary')")
    assert phone.page.input_value("#id_illness_count") == "四十五"
    phone.page.click(".error-summary a")
    assert phone.page.evaluate("document.activeElement.id") == "id_illness_count"
    phone.page.fill("#id_illness_count", "45")
    phone.send()
    phone.arrive()
    phone.assert_at_peace()


def test_a_draft_survives_a_lost_connection(phone: Phone) -> None:
    phone.open()
    phone.fill()
    phone.page.context.set_offline(True)
    phone.send()
    assert "连接已断，草稿已保存" in phone.said("[data-lost-notice]")
    phone.page.context.set_offline(False)
    phone.page.reload()
    assert "未提交的草稿" in phone.said("[data-draft-notice]")
    assert phone.page.input_value("#id_illness_count") == "45"
    assert phone.page.input_value("#id_occurred_earliest") != ""
    phone.send()
    phone.arrive()
    assert Report.objects.count() == 1
    phone.open()
    assert phone.page.locator("[data-draft-notice]").is_hidden()
    phone.assert_at_peace()


def test_an_answer_lost_on_the_way_makes_no_second_report(phone: Phone) -> None:
    def lose(route: "Route") -> None:
        route.fetch(max_redirects=0)
        route.abort()

    phone.open()
    phone.fill()
    phone.page.route("**" + FORM, lose)
    phone.send()
    assert "不会重复登记" in phone.said("[data-lost-notice]")
    assert Report.objects.count() == 1
    phone.page.unroute("**" + FORM)
    phone.page.reload()
    phone.send()
    phone.arrive()
    assert "没有重复登记" in phone.said(".notice-warning:visible")
    assert Report.objects.count() == 1
    phone.assert_at_peace()


def test_a_double_click_makes_one_report(phone: Phone) -> None:
    phone.open()
    phone.fill()
    phone.page.dblclick("text=提交报告")
    phone.arrive()
    assert Report.objects.count() == 1
    phone.assert_at_peace()


def test_a_lapsed_login_keeps_the_draft(phone: Phone) -> None:
    phone.open()
    phone.fill()
    phone.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    phone.send()
    phone.page.wait_for_url("**/login/**")
    phone.log_in()
    phone.open()
    assert phone.page.input_value("#id_place_text") == "甬江饭店"
    phone.send()
    phone.arrive()
    assert Fact.objects.get(kind=FactKind.ILLNESS).value == 45
    phone.assert_at_peace()


def test_logging_out_leaves_no_draft_on_the_device(phone: Phone) -> None:
    phone.open()
    phone.fill()
    phone.page.click(".office summary")
    phone.page.click("text=退出登录")
    phone.page.wait_for_url("**/login/")
    phone.page.wait_for_function("() => localStorage.length === 0")
    phone.assert_at_peace()


def test_an_incident_page_follows_a_change_without_losing_what_is_typed(phone: Phone) -> None:
    phone.open()
    phone.fill("120")
    phone.send()
    phone.arrive()
    phone.page.click("text=查看事故")
    phone.page.click("summary:has-text('登记电话') >> nth=0")
    receiver = phone.page.locator("form.record [name=receiver]:visible")
    receiver.fill("陈值班")
    case = Fact.objects.filter(kind=FactKind.ILLNESS).get()
    client = Client()
    login(client, COUNTY)
    said = {"value": "150", "reason": "又有人就诊"}
    client.post(f"/incidents/{case.incident.number}/facts/{case.pk}/correct/", said)
    phone.page.wait_for_selector("text=发病 150 人")
    assert receiver.input_value() == "陈值班"
    phone.assert_at_peace()


@pytest.fixture
def plain(page: "Page", served: str) -> Iterator[Phone]:
    """The same browser, without scripts."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    yield Phone(context.new_page(), served)
    context.close()


def test_without_scripts_the_whole_way_works(plain: Phone) -> None:
    plain.open()
    plain.fill("四十五")
    plain.send()
    assert "请填写事发时间" in plain.said(".error-summary")
    plain.page.check("#id_occurred_unknown")
    plain.page.fill("#id_illness_count", "45")
    plain.send()
    plain.arrive()
    assert "Ⅳ级" in plain.said("main")
    assert Report.objects.count() == 1
    plain.page.click("text=查看事故")
    plain.page.click("text=登记事实")
    plain.page.fill("#id_value", "120")
    plain.page.click("main button[type=submit]")
    assert "Ⅲ级" in plain.said("main")
    assert plain.unexpected() == []
