"""Every register comes from a workbook and goes into one: all rows or none, and nothing before the confirmation (3.2, 8)."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from audit.models import AuditEvent
from readiness.models import Stock, Team
from readiness.registers import REGISTERS
from tests.support.checksums import table_checksums
from tests.support.people import login
from tests.support.readiness import CITY, PHONE, TYPED, book_of, keeper, kept
from tests.support.reports import NOON, YINZHOU
from tests.support.workbooks import saved, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause(42)]


def page(register: str, code: str = YINZHOU) -> str:
    return f"/readiness/{code}/{register}/"


def upload(client: Client, register: str, raw: bytes, code: str = YINZHOU, name: str = "a.xlsx") -> Any:
    return client.post(f"{page(register, code)}import/", {"workbook": SimpleUploadedFile(name, raw)})


def carried(answer: Any) -> str:
    match = re.search(r'name="carried" value="([^"]+)"', answer.content.decode())
    return match[1] if match else ""


def confirm(client: Client, register: str, answer: Any, code: str = YINZHOU) -> Any:
    return client.post(f"{page(register, code)}import/confirm/", {"carried": carried(answer)})


def said_of(answer: Any, row: int) -> str:
    match = re.search(rf'data-key="row-{row}">(.*?)</tr>', answer.content.decode(), re.DOTALL)
    assert match is not None
    return re.sub(r"<[^>]+>", " ", match[1])


@pytest.mark.clause(55, 172, 173, 175, 176, 178, 179, 182, 183, 188)
@pytest.mark.parametrize("register", REGISTERS)
def test_a_register_comes_from_a_workbook_and_its_export_changes_nothing(
    client: Client, register: str
) -> None:
    code, model = CITY if register == "experts" else YINZHOU, REGISTERS[register].model
    login(client, keeper(code))
    template = client.get(f"{page(register, code)}template/").content
    book = load_workbook(io.BytesIO(template))
    assert [cell.value for cell in book.worksheets[0][1]] == [
        str(each.heading) for each in REGISTERS[register].fields
    ]
    before = table_checksums()
    shown = upload(client, register, book_of(register), code)
    assert "新增" in said_of(shown, 2)
    assert table_checksums() == before
    assert confirm(client, register, shown, code).status_code == 302
    (row,) = model._default_manager.all()
    own = REGISTERS[register]
    values = {each.name: each.read(TYPED[register][each.name], today=NOON.date()) for each in own.fields}
    assert own.values_of(row) == values
    exported = client.get(f"{page(register, code)}export/").content
    again = upload(client, register, exported, code)
    fates = re.findall(r'<span class="tag">(\S+) <span class="num">(\d+)', again.content.decode())
    assert fates == [("无变化", "1")]
    assert "这些列不认识" not in again.content.decode()
    log = list(AuditEvent.objects.filter(action__startswith="readiness.").values_list("action", "payload"))
    assert [action for action, _payload in log] == ["readiness.keep_entry", "readiness.import_entries"]
    assert not any(PHONE in payload or "周小芳" in payload for _action, payload in log)


def test_one_wrong_row_keeps_all_out_and_each_says_why(client: Client) -> None:
    login(client, keeper(YINZHOU))
    good, before = TYPED["stores"], table_checksums()
    shown = upload(
        client,
        "stores",
        book_of(
            "stores",
            good,
            {**good, "place": "二号库", "quantity": "十"},
            {**good, "place": "三号库", "agents": "肉毒杆菌", "kind": "药品"},
            {**good, "place": "四号库", "unit": None, "expires_on": "2026-02-30"},
            {**good, "item": "肉毒抗毒素 "},
            {"item": "合计"},
        ),
    )
    assert "新增" in said_of(shown, 2)
    assert "现有数量：请写不小于0的整数" in said_of(shown, 3)
    assert "致病因子表中没有“肉毒杆菌”" in said_of(shown, 4)
    assert "肉毒梭菌毒素" in said_of(shown, 4)
    assert "类别：不在所列各项中" in said_of(shown, 4)
    assert "计量单位：请填写" in said_of(shown, 5)
    assert "没有这一天" in said_of(shown, 5)
    assert "与第2行是同一项" in said_of(shown, 6)
    assert "合计、说明或空行" in said_of(shown, 7)
    assert carried(shown) == ""
    assert table_checksums() == before


def test_a_missing_column_leaves_alone_an_empty_cell_empties(client: Client) -> None:
    kept("teams", at=NOON)
    login(client, keeper(YINZHOU))
    book, sheet = sheet_of(headings=("年度队伍表",))
    sheet.append([])
    sheet.append(["名称", "装备", "备用列"])
    sheet.append(["应急处置一队", None, "x"])
    shown = upload(client, "teams", saved(book))
    assert "更新" in said_of(shown, 4)
    assert "备用列" in shown.content.decode()
    confirm(client, "teams", shown)
    team = Team.objects.get()
    assert (team.equipment, team.skills, team.full_time, team.phone) == ("", "现场采样、封存", 6, PHONE)


def test_what_was_previewed_is_refused_if_it_would_no_longer_do_the_same(client: Client) -> None:
    login(client, keeper(YINZHOU))
    shown = upload(client, "stores", book_of("stores"))
    stock = kept("stores", at=NOON)
    answer = confirm(client, "stores", shown)
    assert answer.status_code == 422
    assert "登记册在预览之后有变动" in answer.content.decode()
    login(client, keeper("330203"))
    assert confirm(client, "stores", shown).status_code == 404
    assert (
        client.post(f"{page('stores', '330203')}import/confirm/", {"carried": carried(shown)}).status_code
        == 422
    )
    assert list(Stock.objects.all()) == [stock]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "前15行里找不到标题行：须有队伍名称"),
        (b"PK\x03\x04broken", "文件打不开"),
        ("队伍名称,名称\n一队,二队\n".encode(), "有两列都是：队伍名称"),
        ("队伍名称\n".encode() + "队\n".encode() * 3000, "一次最多2000行"),
        ("队伍名称\n".encode(), "文件里没有可导入的行"),
    ],
)
def test_a_file_that_can_not_be_taken_says_why(client: Client, raw: bytes, why: str) -> None:
    login(client, keeper(YINZHOU))
    before = table_checksums()
    answer = upload(client, "teams", raw, name="a.csv")
    assert why in answer.content.decode()
    assert carried(answer) == ""
    assert table_checksums() == before
