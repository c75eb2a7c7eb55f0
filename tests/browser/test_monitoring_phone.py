"""What is watched, a hazard and a warning on a phone: all fits, works with a thumb, and nothing breaks the policy (4.1, 4.2)."""

from typing import TYPE_CHECKING

import pytest

from audit.clock import database_now
from monitoring.actions.issuing import sign_warning
from monitoring.models import Bulletin, FoodWarning, Hazard
from tests.support.axe import grave_findings
from tests.support.monitoring import HEALTH, colleague, observation, observe, risky_food
from tests.support.phone import COUNTY, Phone

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.clause(82, 84, 85)]


def look(page: "Page", *, least: int = 320) -> None:
    """Hold that the page that is open fits the narrowest screen, and that axe finds nothing grave."""
    for width in (least, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    assert grave_findings(page) == []


def warn(page: "Page") -> None:
    """Write a warning from the hazard that is shown; a colleague signs it."""
    page.get_by_role("link", name="拟预警").click()
    page.get_by_label("对社会公众健康的危害程度").fill("可致急性胃肠炎")
    page.get_by_label("可能发展的趋势").fill("近期可能继续出现")
    page.get_by_label("向社会公布").check()
    look(page)
    page.get_by_role("button", name="存为文稿").click()
    page.wait_for_url("**/monitoring/warnings/*/")
    look(page)
    sign_warning(warning=FoodWarning.objects.get(), by=colleague(COUNTY), at=database_now())
    page.reload()
    assert page.get_by_role("link", name="打印件（PDF）").is_visible()
    look(page)


def test_from_what_is_watched_to_a_warning_that_the_public_reads(page: "Page", served: str) -> None:
    at = database_now()
    observe(*(observation(number, occurred_at=at, place_text="甬味轩餐厅") for number in range(3)), at=at)
    risky_food(at=at)
    phone = Phone(page, served)
    for path in ("/monitoring/", "/monitoring/foods/", "/monitoring/observations/import/"):
        phone.open(path)
        look(page)
    phone.open("/monitoring/")
    page.get_by_role("link", name="登记隐患").first.click()
    look(page)
    page.get_by_role("button", name="登记").click()
    page.wait_for_url("**/monitoring/hazards/*/")
    assert page.locator(".tag", has_text="待办").count() == 2
    look(page)
    page.get_by_role("link", name="通报", exact=True).click()
    look(page)
    page.get_by_role("button", name="通报").click()
    page.wait_for_url("**/monitoring/hazards/*/")
    assert Hazard.objects.get().acts.get().recipient.code == HEALTH  # type: ignore[union-attr]
    warn(page)
    page.context.clear_cookies()
    identifier = Bulletin.objects.get().identifier
    public = ("warnings/", f"warnings/{identifier}/", f"en/warnings/{identifier}/", "notice-to-regulator/")
    for path in public:
        phone.open(f"/{path}")
        look(page)
    phone.assert_at_peace()
