"""Form and accuracy of what offices report, by the house's own reading: the plan asks for both and measures neither (5.1)."""

import csv
import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.actions.facts import correct_fact, record_facts
from incidents.models import FactKind
from reporting.actions.documents import draft_new_version
from reporting.actions.reports import withdraw_report
from reporting.actions.signing import sign_document
from reporting.quality import Accuracy, Counted, Form, quality
from reporting.stated import NUMBER, OCCURRED
from reporting.timeliness import Asked, Scope
from tests.support.clocks import OFFICE, after
from tests.support.documents import DRAFTER, signed
from tests.support.pages import opened, url
from tests.support.people import actor, login
from tests.support.reports import HAISHU, county, minutes, people, report

pytestmark = [pytest.mark.django_db, pytest.mark.clause(89)]
DAY = date(2026, 5, 1)
MAY = "?since=2026-05-01&until=2026-05-31"
DESK = "鄞州区市场监管局"
QUALITY = re.compile(r'<th scope="row">([^<]+)</th>(.*?)</tr>', re.DOTALL)
CELL = re.compile(r'data-code="(\w+)">(\d+)</td>')


FIRST = '<span class="tag tag-run">首报</span>'


def counts(name: str = DESK, **asked: Any) -> dict[Counted, int]:
    """What is counted of one office on 1 May; nothing of one that reported nothing."""
    found = quality(Asked(DAY, DAY, **asked))
    return next((dict(+each.counts) for each in found if each.name == name), {})


def test_a_report_is_complete_supplemented_or_still_lacks_what_it_left_unknown() -> None:
    report(place_text="甲店")
    report(place_text="乙店", occurred_earliest=None, occurred_latest=None, unknown=frozenset({OCCURRED}))
    late = report(None, place_text="丙店", unknown=frozenset({NUMBER}))
    assert {code: n for code, n in counts().items() if code in set(Form)} == {
        Form.REPORTS: 3,
        Form.COMPLETE: 1,
        Form.LACKING: 2,
    }
    record_facts(incident=late.incident, entries=[people(5, at=after(9))], by=actor(DRAFTER), at=after(9))
    assert (counts()[Form.SUPPLEMENTED], counts()[Form.LACKING]) == (1, 1)


def test_a_corrected_fact_counts_once_and_what_only_moved_with_it_not() -> None:
    made = report()
    occurred = made.incident.facts.get(kind=FactKind.OCCURRED)
    moved = {"earliest": after(-60).isoformat(), "latest": after(-60).isoformat()}
    correct_fact(fact=occurred, value=moved, reason="以病历为准", by=actor(DRAFTER), at=after(5))
    assert counts()[Accuracy.CORRECTED] == 1
    ill = made.incident.facts.get(kind=FactKind.ILLNESS, corrected_by__isnull=True)
    correct_fact(fact=ill, value=44, reason="重复", by=actor(DRAFTER), at=after(6))
    assert counts()[Accuracy.CORRECTED] == 2


def test_what_a_withdrawn_report_said_is_taken_back() -> None:
    made = report()
    withdraw_report(report=made, reason="误报", by=actor(DRAFTER), at=after(5))
    found = counts()
    assert found[Accuracy.WITHDRAWN] == 1
    assert found[Accuracy.TAKEN_BACK] == found[Accuracy.FACTS]
    assert Accuracy.CORRECTED not in found


def test_written_reports_are_counted_whole_alone_and_as_new_versions() -> None:
    case = report(120).incident
    old = signed(case)
    made = draft_new_version(signed=old, by=actor(DRAFTER), at=after(20))
    sign_document(document=made, alone_reason="夜间一人", by=actor(DRAFTER), at=after(21))
    found = counts("鄞州区政府")
    assert found == {Form.WRITTEN: 2, Form.ALONE: 1, Accuracy.NEW_VERSIONS: 1}


def test_drills_other_days_and_other_counties_are_counted_apart() -> None:
    report(place_text="甲店")
    report(place_text="乙店", is_drill=True)
    report(place_text="丙店", area=HAISHU)
    assert counts()[Form.REPORTS] == counts(scope=Scope.DRILL)[Form.REPORTS] == 1
    assert quality(Asked(date(2026, 5, 2), date(2026, 5, 2))) == []
    assert [each.name for each in quality(Asked(DAY, DAY, county(HAISHU)))] == ["海曙区市场监管局"]


def test_page_and_file_say_the_same_and_ask_as_much_for_many_as_for_one() -> None:
    client = Client()
    login(client, OFFICE)
    signed(report(120).incident)
    page = client.get(f"/timeliness/{MAY}").text
    (row,) = [row for row in QUALITY.findall(page[page.index('id="table-form"') :]) if row[0] == DESK][:1]
    lines = list(csv.reader(StringIO(client.get(f"/timeliness/csv/{MAY}").text)))
    heads = next(line for line in lines if line[:1] == ["分组"] and "报告" in line)
    filed = [dict(zip(heads, line, strict=True)) for line in lines if line[:2] == ["规范性和准确性", DESK]]
    shown = {str(Form(code).label): n for code, n in CELL.findall(row[1])}
    assert filed[0] | shown == filed[0]
    assert shown["报告"] == shown["时间、地点、人数齐全"] == "1"
    assert "预案未定规范性的计算方法" in page
    numbers = []
    for name in ("甲店", "乙店"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/timeliness/{MAY}")
        numbers.append(len(asked))
        signed(report(120, place_text=name).incident)
    assert numbers[0] == numbers[1]


def test_the_hops_of_a_county_are_shown_apart_and_without_a_limit() -> None:
    report()
    client = Client()
    login(client, OFFICE)
    page = client.get(f"/timeliness/{MAY}").text
    assert "这一期间没有起算的报告" not in page
    table = page[page.index('id="table-hops"') :]
    assert DESK in table[: table.index("</table>")]
    assert "预案未定时限" in page
    assert 'id="table-offices"' not in page


def test_the_earliest_report_that_stands_is_marked_as_the_first(client: Client) -> None:
    case = opened(5)
    login(client, DRAFTER)
    assert client.get(url(case)).text.count(FIRST) == 1
    first = case.reports.get()
    later = report(6, at=case.opened_at + minutes(5), join=case)
    withdraw_report(report=first, reason="误报", by=actor(DRAFTER), at=case.opened_at + minutes(6))
    page = client.get(url(case)).text
    assert page.index(str(later.ref)) < page.index(FIRST) < page.index(str(first.ref))
