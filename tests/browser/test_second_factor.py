"""A second factor set up and used in a browser: the picture is shown, the codes once, and nothing breaks the policy (3.2)."""

from typing import TYPE_CHECKING

import pytest
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.actions.users import change_password
from accounts.actors import SYSTEM
from accounts.models import User
from accounts.passwords import readable_password
from audit.clock import database_now
from tests.support.people import holding
from tests.support.phone import COUNTY, Phone

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PASSWORD = readable_password()


@pytest.fixture
def user(served: str) -> User:
    person = holding(COUNTY).user
    change_password(user=person, password=PASSWORD, by=SYSTEM, at=database_now())
    return person


def code() -> str:
    """The code on the phone now, as if none had been used yet."""
    device = TOTPDevice.objects.get()
    TOTPDevice.objects.update(last_t=-1)
    return f"{totp(device.bin_key, drift=device.drift):06}"


def test_it_is_set_up_and_asked_for_at_the_next_login(page: "Page", served: str, user: User) -> None:
    phone = Phone(page, served)
    phone.open("/second-factor/")
    page.click("text=开始设置")
    page.wait_for_selector("img.qr")
    assert page.evaluate("document.querySelector('img.qr').naturalWidth") > 100
    page.fill("#id_code", code())
    page.click("button[value=confirm]")
    assert "只显示这一次" in phone.said("main div.notice-warning:not([hidden])")
    assert page.locator("#codes li").count() == 8
    page.reload()
    assert page.locator("#codes").count() == 0
    page.context.clear_cookies()
    phone.open("/login/?next=/incidents/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/login/code/**")
    page.fill("#id_code", code())
    page.click("main button[type=submit]")
    page.wait_for_url("**/incidents/")
    phone.assert_at_peace()


def test_the_page_about_the_api_breaks_no_policy(page: "Page", served: str) -> None:
    phone = Phone(page, served)
    phone.open("/api/v1/docs/")
    page.click("main details.fold >> nth=0 >> [data-copy]")
    phone.said("text=已复制")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    phone.assert_at_peace()
