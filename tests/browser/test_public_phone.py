"""The public report on a phone: in two languages, with and without scripts, nothing lost, nothing doubled (5.1, 5.2)."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reporting.models import PublicReport
from tests.support.phone import WATCH
from tests.support.public import picture

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
TOUCH_PX = 44


class Passer:
    """Somebody with a phone and no account, and all that the browser complained of."""

    def __init__(self, page: "Page", address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.add_init_script(WATCH)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.extend([said.text] if said.type == "error" else []))

    def open(self, path: str = "/report/") -> None:
        self.page.goto(self.address + path)

    def fill(self, ill: str = "3") -> None:
        self.page.select_option("#id_kind", "individual")
        if self.page.locator("[data-minutes-ago='30']").is_visible():
            self.page.click("[data-minutes-ago='30']")
        else:
            self.page.check("#id_occurred_unknown")
        self.page.fill("#id_place_text", "甬江饭店")
        self.page.select_option("#id_area", index=5)
        self.page.fill("#id_illness_count", ill)

    def send(self) -> None:
        self.page.click("main form button[type=submit]")

    def receipt(self) -> str:
        return self.page.locator(".receipt").inner_text()

    def shoot(self, name: str) -> None:
        if folder := os.environ.get("SHOTS"):
            self.page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    def assert_at_peace(self) -> None:
        expected = ("net::ERR_", "status of 4", "htmx:sendError", "htmx:afterRequest")
        assert [said for said in self.complaints if not any(part in said for part in expected)] == []
        assert self.page.evaluate("violations") == []


@pytest.fixture
def passer(page: "Page", served: str) -> Passer:
    return Passer(page, served)


@pytest.fixture
def plain(page: "Page", served: str) -> Iterator[Passer]:
    """The same browser, without scripts."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    yield Passer(context.new_page(), served)
    context.close()


def test_a_report_with_a_photo_and_its_way_back(passer: Passer, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture((1600, 1200)))
    passer.open()
    passer.shoot("new")
    passer.fill()
    passer.page.set_input_files("#id_photos", photo)
    passer.send()
    receipt = passer.receipt()
    passer.shoot("receipt")
    assert PublicReport.objects.get().photos.count() == 1
    passer.page.reload()
    assert passer.page.input_value("#id_place_text") == ""
    passer.page.click("text=查询已报告的")
    passer.page.fill("#id_receipt", receipt)
    passer.send()
    passer.page.wait_for_selector("text=已收到")
    passer.page.fill("#id_words", "又有两人不舒服")
    passer.shoot("found")
    passer.send()
    passer.page.wait_for_selector("text=补充的内容已收到")
    assert PublicReport.objects.get().statements.count() == 2
    assert receipt.replace(" ", "") not in passer.page.url.replace(" ", "")
    passer.assert_at_peace()


def test_everything_touched_is_large_enough_and_nothing_scrolls_sideways(passer: Passer) -> None:
    for path in ("/report/", "/en/report/", "/report/status/"):
        passer.open(path)
        for width in (390, 320):
            passer.page.set_viewport_size({"width": width, "height": 844})
            small = passer.page.evaluate(
                """(least) => [...document.querySelectorAll('main button, main summary, main .form-control, main .form-select, .bar a, .tick')]
                    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < least)
                    .map((element) => element.outerHTML.slice(0, 80))""",
                TOUCH_PX,
            )
            assert small == []
            assert passer.page.evaluate("document.documentElement.scrollWidth") <= width
    passer.assert_at_peace()


def test_the_language_is_switched_on_the_page(passer: Passer) -> None:
    passer.open()
    passer.page.click("text=English")
    passer.page.wait_for_url("**/en/report/")
    assert passer.page.evaluate("document.documentElement.lang") == "en"
    passer.shoot("new-en")
    passer.fill()
    passer.send()
    passer.page.wait_for_selector(".receipt")
    assert "Your report" in passer.page.inner_text("h1")
    passer.shoot("receipt-en")
    passer.page.click("text=中文")
    passer.page.wait_for_url(passer.address + "/report/")
    passer.assert_at_peace()


def test_errors_are_focused_and_neither_text_nor_photo_is_lost(passer: Passer, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture())
    passer.open()
    passer.fill("三个")
    passer.page.fill("#id_words", "凉菜有异味")
    passer.page.set_input_files("#id_photos", photo)
    passer.send()
    passer.page.wait_for_selector(".error-summary")
    passer.page.wait_for_function("() => document.activeElement.matches('.error-summary')")
    passer.shoot("errors")
    assert passer.page.input_value("#id_words") == "凉菜有异味"
    passer.page.fill("#id_illness_count", "3")
    passer.send()
    passer.page.wait_for_selector(".receipt")
    assert PublicReport.objects.get().photos.count() == 1
    passer.assert_at_peace()


def test_a_draft_survives_a_lost_connection_but_not_who_wrote_it(passer: Passer) -> None:
    passer.open()
    passer.fill()
    passer.page.click("summary:has-text('您的联系方式')")
    passer.page.fill("#id_contact_phone", "13800138000")
    passer.page.context.set_offline(True)
    passer.send()
    passer.page.wait_for_selector("[data-lost-notice]", state="visible")
    passer.page.context.set_offline(False)
    assert passer.page.input_value("#id_contact_phone") == "13800138000"
    passer.page.reload()
    assert passer.page.input_value("#id_illness_count") == "3"
    assert passer.page.input_value("#id_contact_phone") == ""
    assert "13800138000" not in passer.page.evaluate("JSON.stringify(localStorage)")
    passer.send()
    passer.page.wait_for_selector(".receipt")
    assert passer.page.evaluate("localStorage.length") == 0
    assert PublicReport.objects.count() == 1
    passer.assert_at_peace()


def test_an_answer_lost_on_the_way_and_a_double_click_make_no_second_report(passer: Passer) -> None:
    def lose(route: "Route") -> None:
        route.fetch()
        route.abort()

    passer.open()
    passer.fill()
    passer.page.route("**/report/", lose)
    passer.send()
    passer.page.wait_for_selector("[data-lost-notice]", state="visible")
    passer.page.unroute("**/report/")
    assert PublicReport.objects.count() == 1
    passer.page.dblclick("main form button[type=submit]")
    passer.page.wait_for_selector("text=没有重复登记")
    assert PublicReport.objects.count() == 1
    passer.assert_at_peace()


def test_photos_that_are_too_large_are_said_before_they_travel(passer: Passer, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(bytes(45 * 1024 * 1024))
    passer.open()
    passer.fill()
    passer.page.set_input_files("#id_photos", photo)
    passer.send()
    passer.page.wait_for_selector("[data-large-notice]", state="visible")
    assert passer.page.input_value("#id_place_text") == "甬江饭店"
    assert not PublicReport.objects.exists()
    passer.assert_at_peace()


def test_without_scripts_the_whole_way_works(plain: Passer, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture())
    plain.open()
    plain.fill("三个")
    plain.send()
    plain.page.wait_for_selector(".error-summary")
    assert plain.page.input_value("#id_place_text") == "甬江饭店"
    plain.page.fill("#id_illness_count", "3")
    plain.page.set_input_files("#id_photos", photo)
    plain.send()
    receipt = plain.receipt()
    plain.page.reload()
    assert plain.receipt() == receipt
    plain.page.click("main form button[type=submit]")
    plain.page.wait_for_selector("text=处理情况")
    assert PublicReport.objects.get().photos.count() == 1
