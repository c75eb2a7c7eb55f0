"""The county regulator triages a public report on a phone: from the message to the incident (5.1(4))."""

import os
from typing import TYPE_CHECKING

import pytest

from audit.clock import database_now
from incidents.models import Incident
from reporting.public_choices import ReporterKind
from tests.support.phone import Phone
from tests.support.public import public, shown_for_doors

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def shoot(phone: Phone, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        phone.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def come_in() -> None:
    """A private person's report with a photo, and an operator's."""
    at = database_now()
    shown_for_doors(at=at)
    public(
        at=at,
        kind=ReporterKind.OPERATOR,
        reporter="甬江饭店",
        discovered_at=at,
        illness_count=7,
        words="客人吃完凉菜后呕吐",
        contact_phone="0574-0000000",
    )


def test_from_the_message_to_the_incident(page: "Page", served: str) -> None:
    come_in()
    phone = Phone(page, served)
    phone.open("/inbox/")
    phone.page.click("button:has-text('查看') >> nth=0")
    phone.page.wait_for_url("**/triage/*/")
    shoot(phone, "triage-report")
    phone.page.click("text=查看联系方式")
    phone.page.fill("#id_reason", "核实人数")
    phone.page.click("main button[type=submit]")
    assert "0574-0000000" in phone.said("main")
    shoot(phone, "triage-contact")
    phone.page.click("text=登记或并入事故")
    shoot(phone, "triage-take-up")
    phone.page.click("main form button[type=submit]")
    phone.arrive()
    shoot(phone, "triage-answer")
    assert Incident.objects.get().place_text == "甬江饭店"
    phone.open("/triage/")
    assert "第 1 号" in phone.said("main")
    shoot(phone, "triage-list")
    phone.open("/triage/1/")
    phone.page.wait_for_function("() => document.querySelector('.photos img').naturalWidth > 0")
    shoot(phone, "triage-photo")
    phone.assert_at_peace()
