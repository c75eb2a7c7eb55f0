"""The pages of measures, disputes and groups: what may be done is offered, what may not says why (3.4, 6.3)."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.models import Incident
from plan.groups import Group
from response.models import DisputeEntry, GroupReport, MeasureRecord, TaskEntry, WorkingGroup
from tests.support.checksums import table_checksums
from tests.support.groups import group_of, headquarters
from tests.support.measures import HEALTH, REGULATOR, answers, taken
from tests.support.pages import opened, typed, url
from tests.support.people import login

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, REGULATOR)
    return client


def fields(kind: str, **more: Any) -> dict[str, Any]:
    return {**answers(kind), "done_at": typed(), "note": "", **more}


@pytest.mark.clause(125, 130)
def test_a_seal_is_recorded_from_the_page_before_any_activation(desk: Client) -> None:
    case = opened(45)
    address = url(case, "measures", "seal")
    assert url(case, "measures") in desk.get(url(case)).text
    assert address in desk.get(url(case, "measures")).text
    page = desk.post(address, fields("seal"), follow=True).text
    assert "某数量" in page
    assert MeasureRecord.objects.get().kind == "seal"


def test_a_double_click_is_one_record(desk: Client) -> None:
    case = opened(45)
    address = url(case, "measures", "seal")
    token = desk.get(address).context["form"]["form_token"].value()
    for _click in range(2):
        assert desk.post(address, fields("seal", form_token=token)).status_code == 302
    assert MeasureRecord.objects.count() == 1


def test_what_was_typed_stays_when_it_is_refused_and_nothing_changes(desk: Client) -> None:
    case = opened(45)
    desk.get(url(case))
    before = table_checksums()
    answer = desk.post(url(case, "measures", "recall"), fields("recall", food="熟食拼盘"))
    assert answer.status_code == 422
    assert "尚无具名人员确认" in answer.text
    assert "熟食拼盘" in answer.text
    assert table_checksums() == before


@pytest.mark.clause(129)
def test_a_greyed_button_says_why_and_which_clause(desk: Client) -> None:
    case = opened(45)
    page = desk.get(url(case, "measures")).text
    assert "先采样取证" in page
    assert url(case, "measures", "sanitise") not in page
    assert url(case, "measures", "treat") not in page
    taken(case, "evidence_waived", at=case.opened_at)
    assert url(case, "measures", "sanitise") in desk.get(url(case, "measures")).text


def test_a_step_is_offered_where_it_may_follow(desk: Client) -> None:
    case = opened(45)
    sample = taken(case, "sample", at=case.opened_at)
    page = desk.get(url(case, "measures")).text
    step, result = (
        url(case, "measures", str(sample.pk), kind) for kind in ("sample_handover", "sample_result")
    )
    assert step in page
    assert result not in page
    assert "尚未移交检验机构" in page
    desk.post(step, fields("sample_handover", is_laboratory="on"))
    assert result in desk.get(url(case, "measures")).text
    assert desk.get(url(case, "measures", str(sample.pk), "release")).status_code == 404
    assert desk.get(url(case, "measures", "sample_result")).status_code == 404


def test_a_record_is_taken_back_and_stays_to_be_seen(desk: Client) -> None:
    case = opened(45)
    seal = taken(case, "seal", at=case.opened_at)
    page = desk.post(url(case, "measures", str(seal.pk), "retract"), {"reason": "数量写错"}, follow=True).text
    assert "已撤回：数量写错" in page


@pytest.mark.clause(125)
def test_an_item_is_found_not_to_apply_with_its_reason(desk: Client) -> None:
    case = opened(45)
    address = url(case, "tasks", "recall")
    assert desk.post(address, {"state": "not_applicable"}).status_code == 422
    page = desk.post(address, {"state": "not_applicable", "note": "食品已吃完"}, follow=True).text
    assert "不适用" in page
    assert "食品已吃完" in page
    assert TaskEntry.objects.count() == 1


@pytest.mark.clause(141)
def test_key_places_follow_from_the_records_until_they_are_guarded(desk: Client) -> None:
    case = opened(45)
    taken(case, "treat", HEALTH, at=case.opened_at)
    taken(case, "recall", at=case.opened_at, operator="某水产公司", before_finding="多人食用")
    taken(case, "reinforce", HEALTH, at=case.opened_at, what="supplies", place="区疾控仓库")
    page = desk.get(url(case, "measures")).text
    for words in ("救助医疗机构：鄞州人民医院", "涉事生产经营单位：某水产公司", "应急物资存放点：区疾控仓库"):
        assert f"{words}，尚未登记管控" in page
    taken(case, "key_place", "city-police", at=case.opened_at, place="鄞州人民医院")
    assert "鄞州人民医院，尚未登记管控" not in desk.get(url(case, "measures")).text


@pytest.mark.clause(144)
def test_disputes_are_on_no_page_of_others(client: Client) -> None:
    case = opened(45)
    login(client, "city-politics-law")
    sent = {"kind": "petition", "in_charge": "city-petitions", "summary": "家属来访", "people": "2"}
    assert "家属来访" in client.post(url(case, "disputes", "new"), sent, follow=True).text
    entry = DisputeEntry.objects.get()
    login(client, "city-petitions")
    assert url(case, "disputes") in client.get(url(case, "measures")).text
    settled = {"state": "settled", "summary": "已答复"}
    assert "已化解" in client.post(url(case, "disputes", str(entry.pk)), settled, follow=True).text
    login(client, REGULATOR)
    for page in ((), ("measures",), ("groups",)):
        assert "家属来访" not in client.get(url(case, *page)).text
    assert url(case, "disputes") not in client.get(url(case, "measures")).text
    assert client.get(url(case, "disputes")).status_code == 403


@pytest.mark.clause(53, 57, 58)
def test_the_office_sets_up_a_group_and_its_lead_reports(client: Client) -> None:
    command = headquarters()
    case = command.response.incident
    login(client, "city-fso")
    address = f"{url(case, 'headquarters', str(command.pk))}groups/"
    assert address in client.get(url(case, "groups")).text
    page = client.post(address, {"group": "stability"}, follow=True).text
    assert "市检察院" in page
    group = WorkingGroup.objects.get()
    change = url(case, "groups", str(group.pk))
    assert client.post(change, {"every_min": "0"}).status_code == 422
    assert (
        "每90分钟一次"
        in client.post(change, {"every_min": "90", "member": "city-education"}, follow=True).text
    )
    login(client, "city-politics-law")
    assert change not in [link for link in client.get(url(case, "groups")).text.split('"') if link == change]
    report = url(case, "groups", str(group.pk), "report")
    assert "（无新情况）" in client.post(report, {"content": ""}, follow=True).text
    assert GroupReport.objects.count() == 1


@pytest.mark.clause(53)
def test_without_groups_the_boards_say_whose_the_tasks_are(desk: Client) -> None:
    page = desk.get(url(opened(45), "groups")).text
    assert "尚未成立应急指挥部" in page
    for group in Group:
        assert group.label_zh in page


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_pages_cost_the_same_however_much_there_is(client: Client) -> None:
    command = headquarters()
    case: Incident = command.response.incident
    login(client, "city-fso")
    pages = [url(case, "measures"), url(case, "groups")]

    def fill() -> None:
        sample = taken(case, "sample", "city-regulator")
        taken(case, "sample_handover", "city-regulator", about=sample)
        taken(case, "treat", HEALTH)
        taken(case, "release_draft", HEALTH)

    fill()
    group_of(command)
    few = [queries(client, page) for page in pages]
    for _more in range(3):
        fill()
    group_of(command, Group.STABILITY)
    group_of(command, Group.MEDICAL)
    assert [queries(client, page) for page in pages] == few
