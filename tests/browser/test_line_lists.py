"""Line lists on a phone: a dirty workbook previewed and sent, its records read, a pair decided, a person shown once (5.1(3), A12)."""

from typing import TYPE_CHECKING

import pytest

from incidents.models import Case, Incident, PersonDecision
from tests.support.cases import PLACE, alike, send_list
from tests.support.hospital import Hospital
from tests.support.reports import restaurant
from tests.support.watching import Desk
from tests.support.workbooks import dirty

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.clause(25, 94)]


def test_a_dirty_workbook_becomes_records_of_which_two_are_one(page: "Page", served: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    restaurant(PLACE)
    desk = Desk(page, served)
    send_list(Hospital("hosp-lihuili"), [alike(1), alike(2)])
    found = Incident.objects.get()
    desk.sit("hosp-yinzhou-people")
    page.goto(f"{served}/line-lists/")
    desk.assert_at_peace()
    page.set_input_files("[name=workbook]", {"name": "list.xlsx", "mimeType": "", "buffer": dirty()})
    desk.send(reference="ED-1", place_name=PLACE)
    assert page.locator("[data-key^=row-]:has-text('新增')").count() == 5
    desk.assert_at_peace()
    page.click("text=确认报送")
    assert "清单已受理" in page.inner_text("main")
    desk.open("city-fso", found, "cases")
    assert page.locator("[data-key^=case-]").count() == 7
    desk.assert_at_peace()
    page.click("text=可能是同一人")
    page.click("main .btn:has-text('判断')")
    desk.assert_at_peace()
    assert "发病人数已重新计算" in desk.send(verdict="same", reason="电话核实")
    assert PersonDecision.objects.get().is_same
    one = Case.objects.get(local_id="0009")
    desk.open("city-fso", found, "cases", str(one.pk), "person")
    assert "病人3" in desk.send(reason="核实就餐史")
    desk.assert_at_peace()
