"""The outbreak card: counted from the lists, entered by versions, small numbers for who may read the lists (6.3.3)."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from audit.clock import database_now
from audit.verify import verify
from incidents.actions.cards import CardEntries, SampleCount, record_outbreak_card
from incidents.actions.merging import merge_incidents
from incidents.epi.people import AgeBand, Exposed
from incidents.models import Incident, OutbreakCard
from tests.integration.incidents.test_persons import PLACE, known, send
from tests.support.hospital import Hospital
from tests.support.pages import url
from tests.support.people import actor, login
from tests.support.refusals import refused
from tests.support.reports import restaurant

pytestmark = [pytest.mark.django_db, pytest.mark.clause(133)]

STOOL = {"kind": "粪便", "taken_at": "2026-01-01T08:00+08:00", "test": "培养"}
ADULT: dict[str, Any] = {"age": 30, "symptoms": ["腹泻"]}
FIELDS = {
    "factors": ["交叉污染", "加工人员污染"],
    "food": "凉拌海蜇",
    "cost_yuan": "320",
    "exposed": "16–60岁 40 60",
    "samples": "食品加工者 肛拭子 12 3\n食品,食品,4",
    "source": "现场调查",
}


@pytest.fixture
def reported() -> Incident:
    restaurant(PLACE["name"])
    found = {**STOOL, "result": "阳性", "agent": "副溶血性弧菌"}
    people = [known(n, sex="male", **ADULT) for n in range(6)]
    people += [known(n, sex="female", specimens=[found], **ADULT) for n in range(6, 12)]
    send(Hospital("hosp-yinzhou-people"), [*people, known(13, sex="female", age=70, is_inpatient=True)])
    # The same person at another hospital of another county: one patient, and one sample.
    send(Hospital("hosp-first"), [known(11, local_id="H-1", specimens=[{**STOOL, "result": "待出"}])])
    whole, part = Incident.objects.order_by("pk")
    given: dict[str, Any] = {"reason": "同一餐", "by": actor("city-fso"), "at": database_now()}
    return merge_incidents(whole=whole, part=part, **given)


def shown(client: Client, found: Incident, office: str) -> str:
    login(client, office)
    return client.get(url(found, "outbreak", "card")).content.decode()


def enter(client: Client, found: Incident, **changes: Any) -> Any:
    login(client, "330212-cdc")
    return client.post(url(found, "outbreak", "card", "enter"), FIELDS | changes)


def test_what_the_lists_say_is_counted_and_the_rest_entered_by_versions(
    client: Client, reported: Incident
) -> None:
    assert "尚不清楚" in shown(client, reported, "city-health")
    assert enter(client, reported).status_code == 302
    page = " ".join(shown(client, reported, "city-health").split())
    for said in (
        "男 6，女 6",
        "13例",
        "交叉污染、加工人员污染",
        "凉拌海蜇",
        "320",
        "12份，阳性3",
        "4份，结果未出",
        "6份，阳性6",
    ):
        assert said in page
    # 13 of 100 exposed, 12 of them adults; rates are computed and nothing of them entered.
    for said in ("13.0%", "12.0%"):
        assert said in page
    assert enter(client, reported, cost_yuan="410", source="医保结算").status_code == 302
    assert [card.cost_yuan for card in OutbreakCard.objects.order_by("version")] == [320, 410]
    again = enter(client, reported, cost_yuan="410", source="再报一次")
    assert (again.status_code, OutbreakCard.objects.count()) == (409, 2)
    assert 'value="410"' in client.get(url(reported, "outbreak", "card", "enter")).content.decode()
    assert verify().breaks == []


def test_small_numbers_are_for_who_may_read_every_record(client: Client, reported: Incident) -> None:
    # The one old woman follows from the sum unless another cell goes with her.
    assert "女 1" in " ".join(shown(client, reported, "city-fso").split())
    for office in ("330212-regulator", "330212-gov"):
        page = " ".join(shown(client, reported, office).split())
        assert "女 1" not in page
        assert "略" in page


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"exposed": "16–60岁 40"}, "第1行"),
        ({"samples": "食品 食品 4\n厨师 肛拭子 1"}, "第2行"),
        ({"samples": "食品 食品 4 5"}, "阳性数不能多于份数"),
        ({"source": ""}, "请填写这一项"),
    ],
)
def test_what_is_wrong_is_said_and_stores_nothing(
    client: Client, reported: Incident, said: dict[str, str], word: str
) -> None:
    answer = enter(client, reported, **said)
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert not OutbreakCard.objects.exists()


@pytest.mark.parametrize(
    ("entries", "source", "code"),
    [
        (CardEntries(food="虾"), " ", "card_without_source"),
        (CardEntries(factors=("天气",)), "调查", "card_invalid"),
        (CardEntries(exposed=(Exposed(AgeBand.OLD, 1, 1),) * 2), "调查", "card_invalid"),
        (CardEntries(samples=(SampleCount(source="食品", kind="水", number=-1),)), "调查", "card_invalid"),
    ],
)
def test_a_card_that_cannot_be_is_refused(
    reported: Incident, entries: CardEntries, source: str, code: str
) -> None:
    given: dict[str, Any] = {"source": source, "by": actor("330212-cdc"), "at": database_now()}
    with refused(code, 422, "6.3.3"):
        record_outbreak_card(incident=reported, entries=entries, **given)


def test_the_file_says_what_the_page_says_and_withholds_the_same(client: Client, reported: Incident) -> None:
    enter(client, reported)
    address = reverse("response:export", args=["outbreak-card"])
    for office, number in (("city-fso", "女1"), ("330212-gov", "略")):
        login(client, office)
        answer = client.get(address, {"incident": reported.number})
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        text = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
        assert number in text
        assert "12份，阳性3" in text
    paper = client.get(url(reported, "outbreak", "card", "file"))
    assert paper.content.startswith(b"%PDF")


def test_many_cases_cost_no_more_queries_than_few(client: Client, reported: Incident) -> None:
    enter(client, reported)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url(reported, "outbreak", "card")).status_code == 200
        return len(seen)

    few = queries()
    send(Hospital("hosp-lihuili"), [known(n, **ADULT) for n in range(100, 140)])
    assert queries() == few
