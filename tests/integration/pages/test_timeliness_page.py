"""The timeliness page: the same numbers as table, bars and file, to whom, from how many queries (5.1)."""

import csv
import re
from collections import Counter
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from reporting.timeliness import OUTCOMES, Outcome
from reporting.verdicts import VerdictState
from tests.support.clocks import OFFICE, WRITTEN, after, deliver, major
from tests.support.people import login
from tests.support.reports import HAISHU, report

pytestmark = [pytest.mark.django_db, pytest.mark.clause(89)]
PAGE, CSV = "/timeliness/", "/timeliness/csv/"
MAY = "?since=2026-05-01&until=2026-05-31"
ROW = re.compile(r'<th scope="row">([^<]+)</th>(.*?)</tr>', re.DOTALL)
CELL = re.compile(r'data-outcome="(\w+)">(\d+)</td>')
MEDIAN = re.compile(r'data-median="(\w+)">([^<]+)</td>')
BAR = re.compile(r'<p class="chart-name">([^<]+) <span.*?</li>', re.DOTALL)
PART = re.compile(r'<g data-outcome="(\w+)" data-count="(\d+)">')
SAID = re.compile(r'<p class="chart-said">([^<]+)</p>')


def get(address: str, office: str = OFFICE, *, status: int = 200) -> str:
    client = Client()
    login(client, office)
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def story() -> None:
    """Two counties' reports: in target, in limit, late; the others missed."""
    found = major()
    deliver(found, after(10))
    deliver(found, after(45), to=OFFICE)
    deliver(found, after(130), WRITTEN)
    report(130, area=HAISHU, place_text="海曙酒家")


def offices_of(page: str) -> dict[str, Counter[str]]:
    table = page[page.index('id="table-offices"') : page.index('id="t-clauses"')]
    return {
        name: Counter({key: int(n) for key, n in CELL.findall(cells)}) for name, cells in ROW.findall(table)
    }


def test_table_bars_and_file_say_the_same() -> None:
    story()
    page, lines = get(PAGE + MAY), list(csv.reader(StringIO(get(CSV + MAY).removeprefix("\ufeff"))))
    table = offices_of(page)
    assert table["鄞州区政府"] == Counter({"in_target": 1, "in_limit": 1, "late": 1, "missed": 1})
    assert table["海曙区政府"] == Counter({"missed": 4})
    drawn = {bar[1]: {key: int(n) for key, n in PART.findall(bar[0])} for bar in BAR.finditer(page)}
    assert drawn == {name: dict(+counts) for name, counts in table.items()}
    said = {bar[1]: SAID.findall(bar[0])[0] for bar in BAR.finditer(page)}
    assert said["鄞州区政府"] == "力争时限内 1，法定时限内 1，超时送达 1，超时未送达 1"
    heads = next(line for line in lines if line[:1] == ["分组"])
    rows = {line[1]: dict(zip(heads, line, strict=True)) for line in lines if line[:1] == ["单位"]}
    filed = {name: {each.value: int(row[str(each.label)]) for each in Outcome} for name, row in rows.items()}
    assert filed == {
        name: {each.value: counts[each.value] for each in Outcome} for name, counts in table.items()
    }
    assert len(table) == 2


def test_medians_are_the_same_on_page_and_in_the_file() -> None:
    story()
    page, lines = get(PAGE + MAY), csv.reader(StringIO(get(CSV + MAY)))
    table = page[page.index('id="table-offices"') : page.index('id="t-clauses"')]
    cells = dict(ROW.findall(table))["鄞州区政府"]
    assert MEDIAN.findall(cells) == [("start", "45"), ("knowledge", "45")]
    assert next(line for line in lines if line[:2] == ["单位", "鄞州区政府"])[-3:] == ["3", "45", "45"]


def test_the_file_is_marked_with_who_took_it_and_when() -> None:
    client = Client()
    user = login(client, OFFICE)
    answer = client.get(CSV + MAY)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"] == 'attachment; filename="timeliness-2026-05-01-2026-05-31.csv"'
    marked = list(csv.reader(StringIO(answer.content.decode())))[2]
    assert marked[:3] == ["导出人", user.display_name, "市食药安办"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", marked[3])


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1"])
def test_no_name_becomes_a_formula(name: str) -> None:
    Organisation.objects.filter(code="330212-gov").update(name=name)
    story()
    names = [line[1] for line in csv.reader(StringIO(get(CSV + MAY))) if line[:1] == ["单位"]]
    assert f"'{name}" in names
    assert name not in names


def test_a_county_sees_its_own_whatever_it_asks_for() -> None:
    story()
    for asked in ("", "&county=330203"):
        status = 422 if asked else 200
        assert "海曙区政府" not in get(f"{PAGE}{MAY}{asked}", "330212-gov", status=status)
        assert "海曙区政府" not in get(f"{CSV}{MAY}{asked}", "330212-gov", status=status)
    assert set(offices_of(get(PAGE + MAY, "330212-gov"))) == {"鄞州区政府"}
    assert set(offices_of(get(f"{PAGE}{MAY}&county=330203"))) == {"海曙区政府"}


@pytest.mark.parametrize("office", ["hosp-first", "city-police", "330212-health", "city-cdc"])
def test_others_see_none(office: str) -> None:
    for address in (PAGE, CSV):
        get(address, office, status=403)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?since=2026-05-02&until=2026-05-01", "止日不能早于起日"),
        ("?since=2026-01-01&until=2027-01-02", "一次最多统计366天"),
        ("?since=gestern", "请按“年-月-日”填写"),
        ("?scope=all", "请从所列各项中选择"),
    ],
)
def test_a_filter_that_can_not_be_is_told_so(query: str, said: str) -> None:
    for address in (PAGE, CSV):
        assert said in get(address + query, status=422)


def test_the_longest_period_and_a_single_day_are_counted() -> None:
    story()
    for query in ("?since=2026-01-01&until=2027-01-01", "?since=2026-05-01&until=2026-05-01"):
        assert len(offices_of(get(PAGE + query))) == 2


def test_a_period_without_reports_says_so() -> None:
    assert "这一期间没有起算的报告" in get(f"{PAGE}?since=2020-01-01&until=2020-01-02")


def test_the_page_takes_as_many_queries_whatever_there_is() -> None:
    client = Client()
    login(client, OFFICE)
    story()
    client.get(PAGE + MAY)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE + MAY)
        counts.append(len(seen))
        for _each in range(3):
            major(place_text=f"饭店{number}{_each}")
    assert counts[0] == counts[1]


def test_every_verdict_has_an_outcome_and_every_outcome_a_verdict() -> None:
    assert (set(OUTCOMES), set(OUTCOMES.values())) == (set(VerdictState), set(Outcome))
