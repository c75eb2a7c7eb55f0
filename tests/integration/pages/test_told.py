"""Who is told, of a message and before anything happens: by the same rules that send (5.1(3), 5.1(8), A19)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions.duty import plan_shift
from accounts.actors import SYSTEM
from audit.clock import database_now
from outbox.models import Channel, Message
from plan.levels import IncidentLevel
from reporting.actions.clocks import fire_due
from response.preview import Occasion, preview_of_incident, preview_of_level
from tests.support.checksums import table_checksums
from tests.support.clocks import COUNTY, major
from tests.support.contacts import contact
from tests.support.letters import OFFICE, alarm, post_all
from tests.support.pages import opened
from tests.support.people import holding, login, login_manager, organisation
from tests.support.reports import YINZHOU, county, minutes

pytestmark = pytest.mark.django_db


def on_duty(office: str) -> None:
    user, at = holding(office).user, database_now()
    contact(office, Channel.SMS, "13800001234", person=user)
    plan_shift(
        organisation=organisation(office),
        person=user,
        from_at=at,
        until_at=at + timedelta(hours=8),
        by=SYSTEM,
        at=database_now(),
    )


def offices(occasions: list[Occasion]) -> dict[str, list[str]]:
    return {each.what: [office.name for office in each.offices] for each in occasions}


def test_what_is_foretold_for_an_incident_is_what_is_sent() -> None:
    on_duty(COUNTY)
    foretold = preview_of_level(IncidentLevel.III, county(YINZHOU), at=database_now())
    found = major(at=database_now() - minutes(200))
    fire_due(source="test")
    names = {code: organisation(code).name for code in Message.objects.values_list("recipient", flat=True)}
    kinds = {
        "时限开始": "clock_armed",
        "提醒": "clock_reminder",
        "力争时限已过": "clock_target_missed",
        "法定时限已过": "clock_limit_passed",
    }
    said = offices(foretold)
    for what, kind in kinds.items():
        rows = Message.objects.filter(kind=kind, channel=Channel.INAPP, chain=found.chain)
        sent = {names[code] for code in rows.values_list("recipient", flat=True)}
        assert sent == set(said[what]), what
    outside = Message.objects.filter(channel=Channel.SMS).values_list("recipient", flat=True)
    assert set(outside) == {COUNTY}


def test_the_times_foretold_are_those_of_the_plan_and_the_houses_reminder_is_marked() -> None:
    listed = preview_of_level(IncidentLevel.II, county(YINZHOU), at=database_now())
    assert [(each.what, list(each.when), each.is_house) for each in listed[1:]] == [
        ("时限开始", ["立即"], False),
        ("提醒", ["事发后15分钟", "事发后30分钟"], True),
        ("力争时限已过", ["事发后31分钟", "事发后61分钟"], False),
        ("法定时限已过", ["事发后61分钟", "事发后121分钟"], False),
    ]


@pytest.mark.parametrize("level", [IncidentLevel.IV, IncidentLevel.BELOW])
def test_below_major_only_the_hospitals_report_is_foretold(level: IncidentLevel) -> None:
    listed = preview_of_level(level, county(YINZHOU), at=database_now())
    assert [each.what for each in listed] == ["医院报告聚集性病例"]
    assert len(listed[0].offices) == 2


def test_an_incidents_own_clocks_are_foretold_with_their_instants_and_nothing_is_changed() -> None:
    found = opened()
    before = table_checksums()
    listed = preview_of_incident(found, at=database_now())
    assert len(listed) == 4
    assert all(":" in when for each in listed[1:] for when in each.when)
    assert table_checksums() == before
    small = opened(10, place_text="别处")
    assert preview_of_incident(small, at=database_now()) == []


def test_the_page_names_people_and_channels_but_no_number_and_a_county_sees_its_own(client: Client) -> None:
    on_duty(COUNTY)
    login(client, OFFICE)
    page = client.get("/told/", {"level": "III", "county": "330203"}).content.decode()
    assert str(holding(COUNTY).user) in page
    assert "短信" in page
    assert "234" not in page.replace("330212", "")
    assert "海曙区" not in page
    assert "非预案规定" in page


def test_the_page_takes_the_same_number_of_queries_whoever_has_addresses(client: Client) -> None:
    login(client, "city-fso")
    costs = []
    for office in (COUNTY, "city-duty"):
        on_duty(office)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/told/", {"level": "I", "county": "330212"}).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_a_drill_says_that_nothing_goes_outside(client: Client) -> None:
    found = opened(is_drill=True)
    login_manager(client, "330212-fso")
    assert "不向站外发送" in client.get(f"/incidents/{found.number}/told/").content.decode()


def test_the_message_page_says_for_each_address_how_far_it_came_and_what_is_unknown(client: Client) -> None:
    contact(OFFICE, Channel.EMAIL, "desk@example.org")
    message = alarm()
    post_all()
    login(client, OFFICE)
    page = client.get(f"/inbox/{message.pk}/told/").content.decode()
    assert "尚无人确认" in page
    assert "no mail server is set" in page
    assert "已试 1 次" in page
    Message.objects.filter(about=message.dedupe_key).update(state="sent", sent_at=database_now())
    page = client.get(f"/inbox/{message.pk}/told/").content.decode()
    assert "未知" in page
    client.post(f"/inbox/{message.pk}/", {"act": "acknowledge"})
    assert "已确认" in client.get(f"/inbox/{message.pk}/told/").content.decode()
