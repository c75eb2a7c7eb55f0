"""The inbox of the office in use: read, taken on, and nobody else's (5.1)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from outbox.actions.messages import Owed, owe
from outbox.models import Message
from tests.support.checksums import table_checksums
from tests.support.letters import alarm
from tests.support.people import login
from tests.support.reports import incident

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "330212-regulator", "330203-regulator"


def message(number: int = 1, recipient: str = HERE, link: str = "") -> Message:
    """One message that has been owed."""
    key = f"test:{number}:{recipient}"
    one = Owed(
        dedupe_key=key, recipient=recipient, kind="test", title=f"消息{number}", body="正文", link=link
    )
    owe([one], at=database_now())
    return Message.objects.get(dedupe_key=key)


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, HERE)
    return client


def test_an_office_reads_and_takes_on_its_own_messages(desk: Client) -> None:
    one = message()
    assert "消息1" in desk.get("/inbox/").text
    assert 'data-unread="/inbox/unread/"><span>1<' in desk.get("/inbox/").text
    assert desk.get("/inbox/unread/").json() == {"unread": 1}
    desk.post(f"/inbox/{one.pk}/", {"act": "acknowledge"})
    one = Message.objects.get(pk=one.pk)
    assert one.acknowledged_by == one.read_by != ""
    page = desk.get("/inbox/").text
    assert "已确认" in page
    assert 'data-unread="/inbox/unread/" hidden><span>0<' in page
    assert desk.get("/inbox/unread/").json() == {"unread": 0}


def test_reading_leads_on_to_what_the_message_speaks_of(desk: Client) -> None:
    case = incident(5, at=database_now())
    one = message(link=f"/incidents/{case.number}/")
    sent = desk.post(f"/inbox/{one.pk}/", {"act": "read"})
    assert sent.headers["Location"] == f"/incidents/{case.number}/"
    assert Message.objects.get(pk=one.pk).read_at is not None


def test_nobody_reads_another_offices_messages(desk: Client) -> None:
    other = message(recipient=ELSEWHERE)
    before = table_checksums()
    assert "消息1" not in desk.get("/inbox/").text
    assert desk.post(f"/inbox/{other.pk}/", {"act": "read"}).status_code == 404
    assert desk.post(f"/inbox/{message(2).pk}/", {"act": "burn"}).status_code == 400
    after = table_checksums()
    assert after.pop("outbox_message") != before.pop("outbox_message")
    assert after == before


def test_the_inbox_costs_the_same_with_one_and_with_fifty(desk: Client) -> None:
    message()
    desk.get("/inbox/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/inbox/")
    for number in range(2, 51):
        message(number)
    with CaptureQueriesContext(connection) as fifty:
        desk.get("/inbox/")
    assert len(fifty) == len(one)


def test_an_empty_inbox_says_what_will_come(desk: Client) -> None:
    assert "没有消息" in desk.get("/inbox/").text


def test_alarms_that_wait_come_first_then_the_unread_then_the_rest_newest_first(desk: Client) -> None:
    for number in range(1, 5):
        message(number)
    alarm("alarm", recipient=HERE, title="告警5")
    read = Message.objects.get(title="消息4")
    desk.post(f"/inbox/{read.pk}/", {"act": "read"})
    page = desk.get("/inbox/").text
    places = [page.index(f"</span> {title}") for title in ("告警5", "消息3", "消息2", "消息1")]
    assert places == sorted(places)
    assert page.index(">消息4<") > places[-1]


def test_plain_messages_are_read_at_one_touch_and_alarms_are_not(desk: Client) -> None:
    plain, theirs = [message(number) for number in (1, 2)], message(3, recipient=ELSEWHERE)
    urgent = alarm("alarm", recipient=HERE)
    page = desk.get("/inbox/").text
    assert "本页 2 条一般消息标为已读" in page
    shown = [each.pk for each in (*plain, urgent, theirs)]
    assert desk.post("/inbox/read/", {"pk": [*shown, "x", "9" * 40]}).status_code == 302
    read = Message.objects.filter(read_at__isnull=False)
    assert set(read.values_list("pk", flat=True)) == {each.pk for each in plain}
