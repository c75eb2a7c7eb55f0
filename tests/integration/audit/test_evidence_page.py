"""The page of daily roots: for the offices that keep them, complete on one sheet, with the file to download (5.1)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from audit.exported import from_json
from audit.models import DailyRoot
from audit.roots import roll_daily_root
from tests.support.evidence import tamper, write
from tests.support.people import login

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.clause(90)]


@pytest.fixture
def office() -> Client:
    """The browser of 市食药安办."""
    client = Client()
    login(client, "city-fso")
    return client


def roll(days: int) -> DailyRoot:
    made = roll_daily_root(at=database_now() + timedelta(days=days))
    assert made is not None
    return made


def test_the_sheet_shows_each_days_root_in_groups_and_hands_out_its_file(office: Client) -> None:
    write("incident:2026-0001")
    made = roll(1)
    page = office.get("/evidence/").content.decode()
    assert made.on.isoformat() in page
    for start in range(0, 64, 8):
        assert made.root[start : start + 8] in page
    answer = office.get(f"/evidence/{made.on}/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="root-{made.on}.json"'
    assert from_json(answer.content.decode()).root == made.root


def test_a_day_without_a_root_and_what_is_no_day_are_not_found(office: Client) -> None:
    for day in ("2026-01-01", "2026-13-01", "yesterday"):
        assert office.get(f"/evidence/{day}/").status_code == 404


def test_the_sheet_says_what_the_last_verification_found(office: Client) -> None:
    assert "还没有每日摘要" in office.get("/evidence/").content.decode()
    assert "尚无核对记录" in office.get("/evidence/").content.decode()
    call_command("verify_audit", "--record", stdout=StringIO())
    assert "0 处不符" in office.get("/evidence/").content.decode()
    write("incident:2026-0001")
    tamper("UPDATE audit_auditevent SET payload = '[]' WHERE chain = 'incident:2026-0001'")
    with pytest.raises(SystemExit):
        call_command("verify_audit", "--record", stdout=StringIO())
    page = office.get("/evidence/").content.decode()
    assert "1 处不符" in page
    assert "有异常" in page


def test_the_sheet_costs_the_same_however_many_days_there_are(office: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            office.get("/evidence/")
        return len(queries)

    roll(1)
    first = cost()
    for day in range(2, 8):
        roll(day)
    assert cost() == first
