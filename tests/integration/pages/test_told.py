"""Who is told, of a message and before anything happens: by the same rules that send (5.1(3), 5.1(8), A19)."""

from collections import Counter
from datetime import datetime, timedelta

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
from response.preview import Preview, preview_of_incident, preview_of_report
from response.rehearsal import Sender
from tests.support.checksums import table_checksums
from tests.support.clocks import COUNTY, major
from tests.support.contacts import contact
from tests.support.letters import OFFICE, alarm, post_all
from tests.support.pages import opened
from tests.support.people import holding, login, login_manager, organisation
from tests.support.reports import YINZHOU, county, minutes

pytestmark = pytest.mark.django_db
STAGES = {
    "clock_reminder": "提醒",
    "clock_target_missed": "力争时限已过",
    "clock_limit_passed": "法定时限已过",
}


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


def told_by(preview: Preview) -> dict[str, set[str]]:
    """The names of those told of each thing, whenever."""
    found: dict[str, set[str]] = {}
    for each in preview.occasions:
        found.setdefault(each.what, set()).update(office.name for office in each.offices)
    return found


def foretold(sender: Sender, level: IncidentLevel, at: datetime | None = None) -> Preview:
    return preview_of_report(sender, level, county(YINZHOU), at=at or database_now())


def test_what_is_foretold_for_an_incident_is_what_is_sent() -> None:
    on_duty(COUNTY)
    said = told_by(foretold(Sender.REGULATOR, IncidentLevel.III))
    found = major(at=database_now() - minutes(200))
    fire_due(source="test")
    names = {code: organisation(code).name for code in Message.objects.values_list("recipient", flat=True)}
    sent: dict[str, set[str]] = {}
    for message in Message.objects.filter(channel=Channel.INAPP, chain=found.chain):
        what = STAGES.get(message.kind) or message.title.replace(found.number, "（事故编号）")
        sent.setdefault(what, set()).add(names[message.recipient])
    assert sent == said
    outside = Message.objects.filter(channel=Channel.SMS).values_list("recipient", flat=True)
    assert set(outside) == {COUNTY}


@pytest.mark.clause(91, 92, 93, 94, 95, 96, 97, 101, 102)
@pytest.mark.parametrize(
    ("sender", "clauses", "words"),
    [
        (Sender.HOSPITAL, {"5.1(3)": 2, "5.1(7)": 4}, "聚集性病例"),
        (Sender.OPERATOR, {"5.1(1)": 1, "5.1(7)": 4}, "公众报告"),
        (Sender.UNIT, {"5.1(2)": 1, "5.1(7)": 4}, "公众报告"),
        (Sender.PERSON, {"5.1(4)": 1, "5.1(7)": 4}, "公众报告"),
        (Sender.HEALTH, {"5.1(5)": 1, "5.1(7)": 4}, "通报"),
        (Sender.DEPARTMENT, {"5.1(6)": 1, "5.1(7)": 1}, "通报"),
        (Sender.REGULATOR, {"5.1(7)": 4}, "逐级报告"),
    ],
)
def test_every_leg_and_alarm_that_a_report_would_start_is_foretold_and_nothing_stays(
    sender: Sender, clauses: dict[str, int], words: str
) -> None:
    before = table_checksums()
    below, major_ = foretold(sender, IncidentLevel.BELOW), foretold(sender, IncidentLevel.III)
    assert Counter(leg.obligation.clause for leg in below.legs) == clauses
    assert Counter(leg.obligation.clause for leg in major_.legs) == {**clauses, "5.1(8)": 4}
    assert any(words in each.what for each in below.occasions)
    assert all("演练" not in each.what and "YL" not in each.what for each in major_.occasions)
    assert table_checksums() == before


def test_the_times_foretold_are_those_of_the_plan_and_the_houses_reminder_is_marked() -> None:
    listed = [each for each in foretold(Sender.REGULATOR, IncidentLevel.II).occasions if each.when != "立即"]
    assert [(each.what, each.when, each.is_house) for each in listed] == [
        ("提醒", "事发后15分钟", True),
        ("提醒", "事发后30分钟", True),
        ("力争时限已过", "事发后31分钟", False),
        ("力争时限已过", "事发后61分钟", False),
        ("法定时限已过", "事发后61分钟", False),
        ("法定时限已过", "事发后121分钟", False),
    ]


def test_each_is_told_to_whoever_has_the_duty_at_its_own_moment_and_gaps_are_warned_of() -> None:
    on_duty(COUNTY)
    name, at = organisation(COUNTY).name, database_now()
    now, at_dawn = foretold(Sender.REGULATOR, IncidentLevel.III), at + timedelta(hours=7, minutes=30)
    assert name not in now.unattended
    dawn = foretold(Sender.REGULATOR, IncidentLevel.III, at_dawn)
    people = [office.on_duty for each in dawn.occasions for office in each.offices if office.name == name]
    assert people[0] == [str(holding(COUNTY).user)]
    assert people[-1] == []
    assert name in dawn.unattended
    assert organisation("city-duty").name in now.unattended


def test_an_incidents_own_clocks_are_foretold_with_their_instants_and_nothing_is_changed() -> None:
    found = opened()
    before = table_checksums()
    listed = preview_of_incident(found, at=database_now())
    assert {each.what for each in listed.occasions} <= set(STAGES.values())
    assert all(":" in each.when and each.at > found.opened_at for each in listed.occasions)
    assert {leg.obligation.clause for leg in listed.legs} == {"5.1(7)", "5.1(8)"}
    assert table_checksums() == before
    small = opened(10, place_text="别处")
    assert preview_of_incident(small, at=database_now()).occasions == ()


def test_the_page_names_people_and_channels_but_no_number_and_a_county_sees_its_own(client: Client) -> None:
    on_duty(COUNTY)
    login(client, OFFICE)
    page = client.get("/told/", {"level": "III", "county": "330212"}).content.decode()
    assert str(holding(COUNTY).user) in page
    assert "短信" in page
    assert "234" not in page.replace("330212", "")
    assert "海曙区" not in page
    assert "非预案规定" in page
    assert "届时无人值班" in page
    assert client.get("/told/", {"county": "330203"}).status_code == 422


@pytest.mark.parametrize("moment", ["2020-01-01T00:00", "2099-01-01T00:00", "whenever"])
def test_a_moment_that_is_over_or_too_far_ahead_is_refused_on_the_form(client: Client, moment: str) -> None:
    login(client, OFFICE)
    page = client.get("/told/", {"moment": moment})
    assert page.status_code == 422
    assert "谁须向谁报告" not in page.content.decode()


def test_the_page_takes_the_same_number_of_queries_whoever_has_addresses(client: Client) -> None:
    login(client, "city-fso")
    costs = []
    on_duty("330203-gov")
    for office in (COUNTY, "city-duty"):
        on_duty(office)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/told/", {"level": "I", "county": "330212"}).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_every_message_of_a_clock_or_a_notice_says_number_place_and_level_and_leads_on() -> None:
    small, large = opened(5, place_text="别处"), opened(130)
    for found, level in ((small, "鄞州区，未达Ⅳ级。"), (large, "鄞州区，Ⅲ级。")):
        owed = list(Message.objects.filter(chain=found.chain))
        assert {each.kind for each in owed} >= {"arrival", "notice_owed"}
        for each in owed:
            assert found.number in each.title
            assert level in each.body
            assert each.link == f"/incidents/{found.number}/"


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
