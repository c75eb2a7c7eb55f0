"""A browser on which an office works, and all that the browser complained of."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client

from incidents.models import Incident
from tests.support.people import login

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

# How fast it is, the bench measures; here a loaded machine may take its time.
PATIENCE_MS = 60_000
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


class Desk:
    """One page of a browser, whoever sits at it."""

    def __init__(self, page: "Page", address: str) -> None:
        """Listen to the page's complaints."""
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.add_init_script(VIOLATIONS)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def open(self, office: str, found: Incident, *parts: str) -> None:
        """Open a page of an incident as somebody of this office."""
        self.sit(office)
        self.page.goto("/".join([self.address, "incidents", found.number, *parts, ""]))

    def sit(self, office: str) -> None:
        """Let somebody of this office use the browser from here on."""
        client = Client()
        login(client, office)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def wait_until_live(self) -> None:
        """Wait until the page hears of every commit."""
        live = "[data-feed-notices][data-state=live]"
        self.page.wait_for_selector(live, timeout=PATIENCE_MS, state="attached")

    def send(self, **said: str) -> str:
        """Fill the form in and send it; return what the next page says."""
        for name, value in said.items():
            field = self.page.locator(f"main [name={name}]")
            if field.first.evaluate("field => field.localName") == "select":
                field.select_option(value)
            else:
                field.fill(value)
        self.page.click("main form.panel button[type=submit]")
        return self.page.inner_text("main")

    def assert_at_peace(self) -> None:
        """Hold that nothing was complained of and nothing is wider than the screen."""
        assert self.complaints == []
        assert self.page.evaluate("violations") == []
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width

    def _hear(self, said: "ConsoleMessage") -> None:
        if said.type == "error":
            self.complaints.append(said.text)
