"""Merging and splitting on the pages: with a reason, the level of the two together shown beforehand (A12, A56)."""

import pytest
from django.test import Client

from incidents.models import Incident, IncidentStatus, Lineage
from tests.support.checksums import table_checksums
from tests.support.pages import opened, typed, url
from tests.support.people import login
from tests.support.reports import CIXI

pytestmark = [pytest.mark.django_db, pytest.mark.clause(20, 25)]


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, "330212-regulator")
    return client


def test_two_incidents_are_merged_and_split_with_a_reason(desk: Client) -> None:
    first, second = opened(60, place_text="甬江大饭店"), opened(60, place_text="姚江食堂")
    address = url(second, "merge")
    assert address in desk.get(url(second)).text
    form = desk.get(address).text
    assert f"{first.number} 甬江大饭店（合并后：较大）" in form
    before = table_checksums()
    assert desk.post(address, {"other": first.number, "reason": ""}).status_code == 422
    assert desk.post(address, {"other": second.number, "reason": "同源"}).status_code == 422
    assert table_checksums() == before
    desk.post(address, {"other": first.number, "reason": "同一批冷菜"})
    whole = desk.get(url(first)).text
    assert url(second, "split") in whole
    assert "同一批冷菜" in whole
    assert "已并入" in desk.get(url(second)).text
    assert desk.post(url(second, "split"), {"reason": ""}).status_code == 422
    desk.post(url(second, "split"), {"reason": "菌株不同"})
    assert Incident.objects.get(pk=second.pk).status == IncidentStatus.OPEN
    assert Lineage.objects.count() == 2
    assert "菌株不同" in desk.get(url(first)).text
    assert desk.post(url(second, "split"), {"reason": "再拆"}).status_code == 409


def test_an_incident_that_is_not_listed_can_be_named_in_the_address(desk: Client) -> None:
    first, second = opened(60), opened(60, place_text="姚江食堂")
    assert f'value="{first.number}" selected' in desk.get(f"{url(second, 'merge')}?other={first.number}").text


def test_incidents_of_other_counties_and_drills_are_not_offered(desk: Client) -> None:
    here = opened(60)
    far, drill = opened(60, area=CIXI, place_text="慈溪分店"), opened(60, is_drill=True, place_text="演练")
    form = desk.get(url(here, "merge")).text
    assert far.number not in form
    assert drill.number not in form


def test_a_receipt_of_the_whole_is_shown_and_corrected_on_the_part_that_left(desk: Client) -> None:
    first, second = opened(60), opened(60, place_text="姚江食堂")
    desk.post(url(second, "merge"), {"other": first.number, "reason": "同源"})
    said = {
        "bearer": "330212-gov",
        "recipient": "city-duty",
        "leg": "phone",
        "received_at": typed(),
        "receiver": "周值班",
    }
    assert desk.post(url(first, "deliveries"), said).status_code == 302
    desk.post(url(second, "split"), {"reason": "不同源"})
    part = desk.get(url(second)).text
    assert "周值班" in part
    assert "拆分时承接" in part
