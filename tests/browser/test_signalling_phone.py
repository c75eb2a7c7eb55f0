"""A signal on a phone: everything fits, it is judged with a thumb, and nothing breaks the policy (4.1, 8.2)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from audit.clock import database_now
from incidents.models import Incident
from tests.support.phone import Phone
from tests.support.signalling import only_signal, seen, take

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.clause(82)]
PLACE = "慈湖酒楼"


def told() -> None:
    """Five patients of one dinner, two of them of one family, at two hospitals of two counties."""
    at = database_now() - timedelta(minutes=5)
    dinner = at - timedelta(hours=14)
    more: dict[str, Any] = {
        "place": PLACE,
        "food": "凉拌海蜇",
        "eaten_at": dinner,
        "sex": "female",
        "age": 34,
    }
    homes = ("陈", "陈", "林", "王")
    take(
        *(
            seen(number, at=at - timedelta(hours=number), home=home, **more)
            for number, home in enumerate(homes, 1)
        ),
        at=at,
    )
    take(seen(5, at=at, is_severe=True, **more), hospital="hosp-first", at=at)


def test_a_signal_fits_a_phone_and_becomes_an_incident(page: "Page", served: str) -> None:
    told()
    phone = Phone(page, served)
    phone.open("/signals/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name=f"第 {only_signal().pk} 号").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("rect.epi-bar[data-count]").count() == 5
    page.get_by_role("link", name="登记为事故或并入事故").click()
    assert page.get_by_label("就餐地点", exact=True).input_value() == PLACE
    page.get_by_label("理由").fill("同一晚餐")
    page.get_by_role("button", name="登记").click()
    page.wait_for_url("**/incidents/**")
    assert Incident.objects.get().place_text == PLACE
    phone.assert_at_peace()
