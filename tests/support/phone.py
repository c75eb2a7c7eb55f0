"""A phone in a county regulator's hand, for browser tests."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client

from tests.support.people import login

if TYPE_CHECKING:
    from playwright.sync_api import Page

COUNTY = "330212-regulator"
FORM = "/reports/new/"
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


class Phone:
    """A browser on which a county regulator works, and all that it complained of."""

    def __init__(self, page: "Page", address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        self.log_in()
        page.add_init_script(WATCH)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.extend([said.text] if said.type == "error" else []))

    def log_in(self) -> None:
        client = Client()
        login(client, COUNTY)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def open(self, path: str = FORM) -> None:
        self.page.goto(self.address + path)

    def fill(self, ill: str = "45", place: str = "甬江饭店") -> None:
        if self.page.locator("[data-minutes-ago='30']").is_visible():
            self.page.click("[data-minutes-ago='30']")
        self.page.fill("#id_place_text", place)
        self.page.fill("#id_illness_count", ill)

    def send(self) -> None:
        self.page.click("text=提交报告")

    def arrive(self) -> None:
        self.page.wait_for_url("**/reports/*-*-*-*-*/")

    def said(self, selector: str) -> str:
        self.page.wait_for_selector(selector, state="visible")
        return self.page.inner_text(selector)

    def unexpected(self) -> list[str]:
        """All complaints but of the network that the test cut and of the forms that it sent wrong."""
        expected = ("net::ERR_", "status of 422", "htmx:sendError", "htmx:afterRequest")
        return [said for said in self.complaints if not any(part in said for part in expected)]

    def assert_at_peace(self) -> None:
        assert self.unexpected() == []
        assert self.page.evaluate("violations") == []
