"""Declared channels, their reviews and unanswered calls on their pages (5.1(8), A54)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from reporting.models import CallAttempt, DeclaredChannel
from tests.support.checksums import table_checksums
from tests.support.clocks import DUTY_ROOM, deliver
from tests.support.events import declared
from tests.support.pages import opened, typed, url
from tests.support.people import login, organisation

pytestmark = [pytest.mark.django_db, pytest.mark.clause(101)]


def test_the_duty_room_declares_a_channel_ends_it_and_reviews_what_came_by_others(client: Client) -> None:
    login(client, DUTY_ROOM)
    address = f"/channels/{organisation(DUTY_ROOM).pk}/new/"
    page = client.get("/channels/").text
    assert page.count("尚未申报紧急信息渠道") == 2
    assert address in page
    before = table_checksums()
    assert client.post(address, {"name": "", "from_at": typed()}).status_code == 422
    assert table_checksums() == before
    assert (
        "紧急信息报送系统"
        in client.post(address, {"name": "紧急信息报送系统", "from_at": typed()}, follow=True).text
    )
    channel = DeclaredChannel.objects.get()
    page = client.post(f"/channels/{channel.pk}/end/", follow=True).text
    assert "未启用或已停用 1 个" in page
    case, now = opened(), database_now()
    asked = deliver(case, now, channel="工作群").channel_review
    address = url(case, "channel-reviews", str(asked.pk))
    assert address in client.get("/channels/").text
    page = client.get(url(case)).text
    assert "渠道未经申报，待复核" in page
    assert client.post(address, {"note": ""}).status_code == 422
    page = client.post(address, {"note": "已回拨核实"}, follow=True).text
    assert "已复核：已回拨核实" in page
    assert client.post(address, {"note": "再核"}).status_code == 409


def test_a_county_reads_the_channels_and_sees_no_review(client: Client) -> None:
    case = opened()
    declared("紧急信息报送系统", at=database_now())
    deliver(case, database_now(), channel="工作群")
    login(client, "330203-regulator")
    page = client.get("/channels/").text
    assert "紧急信息报送系统" in page
    assert case.number not in page
    assert "由该单位或市食药安办办理" in page


def test_an_unanswered_call_is_entered_and_shown_as_no_report(client: Client) -> None:
    case = opened()
    login(client, "330212-regulator")
    address = url(case, "attempts")
    assert address in client.get(url(case)).text
    said = {"bearer": "330212-gov", "recipient": DUTY_ROOM, "attempted_at": typed(), "note": "占线"}
    assert client.post(address, {**said, "attempted_at": "2099-01-01T00:00"}).status_code == 422
    page = client.post(address, said, follow=True).text
    assert "未接通，不算报告" in page
    assert "占线" in page
    assert CallAttempt.objects.count() == 1


def test_the_list_of_channels_costs_the_same_however_much_it_holds(client: Client) -> None:
    login(client, "city-fso")
    case = opened()
    client.get("/channels/")
    counts = []
    for number in (1, 5):
        for each in range(number):
            declared(f"系统{number}{each}", at=database_now())
            deliver(case, database_now(), channel=f"群{number}{each}")
        with CaptureQueriesContext(connection) as read:
            client.get("/channels/")
        counts.append(len(read))
    assert counts[0] == counts[1]
