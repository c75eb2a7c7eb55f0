"""The year of the city and of a county: the same numbers on page, print and workbook, nobody named by them (7.2)."""

import io
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from audit.models import AuditEvent
from incidents.models import PlaceKind
from review.year.cases import Year
from review.year.report import YearReport, year_report
from review.year.tables import Table
from tests.support.aftermath import cost, paid
from tests.support.people import login
from tests.support.reports import BEIJING, CIXI, HAISHU, NOON, county, incident, minutes

pytestmark = [pytest.mark.django_db, pytest.mark.clause(162)]
LATE = datetime(2027, 2, 1, tzinfo=BEIJING)
NEW_YEAR = datetime(2027, 1, 1, tzinfo=BEIJING)


def ill(number: int, *, area: str = "330212", at: datetime = NOON, name: str = "", **more: Any) -> None:
    """An incident of its own, with a place of its own."""
    incident(number, area=area, at=at, place_text=name or f"饭店{area}{number}", **more)


def of(report: YearReport, code: str) -> Table:
    return next(table for table in report.tables if table.code == code)


def line(table: Table, label: str) -> tuple[object, ...]:
    return next(row.cells for row in table.all_rows if row.label == label)


def test_a_year_is_beijing_s_and_holds_no_drill_and_nothing_taken_back() -> None:
    ill(45, at=NEW_YEAR - timedelta(seconds=1))
    ill(50, at=NEW_YEAR)
    ill(60, is_drill=True)
    ill(61, is_demo=True)
    assert [year_report(Year(number), LATE).incidents for number in (2026, 2027)] == [1, 1]
    seasons = of(year_report(Year(2026), LATE), "seasons")
    assert line(seasons, "冬季（12–2月）")[:2] == (1, 45)


def test_incidents_are_told_by_level_place_food_agent_season_and_county() -> None:
    ill(45, place_kind=PlaceKind.RESTAURANT)
    ill(7, area=CIXI, place_kind=PlaceKind.RURAL_BANQUET, at=NOON + minutes(5))
    report = year_report(Year(2026), LATE)
    assert line(of(report, "levels"), "Ⅳ 一般")[:2] == (1, 45)
    assert line(of(report, "places"), "农村宴席")[:2] == (1, 7)
    assert line(of(report, "counties"), "慈溪市")[:2] == (1, 7)
    assert line(of(report, "counties"), "合计")[:2] == (2, 52)
    assert line(of(report, "seasons"), "春季（3–5月）")[:2] == (2, 52)
    own = year_report(Year(2026, county(CIXI)), LATE)
    assert (own.incidents, line(of(own, "levels"), "合计")[:2]) == (1, (1, 7))


def test_a_small_number_is_left_out_and_neither_sum_nor_the_countys_own_report_tells_it() -> None:
    ill(3)
    ill(7, area=CIXI, at=NOON + minutes(5))
    ill(30, area=HAISHU, at=NOON + minutes(9))
    city = year_report(Year(2026), LATE)
    counties = of(city, "counties")
    assert [line(counties, name)[1] for name in ("鄞州区", "慈溪市", "海曙区", "合计")] == ["*", "*", 30, 40]
    # Else 40 - 30 - 7 would give away the three.
    assert line(of(year_report(Year(2026, county(CIXI)), LATE), "levels"), "合计")[1] == "*"
    assert line(of(year_report(Year(2026, county(HAISHU)), LATE), "levels"), "合计")[1] == 30


def test_page_print_and_workbook_tell_the_same(client: Client) -> None:
    ill(45, place_kind=PlaceKind.RESTAURANT)
    case = incident(7, at=NOON + minutes(5), place_text="另一家")
    paid(cost(case, "1234.50"), "1000.00")
    login(client, "city-fso")
    report = client.get("/year/", {"year": "2026"}).context["report"]
    assert line(of(report, "costs"), "合计") == (Decimal("1234.50"), Decimal("1000.00"), Decimal("234.50"))
    page = client.get("/year/", {"year": "2026"}).text
    book = load_workbook(io.BytesIO(client.get("/year/workbook/", {"year": "2026"}).content))
    print_ = client.get("/year/print/", {"year": "2026"}).content
    printed = "".join(each.extract_text() for each in PdfReader(io.BytesIO(print_)).pages)
    printed = "".join(printed.split())
    assert book.sheetnames == [table.title for table in report.tables]
    for table in report.tables:
        cells = [[cell.value for cell in row] for row in book[table.title].iter_rows()]
        for row in table.all_rows:
            assert [row.label, *row.cells] in [
                [each if not isinstance(each, float) else Decimal(str(each)) for each in found][
                    : len(row.cells) + 1
                ]
                for found in cells
            ]
            assert row.label in page
    assert "一般：事故1起，发病人数45人" in printed
    assert "1,234.50元" in printed
    assert "1,234.50" in page
    noted = AuditEvent.objects.filter(action="response.note_export").order_by("pk")
    taken = noted.values_list("payload", flat=True)
    assert ["year-2026-xlsx" in taken[0], "year-2026-pdf" in taken[1]] == [True, True]


def test_a_countys_office_sees_its_own_year_alone(client: Client) -> None:
    ill(45)
    ill(46, area=CIXI, at=NOON + minutes(5))
    login(client, "330212-regulator")
    answer = client.get("/year/", {"year": "2026", "county": CIXI})
    assert answer.status_code == 422
    report = client.get("/year/", {"year": "2026"}).context["report"]
    assert (report.place, report.incidents) == ("鄞州区", 1)
    assert client.get("/year/", {"year": "1999"}).status_code == 422
    login(client, "330212-health")
    assert client.get("/year/").status_code == 403


def test_as_many_queries_with_more_incidents_and_with_an_older_history(client: Client) -> None:
    login(client, "city-fso")
    client.get("/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/year/", {"year": "2026"}).status_code == 200
        return len(seen)

    ill(45)
    once = asked()
    for number in range(3):
        ill(50 + number, at=NOON + minutes(number + 1))
        ill(60 + number, at=NOON - timedelta(days=400 + number))
    assert asked() == once
