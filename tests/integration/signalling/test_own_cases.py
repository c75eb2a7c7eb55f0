"""A hospital's single cases: a workbook of them previewed and taken as a whole, its own list and fates, a withdrawal (4.1(d))."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from audit.clock import database_now
from audit.verify import verify
from incidents.models import Incident
from reporting.actions.judging import take_up_signal
from reporting.actions.single_cases import withdraw_single_case
from reporting.models import IntakeRecord, SignalState, SingleCase
from tests.support.checksums import table_checksums
from tests.support.hospital import Hospital
from tests.support.people import actor, login
from tests.support.refusals import refused
from tests.support.reports import YINZHOU, county, restaurant
from tests.support.signalling import HOSPITAL, URL, only_signal, seen, send_cases, single, take
from tests.support.workbooks import patient, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.clause(82)]

PAGE, CONFIRM = "/single-cases/", "/single-cases/confirm/"
PLACE = "甬江饭店"


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, HOSPITAL)
    return client


def upload(desk: Client, raw: bytes) -> Any:
    return desk.post(PAGE, {"workbook": SimpleUploadedFile("cases.xlsx", raw)})


def confirm(desk: Client, shown: Any) -> Any:
    match = re.search(r'name="carried" value="([^"]+)"', shown.content.decode())
    return desk.post(CONFIRM, {"carried": match[1] if match else ""})


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_workbook_is_previewed_and_taken_and_sent_again_changes_nothing(desk: Client) -> None:
    restaurant(PLACE)
    rows = [patient(number) for number in (1, 2)]
    before, shown = table_checksums(), upload(desk, workbook(*rows))
    assert "新增 2" in text_of(shown)
    assert "病人1" not in text_of(shown)
    assert table_checksums() == before
    assert confirm(desk, shown).status_code == 302
    # Two households at one place: what systems send and what people send is looked at in the same way.
    assert (SingleCase.objects.count(), only_signal().units) == (2, 2)
    again = upload(desk, workbook(*rows))
    assert "已受理，没有变化 2" in text_of(again)
    confirm(desk, again)
    assert (SingleCase.objects.count(), IntakeRecord.objects.count()) == (2, 2)
    changed = [*rows[0]]
    changed[4] = 31
    mixed = upload(desk, workbook(changed, rows[1], patient(3)))
    for said in ("修订 1", "已受理，没有变化 1", "新增 1"):
        assert said in text_of(mixed)
    confirm(desk, mixed)
    latest = {row.local_id: (row.revision, row.age) for row in SingleCase.objects.order_by("pk")}
    assert latest == {"A-1": (2, 31), "A-2": (1, 30), "A-3": (1, 30)}
    assert verify().breaks == []


def test_one_row_to_put_right_holds_up_the_whole_workbook(desk: Client) -> None:
    shown = upload(desk, workbook(patient(1), patient(2, 性别="雌"), patient(3, 症状="难受")))
    assert "须更正 2" in text_of(shown)
    assert 'name="carried"' not in shown.content.decode()
    assert confirm(desk, shown).status_code == 422
    assert not SingleCase.objects.exists()
    many = upload(desk, workbook(*(patient(number) for number in range(501))))
    assert "一次最多500例，这里有501例" in text_of(many)


def test_what_was_sent_anew_since_the_preview_stores_nothing_of_it(desk: Client) -> None:
    take(seen(1))
    row = patient(1, 病例编号="S-1")
    shown = upload(desk, workbook(row, patient(2)))
    take(seen(1, revision=2, age=40))
    answer = confirm(desk, shown)
    assert answer.status_code == 409
    assert "没有保存" in text_of(answer)
    assert set(SingleCase.objects.values_list("local_id", flat=True)) == {"S-1"}


def test_the_template_reads_back_what_it_offers(desk: Client) -> None:
    raw = desk.get("/single-cases/template/").content
    book = load_workbook(io.BytesIO(raw))
    sheet = book.worksheets[0]
    assert sheet.title == "散发病例"
    headings = [cell.value for cell in sheet[1]]
    sheet.append([{"病例编号": "T-1", "既往病史": "消化道溃疡"}.get(str(each)) for each in headings])
    filled = io.BytesIO()
    book.save(filled)
    assert "新增 1" in text_of(upload(desk, filled.getvalue()))


def test_a_hospital_sees_its_own_cases_and_what_became_of_each(desk: Client) -> None:
    take(*(seen(number, place=PLACE) for number in (1, 2)), seen(3))
    take(seen(9, place="另一处"), hospital="hosp-first")
    shown = text_of(desk.get(PAGE))
    assert shown.count("与其他病例一起研判中") == 2
    assert "S-9" not in shown
    given: dict[str, Any] = {"by": actor(f"{YINZHOU}-regulator"), "at": database_now()}
    take_up_signal(signal=only_signal(), area=county(YINZHOU), place_text=PLACE, reason="同一餐", **given)
    assert text_of(desk.get(PAGE)).count(f"已计入事故 {Incident.objects.get().number}") == 2
    case = SingleCase.objects.get(local_id="S-3")
    address = reverse("response:withdraw_case", args=[case.pk])
    assert desk.post(address, {"reason": ""}).status_code == 422
    assert desk.post(address, {"reason": "误报"}).status_code == 302
    assert "已撤回 误报" in text_of(desk.get(PAGE))
    assert desk.post(address, {"reason": "误报"}).status_code == 409
    login(desk, "hosp-first")
    assert desk.get(address).status_code == 404


def test_a_withdrawn_case_counts_in_no_signal_and_only_its_hospital_takes_it_back() -> None:
    take(*(seen(number, place=PLACE) for number in (1, 2)))
    case = SingleCase.objects.get(local_id="S-1")
    given: dict[str, Any] = {"reason": "误报", "at": database_now()}
    other = actor("hosp-first")
    with refused("case_of_another_hospital", 403, "4.1"):
        withdraw_single_case(case=case, by=other, **given)
    withdraw_single_case(case=case, by=actor(HOSPITAL), **given)
    assert only_signal().state == SignalState.PROPOSED
    assert list(SingleCase.objects.standing().values_list("local_id", flat=True)) == ["S-2"]


def test_many_cases_cost_no_more_queries_than_few(desk: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(PAGE).status_code == 200
        return len(captured)

    take(*(seen(number, place=PLACE) for number in (1, 2)))
    few = queries()
    take(*(seen(number, place=f"酒楼{number // 2}") for number in range(3, 40)))
    assert queries() == few


def test_a_system_asks_for_the_same_list_and_sees_no_other_hospitals_cases() -> None:
    hospital, other = Hospital(HOSPITAL), Hospital("hosp-first")
    send_cases(hospital, [single(1), single(3, place="另一处")])
    send_cases(other, [single(2)])
    case = SingleCase.objects.get(local_id="S-3")
    withdraw_single_case(case=case, reason="误报", by=actor(HOSPITAL), at=database_now())
    headers = {"Authorization": f"Bearer {hospital.clear}"}
    listed = Client().get(URL, headers=headers).json()
    fates = {row["local_id"]: (row["revision"], row["fate"], row["reason"]) for row in listed["results"]}
    assert fates == {"S-1": (1, "watched", ""), "S-3": (2, "withdrawn", "误报")}
    assert Client().get(URL, {"page": "0"}, headers=headers).status_code == 422
