"""An alarm on a phone: looked ahead to, opened from its letter, taken on with one touch, and the rest read at once (5.1)."""

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db.models import F

from accounts.actions.duty import plan_shift
from accounts.actors import SYSTEM
from audit.clock import database_now
from outbox.actions.climbing import climb_due
from outbox.actions.messages import Owed, owe
from outbox.models import Channel, Message, MessageState
from tests.integration.outbox.test_routes import person
from tests.support.contacts import contact
from tests.support.letters import alarm, copies_of
from tests.support.people import holding, organisation
from tests.support.phone import COUNTY, Phone

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TALLEST_BUTTON_FROM_TOP = 844


def shoot(phone: Phone, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        phone.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def at_night() -> Message:
    """The phone's owner has the duty, somebody stands by, and one alarm lies under three plain messages."""
    user, at = holding(COUNTY).user, database_now()
    contact(COUNTY, Channel.SMS, "13800001234", person=user)
    plan_shift(
        organisation=organisation(COUNTY),
        person=user,
        stand_in=person("standby", office=COUNTY),
        from_at=at,
        until_at=at + timedelta(hours=8),
        by=SYSTEM,
        at=database_now(),
    )
    message = alarm("night", recipient=COUNTY)
    owe(
        [
            Owed(dedupe_key=f"plain:{each}", recipient=COUNTY, kind="test", title=f"一般消息{each}")
            for each in range(3)
        ],
        at=database_now(),
    )
    Message.objects.filter(about="night").update(state=MessageState.SENT, sent_at=F("created_at"))
    return message


def fits(phone: Phone) -> None:
    """Nothing is wider than the phone."""
    assert phone.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_alarm_is_foretold_climbs_is_opened_from_its_letter_and_taken_on(
    page: "Page", served: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    message, phone = at_night(), Phone(page, served)
    phone.open("/told/")
    assert f"值班 {holding(COUNTY).user}" in phone.said("main")
    assert "分钟无人确认后 备班 standby" in phone.said("main")
    assert "届时无人值班" in phone.said("main")
    fits(phone)
    shoot(phone, "messages-preview")
    phone.open("/inbox/")
    first = page.locator("li.message").first
    assert "待确认" in first.inner_text()
    box = first.get_by_role("button", name="确认收到").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < TALLEST_BUTTON_FROM_TOP
    fits(phone)
    shoot(phone, "messages-inbox")
    assert climb_due(source="test", at=message.created_at + timedelta(minutes=5)) == 1
    phone.open(f"/letters/{copies_of(message)[0].pk}/")
    page.wait_for_url("**/told/")
    said = phone.said("main")
    assert "备班 standby" in said
    assert "未知" in said
    fits(phone)
    shoot(phone, "messages-letter")
    take_on_and_read_the_rest(page)
    assert climb_due(source="test", at=message.created_at + timedelta(hours=1)) == 0
    phone.assert_at_peace()


def take_on_and_read_the_rest(page: "Page") -> None:
    page.click("text=确认收到")
    page.wait_for_url("**/inbox/")
    page.click("text=一般消息标为已读")
    page.wait_for_url("**/inbox/")
    assert page.locator(".message-new").count() == 0
