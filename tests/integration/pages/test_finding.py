"""Search and files: by number, place and unit, within what an office may see; nothing that a spreadsheet would run."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from openpyxl import load_workbook

from audit.clock import database_now
from audit.models import AuditEvent
from plan.levels import ResponseLevel
from tests.support.hospital import Hospital, cluster
from tests.support.pages import opened
from tests.support.people import login
from tests.support.reports import HAISHU, YINZHOU
from tests.support.response import active

pytestmark = pytest.mark.django_db
CITY = "city-fso"


def get(client: Client, address: str, office: str = CITY, *, status: int = 200) -> str:
    login(client, office)
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode() if status == 200 else answer.headers.get("Location", "")


def sheet(client: Client, address: str, office: str = CITY) -> list[tuple[object, ...]]:
    login(client, office)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    return list(load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))


def test_an_incident_is_found_by_number_place_and_by_the_unit_that_reported(client: Client) -> None:
    case = opened(120, place_text="甬江大饭店")
    assert get(client, f"/search/?q={case.number.lower()}", status=302) == f"/incidents/{case.number}/"
    assert case.number in get(client, "/search/?q=江大")
    assert case.number in get(client, "/search/?q=鄞州区市场监管")
    assert "没有找到" in get(client, "/search/?q=没有这家")
    assert "您有权查看的范围" in get(client, "/search/?q=")


def test_search_finds_nothing_that_the_office_may_not_see(client: Client) -> None:
    case = opened(120, place_text="甬江大饭店")
    for office in (f"{HAISHU}-gov", "hosp-first"):
        for text in (case.number, "江大", "鄞州区市场监管"):
            shown = get(client, f"/search/?q={text}", office)
            assert "没有找到" in shown, (office, text)


def test_a_hospital_finds_its_own_reports_by_its_own_reference(client: Client) -> None:
    sent = Hospital().send(cluster(60, reference="HIS-2026-77"))
    assert sent.status_code == 201
    assert "HIS-2026-77" in get(client, "/search/?q=2026-77", "hosp-yinzhou-people")
    assert "没有找到" in get(client, "/search/?q=2026-77", "hosp-first")


def test_the_file_holds_what_the_list_shows_and_who_took_it_when(client: Client) -> None:
    opened(120, place_text="甲饭店")
    opened(5, place_text="乙饭店", area=HAISHU)
    running = active(ResponseLevel.III, at=database_now() - timedelta(hours=1), place_text="丙饭店")
    rows = sheet(client, "/export/incidents/?response=running")
    assert rows[0][0] == "事故"
    assert rows[1][:2] == ("导出人", f"测试 {CITY} 市食药安办")
    assert rows[3][:2] == ("条件", "response=running")
    assert rows[4][:2] == ("行数", 1)
    assert rows[7][0] == running.incident.number
    assert rows[7][10:12] == (120, 0)
    assert {row[7] for row in sheet(client, "/export/incidents/")[7:]} == {"甲饭店", "乙饭店", "丙饭店"}
    assert {row[7] for row in sheet(client, "/export/incidents/", f"{HAISHU}-gov")[7:]} == {"乙饭店"}
    noted = AuditEvent.objects.filter(action="response.note_export").order_by("pk").first()
    assert noted is not None
    assert (noted.chain, noted.payload) == (f"org:{CITY}", '{"rows":1,"table":"incidents"}')


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"])
def test_no_place_becomes_a_formula(client: Client, name: str) -> None:
    opened(120, place_text=name)
    book = sheet(client, "/export/incidents/")
    assert book[7][7] == f"'{name}"


def test_a_file_needs_the_right_of_its_page(client: Client) -> None:
    case = opened(120)
    for address in ("/export/counties/", "/export/clocks/"):
        get(client, address, "city-police", status=403)
    get(client, f"/export/chronicle/?incident={case.number}", f"{HAISHU}-gov", status=404)
    assert sheet(client, f"/export/chronicle/?incident={case.number}", f"{YINZHOU}-gov")[7][3]
    get(client, "/export/nothing/", status=404)
    assert len(sheet(client, "/export/clocks/")) == 7 + 6
