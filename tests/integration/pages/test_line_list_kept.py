"""An imported workbook is kept as it was, and every field of the case form has a column (5.1, 5.1(3))."""

import hashlib
from collections.abc import Callable

import pytest
from cryptography.exceptions import InvalidTag
from django.shortcuts import resolve_url
from django.test import Client

from audit.clock import database_now
from audit.verify import verify
from incidents.actions.persons import unmask_case
from incidents.models import Case
from reporting.actions.intakes import read_raw_body
from reporting.intake import open_raw_body
from reporting.models import IntakeRecord, Report
from response.line_lists.cells import CSV_TYPE, XLSX_TYPE
from tests.integration.pages.test_line_lists import CONFIRM, HOSPITAL, PAGE, carried, upload
from tests.support.people import actor, login
from tests.support.workbooks import dirty, earlier, saved, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause(94)]


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, HOSPITAL)
    return client


@pytest.mark.clause(90)
@pytest.mark.parametrize(
    ("made", "kind"),
    [(dirty, XLSX_TYPE), (lambda: "病例编号,性别\nA-1,男\n".encode("gb18030"), CSV_TYPE)],
)
def test_what_is_imported_is_kept_as_it_was_and_its_hash_shown(
    desk: Client, made: Callable[[], bytes], kind: str
) -> None:
    raw = made()
    assert desk.post(CONFIRM, {"carried": carried(upload(desk, raw))}).status_code == 302
    kept, report = IntakeRecord.objects.get(), Report.objects.get()
    assert (open_raw_body(kept), kept.content_type, kept.sender.code) == (raw, kind, HOSPITAL)
    assert (report.intake, kept.key, kept.sent_by) == (kept, None, report.submitted_by)
    digest = hashlib.sha256(raw).hexdigest()
    assert digest in desk.get(PAGE).content.decode()
    login(desk, "330212-regulator")
    assert digest in desk.get(resolve_url("reporting:report", ref=report.ref)).content.decode()
    assert verify().breaks == []
    again = read_raw_body(intake=kept, reason="核对原件", by=actor("city-fso"), at=database_now())
    assert again == raw
    kept.sent_by = "user:0"
    with pytest.raises(InvalidTag):
        open_raw_body(kept)


def test_every_field_of_the_case_form_has_a_column(desk: Client) -> None:
    stated = {
        "病例编号": "A-1", "监护人": "某家长", "住院号": "Z0001", "既往病史": "消化道溃疡、其他", "其他既往病史": "慢性胃炎",
        "病人属于": "本市其它县区", "其他症状": "食欲减退", "呕吐次数": 3, "腹泻次数": "12次", "初步诊断": "急性胃肠炎",
        "就诊前用过抗生素": "否", "用药": "阿托品、其他", "食品品牌": "某牌", "生产厂家": "某厂", "加工或包装方式": "散装",
        "加工场所": "某厨房", "购买场所": "某菜场", "购买场所类型": "农贸市场", "进食人数": 8, "其他人是否发病": "是",
        "标本类型": "粪便", "采集时间": earlier(30), "检测项目": "细菌培养", "检测结果": "阳性", "检出致病因子": "沙门氏菌",
    }  # fmt: skip
    book, _sheet = sheet_of(list(stated.values()), headings=tuple(stated))
    shown = upload(desk, saved(book))
    assert "不认识" not in shown.content.decode()
    assert desk.post(CONFIRM, {"carried": carried(shown)}).status_code == 302
    case = Case.objects.get()
    said = case.details
    assert (said["lives_in"], said["other_symptoms"], said["diagnosis"]) == (
        "本市其它县区",
        "食欲减退",
        "急性胃肠炎",
    )
    assert (said["vomits_per_day"], said["stools_per_day"], said["antibiotics_before"]) == (3, 12, False)
    assert (said["treatments"], said["histories"]) == (["阿托品", "其他"], ["消化道溃疡", "其他"])
    assert said["exposures"] == [
        {
            "brand": "某牌", "maker": "某厂", "packaging": "散装", "place_made": "某厨房", "place_bought": "某菜场",
            "place_bought_kind": "农贸市场", "people_ate": 8, "others_ill": True,
        }
    ]  # fmt: skip
    (specimen,) = said["specimens"]
    assert (specimen["kind"], specimen["result"], specimen["agent"]) == ("粪便", "阳性", "沙门氏菌")
    personal = unmask_case(case=case, reason="核对", by=actor("330212-health"), at=database_now())
    assert personal == {"guardian": "某家长", "inpatient_number": "Z0001", "medical_history": "慢性胃炎"}
