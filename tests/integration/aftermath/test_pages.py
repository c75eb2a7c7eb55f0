"""The pages of the aftermath: from the case file to a ledger, its file and the declaration (7.1, 7.2, 8.6)."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from aftermath.models import Cost, Finish, InsuranceClaim, Payment, Requisition
from audit.models import AuditEvent
from incidents.models import Incident
from tests.support.aftermath import (
    COMMISSION,
    HEALTH,
    INSURANCE,
    REGULATOR,
    claim,
    cost,
    ended,
    liability,
    order,
    task,
)
from tests.support.checksums import table_checksums
from tests.support.measures import taken
from tests.support.pages import opened, typed, url
from tests.support.people import login
from tests.support.reports import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, REGULATOR)
    return client


def said(**more: Any) -> dict[str, Any]:
    given = {
        "kind": "testing",
        "payee": "某检测公司",
        "amount": "1234.50",
        "due_on": "",
        "proof": "",
        "note": "",
    }
    return {**given, **more}


def rows_of(desk: Client, address: str) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(desk.get(address).content))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


@pytest.mark.clause(158)
def test_from_the_case_file_a_cost_is_entered_paid_and_taken_as_a_file(desk: Client) -> None:
    case = opened(45)
    page = url(case, "aftermath")
    assert page in desk.get(url(case)).text
    assert "台账中还没有费用" in desk.get(page).text
    assert desk.post(url(case, "aftermath", "costs", "new"), said()).status_code == 302
    own = Cost.objects.get()
    pay = url(case, "aftermath", "costs", str(own.pk), "pay")
    assert desk.get(pay).context["form"]["amount"].value() == Decimal("1234.50")
    answer = desk.post(pay, {"amount": "1234.51", "paid_on": f"{NOON:%Y-%m-%d}", "proof": "拨付单"})
    assert answer.status_code == 409
    assert "超过应付金额" in answer.text
    desk.post(pay, {"amount": "1000", "paid_on": f"{NOON:%Y-%m-%d}", "proof": "拨付单"})
    assert Payment.objects.get().amount == Decimal("1000.00")
    shown = desk.get(page).text
    assert "已付1,000.00元" in shown
    assert "234.50" in shown
    cells = rows_of(desk, url(case, "aftermath", "file"))
    assert ["产品抽样及检验费用", "某检测公司", 1234.5, 1000, 234.5] in [row[:5] for row in cells]
    assert any(row[0] == "导出人" and REGULATOR in str(row[1]) for row in cells)
    assert "aftermath" in AuditEvent.objects.get(action="response.note_export").payload


@pytest.mark.clause(158)
def test_a_measure_on_record_offers_its_cost_until_it_has_one(client: Client) -> None:
    login(client, HEALTH)
    case = opened(45)
    treated = taken(case, "treat", HEALTH, at=case.opened_at)
    address = url(case, "aftermath", "measures", str(treated.pk), "cost")
    assert address in client.get(url(case, "aftermath")).text
    form = client.get(address).context["form"]
    assert form["kind"].value() == "medical_advance"
    client.post(address, said(kind="medical_advance", payee="鄞州人民医院"))
    assert Cost.objects.get().measure == treated
    assert address not in client.get(url(case, "aftermath")).text


def test_a_correction_starts_from_what_stands_and_asks_why(desk: Client) -> None:
    case = opened(45)
    own = cost(case, at=case.opened_at)
    address = url(case, "aftermath", "costs", str(own.pk))
    assert desk.get(address).context["form"]["payee"].value() == "某检测公司"
    before = table_checksums()
    assert desk.post(address, said(payee="另一公司")).status_code == 422
    assert table_checksums() == before
    assert desk.post(address, said(payee="另一公司", reason="名称有误")).status_code == 302
    page = desk.get(url(case, "aftermath")).text
    assert "另一公司" in page
    assert "名称有误" in page
    assert desk.get(address).status_code == 404


def test_a_persons_name_is_for_those_who_pay_and_not_for_those_who_watch(client: Client) -> None:
    case = opened(45)
    cost(case, payee="张某某", is_person=True, at=case.opened_at)
    for office, sees in ((REGULATOR, True), (COMMISSION, False), ("city-gov", False)):
        login(client, office)
        assert ("张某某" in client.get(url(case, "aftermath")).text) is sees
        names = [
            row[1]
            for row in rows_of(client, url(case, "aftermath", "file"))
            if row[0] == "产品抽样及检验费用"
        ]
        assert ("张某某" in names) is sees
    login(client, "city-police")
    assert client.get(url(case, "aftermath")).status_code == 403


@pytest.mark.clause(180, 181)
def test_what_is_called_on_is_returned_or_compensated_from_the_page(desk: Client) -> None:
    case = opened(45)
    given = {
        "kind": "transport",
        "legal_basis": "突发事件应对法",
        "owner": "某冷链公司",
        "item": "冷藏车",
        "quantity": "2辆",
        "taken_at": typed(case.opened_at),
    }
    desk.post(url(case, "aftermath", "orders", "new"), given)
    vans = Requisition.objects.get()
    end = url(case, "aftermath", "orders", str(vans.pk), "end")
    assert end in desk.get(url(case, "aftermath")).text
    day = f"{case.opened_at:%Y-%m-%d}"
    refused = desk.post(end, {"state": "compensated", "ended_on": day, "proof": "收条"})
    assert refused.status_code == 409
    compensation = desk.get(url(case, "aftermath", "orders", str(vans.pk), "cost")).context["form"]
    assert (compensation["payee"].value(), compensation["kind"].value()) == ("某冷链公司", "transport")
    assert desk.post(end, {"state": "returned", "ended_on": day, "proof": "签收单"}).status_code == 302
    page = desk.get(url(case, "aftermath")).text
    assert "已归还" in page
    assert end not in page


@pytest.mark.clause(161)
def test_the_insurance_regulator_sees_the_lists_of_what_it_was_told_and_nothing_else(client: Client) -> None:
    case = opened(45)
    login(client, INSURANCE)
    page = url(case, "aftermath", "insurance")
    assert client.get(page).status_code == 404
    login(client, REGULATOR)
    assert client.post(url(case, "aftermath", "insurance", "tell")).status_code == 302
    login(client, INSURANCE)
    assert page in client.get("/aftermath/insurance/").text
    assert client.get(page).status_code == 200
    assert client.get(url(case)).status_code == 404
    assert client.get(url(case, "aftermath")).status_code == 404
    claimed = {
        "of_list": "rescuers",
        "insurer": "某人寿",
        "case_number": "JY-1",
        "people": "2",
        "amount": "",
        "state": "open",
        "paid": "",
        "note": "",
    }
    client.post(url(case, "aftermath", "claims", "new"), claimed)
    assert InsuranceClaim.objects.get().of_list == "rescuers"
    assert "JY-1" in client.get(page).text
    assert client.post(url(case, "aftermath", "costs", "new"), said()).status_code == 403


def test_the_declaration_lists_what_goes_on_and_asks_to_confirm_it(client: Client) -> None:
    case = ended().incident
    order(case)
    login(client, REGULATOR)
    address = url(case, "aftermath", "finish")
    assert address in client.get(url(case, "aftermath")).text
    assert "未了事项1项" in client.get(address).text
    given = {"open_shown": "1", "statement": "已妥善处置"}
    assert client.post(address, given).status_code == 422
    task(case)
    assert client.post(address, {**given, "carries": "on"}, follow=True).redirect_chain[0][0] == address
    assert not Finish.objects.exists()
    page = client.post(
        address, {"open_shown": "2", "statement": "已妥善处置", "carries": "on"}, follow=True
    ).text
    assert "已宣布结束" in page
    assert "结转" in page


def filled(case: Incident) -> None:
    """One more of everything."""
    at = case.opened_at
    cost(case, replaces=cost(case, at=at), reason="更正", at=at)
    liability(case)
    order(case, at=at)
    task(case)
    claim(case, by=REGULATOR)
    taken(case, "sample", at=at)


def test_the_page_asks_as_many_queries_with_much_as_with_little(desk: Client) -> None:
    case = opened(45)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            desk.get(address)
        return len(found)

    pages = [url(case, "aftermath"), url(case, "aftermath", "insurance"), "/desk/", "/aftermath/years/2026/"]
    filled(case)
    for address in pages:
        desk.get(address)
    before = [queries(address) for address in pages]
    for _more in range(3):
        filled(case)
    assert [queries(address) for address in pages] == before


def test_the_year_is_a_page_and_a_file_with_the_same_sums(desk: Client) -> None:
    case = opened(45)
    cost(case, "88.80", at=case.opened_at)
    year = f"/aftermath/years/{case.known_at.astimezone(NOON.tzinfo):%Y}/"
    assert "88.80" in desk.get(year).text
    assert ["合计", None, 88.8] in [row[:3] for row in rows_of(desk, f"{year}file/")]
    assert desk.get("/aftermath/years/2020/").status_code == 404
    assert desk.get("/aftermath/years/", follow=True).status_code == 200
