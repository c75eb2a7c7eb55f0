"""A hospital's line list as a workbook: each row's fate before anything is stored, then all or nothing (5.1(3))."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from incidents.models import Case, Incident
from incidents.selectors import latest_assessment
from reporting.models import IntakeRecord, Report
from tests.support.checksums import table_checksums
from tests.support.people import login
from tests.support.workbooks import dirty, earlier, patient, saved, serial, sheet_of, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.clause(25, 94)]

PAGE, CONFIRM = "/line-lists/", "/line-lists/confirm/"
HOSPITAL = "hosp-yinzhou-people"


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, HOSPITAL)
    return client


def upload(desk: Client, raw: bytes, name: str = "list.xlsx", **changes: str) -> Any:
    said = {"reference": "ED-1", "place_name": "甬江饭店", "county": "330212", **changes}
    return desk.post(PAGE, {**said, "workbook": SimpleUploadedFile(name, raw)})


def carried(answer: Any) -> str:
    match = re.search(r'name="carried" value="([^"]+)"', answer.content.decode())
    return match[1] if match else ""


def said_of(answer: Any, row: int) -> str:
    match = re.search(rf'data-key="row-{row}">(.*?)</tr>', answer.content.decode(), re.DOTALL)
    assert match is not None
    return re.sub(r"<[^>]+>", " ", match[1])


def test_a_dirty_workbook_is_shown_row_by_row_and_stored_only_when_confirmed(desk: Client) -> None:
    raw, before = dirty(), table_checksums()
    shown = upload(desk, raw)
    assert table_checksums() == before
    assert not IntakeRecord.objects.exists()
    text = shown.content.decode()
    assert '新增 <span class="num">5</span>' in text
    assert "这些列不认识" not in text
    assert "合计或说明行" in said_of(shown, 10)
    assert "合计或说明行" in said_of(shown, 11)
    assert "进食场所取自合并单元格" in said_of(shown, 7)
    for number in range(1, 5):
        assert f"病人{number}" not in text
    assert desk.post(CONFIRM, {"carried": carried(shown)}).status_code == 302
    cases = {case.local_id: case for case in Case.objects.all()}
    assert set(cases) == {"0007", "0008", "0009", "0010", "0011"}
    assert len({case.onset_at for case in cases.values()}) == 1
    assert (cases["0008"].age, cases["0009"].sex, cases["0010"].outcome) == (28, "male", "recovered")
    assert cases["0011"].details["symptoms"] == ["呕吐", "腹泻", "发热"]
    assert cases["0010"].details["exposures"] == [{"place_eaten": "甬江饭店"}]
    assert [bool(case.person) for case in cases.values()] == [True] * 4 + [False]
    assessment = latest_assessment(Incident.objects.get())
    assert assessment is not None
    assert assessment.counted["illness_count"] == 5


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"身份证号": 330212199001010017}, "末几位已丢失"),
        ({"身份证号": "3.30212E+17"}, "末几位已丢失"),
        ({"病例编号": 1.5}, "带有小数"),
        ({"病例编号": None}, "缺病例编号"),
        ({"病例编号": "A-1"}, "病例编号重复"),
        ({"病例编号": 7}, "前面的0可能已丢失"),
        ({"病例编号": "330212199001010017"}, "不能用身份证号"),
        ({"发病时间": "11月24日 9:30"}, "看不出年、月、日"),
        ({"发病时间": "24/11/2026 9:30"}, "看不出年、月、日"),
        ({"发病时间": "2026-02-30 9:30"}, "没有这一天"),
        ({"发病时间": "2026-11-20"}, "没有时刻"),
        ({"发病时间": 46000}, "没有时刻"),
        ({"发病时间": "2026-11-20 25:00"}, "时刻看不懂"),
        ({"发病时间": "2099-11-20 09:00"}, "时间不能晚于现在"),
        ({"性别": "M"}, "不在所列各项中"),
        ({"年龄": "三十"}, "不是年龄"),
        ({"年龄": 131}, "年龄"),
        ({"症状": "不舒服"}, "症状"),
    ],
)
def test_one_row_that_must_be_put_right_keeps_all_out(
    desk: Client, changes: dict[str, Any], why: str
) -> None:
    before = table_checksums()
    shown = upload(desk, workbook(patient(1), patient(2, 病例编号="0123"), patient(3, **changes)))
    assert shown.status_code == 200
    assert why in said_of(shown, 4)
    assert "须更正" in said_of(shown, 4)
    assert carried(shown) == ""
    assert table_checksums() == before


def test_the_same_number_twice_is_told_and_counts_once(desk: Client) -> None:
    twice = patient(1, 病例编号="again")
    shown = upload(desk, workbook(patient(1), twice, patient(2, 身份证号="330212199001010019")))
    assert "与第2行证件号相同，按一名患者计" in said_of(shown, 3)
    assert "证件号校验不符" in said_of(shown, 4)
    desk.post(CONFIRM, {"carried": carried(shown)})
    assessment = latest_assessment(Incident.objects.get())
    assert assessment is not None
    assert assessment.counted["illness_count"] == 2


def test_a_second_list_is_a_revision_and_says_who_is_gone(desk: Client) -> None:
    first = carried(upload(desk, workbook(patient(1), patient(2))))
    for _each in range(2):
        assert desk.post(CONFIRM, {"carried": first}).status_code == 302
    assert Report.objects.count() == 1
    shown = upload(desk, workbook(patient(2), patient(3)))
    assert "更新" in said_of(shown, 2)
    assert "新增" in said_of(shown, 3)
    assert "上一次清单中的 1 名患者不在这份里" in shown.content.decode()
    desk.post(CONFIRM, {"carried": carried(shown)})
    assert list(Report.objects.order_by("pk").values_list("revision", flat=True)) == [1, 2]


def test_a_list_saved_by_excel_as_text_reads_the_same(desk: Client) -> None:
    moment = serial(earlier(90))
    lines = ["病例编号,性别,发病时间,是否重症", f"001,男,{moment},√", "002,女,,否", ",,,", "合计,2,,"]
    shown = upload(desk, "\r\n".join(lines).encode("gb18030"), "list.csv")
    desk.post(CONFIRM, {"carried": carried(shown)})
    cases = list(Case.objects.order_by("pk").values_list("local_id", "sex", "is_severe"))
    assert cases == [("001", "male", True), ("002", "female", False)]
    onset = Case.objects.earliest("pk").onset_at
    assert onset is not None
    assert abs(onset.replace(tzinfo=None) + timedelta(hours=8) - earlier(90)) < timedelta(minutes=2)


def test_what_was_previewed_is_this_persons_and_unchanged(desk: Client, client: Client) -> None:
    kept = carried(upload(desk, workbook(patient(1))))
    before = table_checksums()
    for wrong in ("", "x", kept[:-8] + "AAAAAAAA"):
        assert desk.post(CONFIRM, {"carried": wrong}).status_code == 422
    login(client, "hosp-first")
    other = client.post(CONFIRM, {"carried": kept})
    assert (other.status_code, Report.objects.count()) == (422, 0)
    assert {name: value for name, value in table_checksums().items() if name.startswith("reporting")} == {
        name: value for name, value in before.items() if name.startswith("reporting")
    }


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * (21 * 1024 * 1024))
    return kept.getvalue()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (bomb, "解压后过大"),
        (lambda: b"x" * (1024 * 1024 + 1), "超过1 MB"),
        (lambda: b"", "找不到标题行"),
        (lambda: b"\xd0\xcf\x11\xe0rest", "旧版.xls"),
        (lambda: b"PK\x03\x04broken", "打不开"),
        (lambda: b"\x89PNG\r\n\x00\x00", "只接受"),
        (lambda: workbook(headings=("姓名", "性别")), "找不到标题行"),
        (lambda: workbook(headings=("编号", "病例编号", "性别")), "有两列都是：病例编号"),
    ],
)
def test_a_file_that_is_no_line_list_is_refused(desk: Client, raw: Callable[[], bytes], why: str) -> None:
    shown = upload(desk, raw())
    assert shown.status_code == 422
    assert why in shown.content.decode()


def lines(number: int) -> bytes:
    return "\n".join(["病例编号,性别", *(f"{each:04},男" for each in range(number))]).encode()


def test_two_thousand_patients_are_taken_and_one_more_is_not(desk: Client) -> None:
    assert carried(upload(desk, lines(2000), "list.csv"))
    more = upload(desk, lines(2001), "list.csv")
    assert carried(more) == ""
    assert "一次最多2000名患者，这里有2001名" in more.content.decode()
    assert "一次最多2000名患者" in upload(desk, lines(3000), "list.csv").content.decode()


def test_a_cell_at_the_far_end_of_a_sheet_is_not_waited_for(desk: Client) -> None:
    book, sheet = sheet_of(patient(1))
    sheet["XFD1048576"] = "x"
    sheet.merge_cells("A3:A4")
    assert carried(upload(desk, saved(book)))


def test_the_template_reads_back_as_it_is(desk: Client) -> None:
    raw = desk.get("/line-lists/template/").content
    book = load_workbook(io.BytesIO(raw))
    assert book.sheetnames == ["病例清单", "代码表"]
    shown = upload(desk, raw).content.decode()
    assert "文件里没有患者" in shown
    assert "不认识" not in shown
