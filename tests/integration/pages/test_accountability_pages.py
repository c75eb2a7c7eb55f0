"""The pages of suspicions: what the office in charge reads and does, and that nobody else learns of it (7.3)."""

import re

import pytest
from django.test import Client

from incidents.actions.facts import record_facts
from incidents.models import Incident
from reporting.actions.deliveries import correct_delivery
from reporting.models import Delivery
from response.models import AccountabilityEntry
from response.selectors.accountability import prompts_of
from tests.support.clocks import COUNTY, OFFICE, after, deliver, major
from tests.support.pages import url
from tests.support.people import actor, login
from tests.support.reports import NOON, people

pytestmark = [pytest.mark.django_db, pytest.mark.clause(90, 170)]
WORD = "责任追究"
LATE = "电话/紧急渠道报告报市食药安办：法定时限5月1日 13:00；5月1日 12:00得知，从得知起算至5月1日 13:00；5月1日 13:01送达。"


def browser(office: str) -> Client:
    client = Client()
    login(client, office)
    return client


def page(address: str, office: str = OFFICE) -> str:
    answer = browser(office).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def late() -> tuple[Incident, Delivery, str]:
    """A phone report a minute after its limit; how its suspicion is named. All others came in time."""
    found = major()
    call = deliver(found, after(61), to=OFFICE)
    deliver(found, after(20), to="city-duty", at=after(61))
    for to in ("city-duty", OFFICE):
        deliver(found, after(110), "written", to=to, at=after(110))
    (prompt,) = [each for each in prompts_of(found, after(120)) if each.is_open]
    return found, call, prompt.slug


def test_the_page_says_who_did_what_when_and_blames_nobody() -> None:
    found, _call, slug = late()
    shown = page(url(found, "accountability"))
    assert LATE in shown
    assert "可能涉及：缓报。是否属实由人判断。" in shown
    assert "不认定责任" in shown
    assert slug in shown


def test_contradicting_numbers_are_told_with_who_said_them_when() -> None:
    found = major()
    record_facts(incident=found, entries=[people(150, at=NOON)], by=actor("330212-regulator"), at=after(20))
    shown = page(url(found, "accountability"))
    assert (
        "发病人数：鄞州区市场监管局先报120人（截至5月1日 12:00，5月1日 12:00登记），"
        "后报150人（截至5月1日 12:00，5月1日 12:20登记）。"
    ) in shown
    assert "可能涉及：谎报、瞒报" in shown


@pytest.mark.parametrize(
    "office", ["330212-gov", "330212-regulator", "330212-health", "city-duty", "city-health"]
)
def test_nobody_else_reads_of_it(office: str) -> None:
    found, _call, slug = late()
    client = browser(office)
    for address in (url(found), "/board/", "/inbox/", "/incidents/"):
        assert WORD not in client.get(address).content.decode()
    for address in (url(found, "accountability"), url(found, "accountability", slug), "/accountability/"):
        assert client.get(address).status_code == 403


def test_the_countys_own_office_finds_nothing_against_its_government() -> None:
    found, _call, slug = late()
    client = browser("330212-fso")
    for address in (url(found, "accountability"), "/accountability/"):
        shown = client.get(address).content.decode()
        assert "没有待处理的线索" in shown
        assert "鄞州区政府" not in re.sub(r"<header.*?</header>", "", shown, count=1, flags=re.DOTALL)
    assert client.get(url(found, "accountability", slug)).status_code == 404
    assert client.get(url(found, "accountability", "clock-999999")).status_code == 404


def test_it_is_dismissed_by_a_form_with_a_reason() -> None:
    found, call, slug = late()
    client, address = browser(OFFICE), url(found, "accountability", slug)
    assert LATE in client.get(address).content.decode()
    assert client.post(address, {"decision": "dismissed", "reason": ""}).status_code == 422
    answer = client.post(address, {"decision": "dismissed", "reason": "通信中断有记录"}, follow=True)
    shown = answer.content.decode()
    assert "没有待处理的线索" in shown
    assert "不立案" in shown
    assert "通信中断有记录" in shown
    assert client.post(address, {"decision": "dismissed", "reason": "再次"}).status_code == 409
    correct_delivery(
        delivery=call, received_at=after(50), reason="清单", by=actor("330212-regulator"), at=after(100)
    )
    assert "所依据的记录已更正" in page(url(found, "accountability"))


def test_a_file_needs_a_ground_and_keeps_the_one_chosen() -> None:
    found, _call, slug = late()
    client, address = browser(OFFICE), url(found, "accountability", slug)
    without = client.post(address, {"decision": "opened", "ground": "", "reason": "超过一小时"})
    assert without.status_code == 422
    assert "立案须选择事由" in without.content.decode()
    client.post(address, {"decision": "opened", "ground": "concealed", "reason": "超过一小时"})
    entry = AccountabilityEntry.objects.get()
    assert (entry.decision, entry.ground, entry.accused.code) == ("opened", "concealed", COUNTY)
    assert "立案：瞒报" in page(url(found, "accountability"))


def test_an_overtaken_one_is_shown_as_such_and_waits_for_nobody() -> None:
    found, call, slug = late()
    correct_delivery(
        delivery=call, received_at=after(50), reason="清单", by=actor("330212-regulator"), at=after(100)
    )
    shown = page(url(found, "accountability"))
    assert "没有待处理的线索" in shown
    assert "已被更正取代" in shown
    assert "没有待处理的线索" in page("/accountability/")
    answer = browser(OFFICE).post(
        url(found, "accountability", slug), {"decision": "dismissed", "reason": "更正"}
    )
    assert answer.status_code == 409


def test_what_waits_is_listed_with_its_incident() -> None:
    found, _call, slug = late()
    shown = page("/accountability/")
    assert LATE in shown
    assert url(found, "accountability", slug) in shown


def test_omission_is_a_matter_of_a_file_by_hand() -> None:
    found = major()
    client, address = browser(OFFICE), url(found, "accountability", "new")
    given = {"accused": "330212-regulator", "ground": "omitted", "reason": "未报告就餐人数"}
    assert client.post(address, {**given, "accused": OFFICE}).status_code == 422
    shown = client.post(address, given, follow=True).content.decode()
    assert "立案：漏报" in shown
    assert AccountabilityEntry.objects.get().clauses == ["7.3"]
