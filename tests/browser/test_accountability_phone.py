"""An accountability file on a phone: asked, answered, referred, closed, and nothing wider than the screen (7.3)."""

from typing import TYPE_CHECKING

import pytest

from audit.clock import database_now
from response.actions.accountability_answers import ask_accused
from response.models import AccountabilityAnswer, AccountabilityClosing, Referral
from tests.support.accountability import opened_file, referred
from tests.support.clocks import COUNTY, OFFICE
from tests.support.pages import opened, typed
from tests.support.people import actor
from tests.support.reports import minutes
from tests.support.watching import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.clause(63, 169, 170)]
NARROW = {"width": 320, "height": 700}


def test_a_file_goes_its_way_on_a_narrow_phone(page: "Page", served: str) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    desk, found, at = Desk(page, served), opened(), database_now()
    entry = opened_file(found, at=at)
    due = at + minutes(90)
    asked = ask_accused(entry=entry, question="请说明报告经过", due_at=due, by=actor(OFFICE), at=at)
    desk.sit(COUNTY)
    page.goto(f"{served}/accountability/questions/{asked.pk}/")
    desk.assert_at_peace()
    assert "电话占线" in desk.send(answer="当时电话占线，附通话清单")
    desk.open(OFFICE, found, "accountability", "files", str(entry.pk), "evidence")
    desk.assert_at_peace()
    page.check("main [name=acts] >> nth=0")
    page.click("text=附入档案")
    assert "与留存摘要一致" in page.inner_text("main")
    referred(entry, at=database_now())
    desk.open(OFFICE, found, "accountability", "files", str(entry.pk))
    page.click("summary:has-text('留存的摘要')")
    desk.assert_at_peace()
    page.click("text=登记进展")
    desk.assert_at_peace()
    assert "已移送" in desk.send(step="sent", happened_at=typed(), proof="专人送达")
    page.click("text=办结追责档案")
    desk.assert_at_peace()
    assert "已办结" in desk.send(reason="来函认为不属于其管辖，无后续处理")
    desk.assert_at_peace()
    assert (AccountabilityAnswer.objects.count(), Referral.objects.count()) == (1, 1)
    assert AccountabilityClosing.objects.get().outcome is None
