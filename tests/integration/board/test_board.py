"""The command board: what it says, to whom, from how many queries."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import JurisdictionKind, Organisation
from accounts.rights import RIGHTS, Right
from audit.clock import database_now
from incidents.fixing import fix_level
from incidents.models import Incident
from outbox.heartbeat import beat
from plan.levels import IncidentLevel
from reporting.actions.deliveries import record_delivery
from reporting.actions.reports import withdraw_report
from reporting.models import LegCode
from reporting.selectors import running_legs
from response.live.hub import News, hub
from tests.support.people import actor, login
from tests.support.reports import CIXI, HAISHU, YINZHOU, incident

PART = "/board/parts/live/"
CITY = "city-fso"


def page(office: str, address: str = "/board/") -> str:
    client = Client()
    login(client, office)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def serious(minutes_ago: int = 29, *, ill: int = 120, area: str = YINZHOU) -> Incident:
    """An incident at Ⅲ whose clocks have run for some minutes."""
    now = database_now()
    occurred = now - timedelta(minutes=minutes_ago)
    return incident(
        ill, at=now, area=area, place_text=f"{area}饭店", occurred_earliest=occurred, occurred_latest=occurred
    )


def told(case: Incident, recipient: str, leg: LegCode, *, bearer: str = "") -> None:
    """A report, of the county government unless said otherwise, reached an office just now."""
    now = database_now()
    record_delivery(
        incident=case,
        bearer=Organisation.objects.get(code=bearer or f"{case.county.code}-gov"),
        recipient=Organisation.objects.get(code=recipient),
        leg=leg,
        received_at=now,
        channel="值班电话",
        receiver="值班员",
        by=actor(bearer or recipient),
        at=now,
    )


@pytest.fixture
def version() -> Iterator[str]:
    """The version that this process vouches for while it hears the database."""
    hub.hears()
    assert hub.version is not None
    yield hub.version
    hub.hears_nothing()


@pytest.mark.django_db
@pytest.mark.clause(101, 102)
def test_the_first_answer_is_whole() -> None:
    case = serious()
    shown = page(CITY)
    for said in (
        case.number,
        "较大",
        "2.3(2)",
        "一起食源性疾病暴发事件发病人数在100人以上",
        "系统建议，待核定",
        "发病 120 · 死亡 0",
        "再增加1例死亡达到重大",
        "鄞州区政府",
        "市委市政府值班室",
        "6 项未送达",
        "距力争时限",
        "登记事故、受理报告",
        "没有一个时钟进程在运行",
    ):
        assert said in shown, said


@pytest.mark.django_db
def test_a_confirmed_level_reads_as_confirmed_and_a_later_rise_as_proposed() -> None:
    case = serious()
    now = database_now()
    fix_level(incident=case, level=IncidentLevel.III, note="", by=actor(CITY), at=now)
    assert "已核定" in page(CITY)
    fix_level(incident=case, level=IncidentLevel.II, note="专家组评估", by=actor(CITY), at=now)
    shown = page(CITY)
    assert "已核定" in shown
    assert "重大" in shown


@pytest.mark.django_db
@pytest.mark.clause(101, 102)
def test_a_leg_is_shown_as_missed_then_folded_away_when_delivered() -> None:
    case = serious(minutes_ago=65)
    shown = page(CITY)
    assert shown.count("超过法定时限，尚未送达") == 2
    assert shown.count("已过力争时限，未到法定时限") == 2
    told(case, "city-duty", LegCode.PHONE)
    told(case, CITY, LegCode.WRITTEN)
    shown = page(CITY)
    assert "3 项未送达" in shown
    assert "最近已送达 5 项" in shown
    assert "超过法定时限后送达" in shown


@pytest.mark.django_db
def test_a_county_sees_its_own_incidents_clocks_and_entries_alone() -> None:
    own, other = serious(area=YINZHOU), serious(area=HAISHU)
    for address in ("/board/", PART):
        shown = page(f"{YINZHOU}-gov", address)
        assert own.number in shown
        assert other.number not in shown
        assert "海曙" not in shown
        whole = page(CITY, address)
        assert own.number in whole
        assert other.number in whole


@pytest.mark.django_db
def test_what_is_kept_for_one_office_is_what_each_office_that_gets_it_may_see(version: str) -> None:
    numbers = {serious(area=area).number for area in (YINZHOU, HAISHU)}
    watching = [kind for kind, rights in RIGHTS.items() if Right.SEE_BOARD in rights]
    places = Q(jurisdiction__code__in=(YINZHOU, HAISHU)) | Q(jurisdiction__kind=JurisdictionKind.CITY)
    offices = Organisation.objects.filter(places, kind__in=watching).order_by("jurisdiction__code", "code")
    assert len(offices) >= len(watching)
    for office in offices:
        kept, fresh = page(office.code, f"{PART}?v={version}"), page(office.code, PART)
        seen = {number for number in numbers if number in kept}
        assert seen == {number for number in numbers if number in fresh}, office.code
        assert len(seen) == (2 if office.jurisdiction.kind == JurisdictionKind.CITY else 1), office.code


@pytest.mark.django_db
def test_a_part_is_made_once_per_change_and_only_for_the_version_reached(version: str) -> None:
    client = Client()
    login(client, CITY)
    first = client.get(f"{PART}?v={version}").content
    with CaptureQueriesContext(connection) as again:
        assert client.get(f"{PART}?v={version}").content == first
    assert not [query for query in again.captured_queries if "incidents_" in query["sql"]]
    # A change not yet heard of: who asks for this version gets what was kept, who asks for another sees it.
    case = serious()
    assert case.number.encode() not in client.get(f"{PART}?v={version}").content
    for other in ("", "?v=", "?v=0-0", f"?v={version}0"):
        assert case.number.encode() in client.get(PART + other).content
    hub.changed(News())
    assert case.number.encode() in client.get(f"{PART}?v={hub.version}").content


@pytest.mark.django_db
def test_the_board_reads_as_much_after_a_long_history_as_on_the_first_day() -> None:
    serious(area=CIXI)
    history(1)
    on_the_first_day = read_for_the_board()
    history(20)
    later = read_for_the_board()
    assert len(later) <= len(on_the_first_day)
    before, after = rows_by_table(on_the_first_day), rows_by_table(later)
    # Only the chronicle looks back: through the incidents that changed last and their last rows, both bounded.
    assert {table for table in after if after[table] > before[table]} == {
        "incidents_incident",
        "audit_auditevent",
        # Whose legs those rows speak of.
        "reporting_obligation",
        "accounts_organisation",
    }


def history(incidents: int) -> None:
    """Incidents whose reports were withdrawn."""
    for number in range(incidents):
        case = serious(ill=5, area=(CIXI, YINZHOU, HAISHU)[number % 3])
        by = actor(f"{case.county.code}-regulator")
        withdraw_report(report=case.reports.get(), reason="误报", by=by, at=database_now())


@pytest.mark.django_db
def test_clocks_of_incidents_with_nothing_left_to_tell_are_not_read_again() -> None:
    serious(area=CIXI)
    for area in (YINZHOU, HAISHU):
        case = serious(area=area)
        for recipient in ("city-duty", CITY):
            for leg in (LegCode.PHONE, LegCode.WRITTEN):
                told(case, recipient, leg)
        told(case, "province-regulator", LegCode.ONWARD, bearer="city-regulator")
    with CaptureQueriesContext(connection) as seen:
        owed = running_legs(actor(CITY), database_now())
    assert {leg.incident.county.code for leg in owed} == {CIXI}
    assert rows_by_table(read_again(seen.captured_queries))["reporting_obligation"] == 8
    assert len(owed) == 6


def rows_by_table(read: list[tuple[str, int]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for table, rows in read:
        counted[table] += rows
    return counted


def read_for_the_board() -> list[tuple[str, int]]:
    client = Client()
    login(client, CITY)
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/board/").status_code == 200
    return read_again(seen.captured_queries)


def read_again(queries: list[dict[str, str]]) -> list[tuple[str, int]]:
    """From which table each query reads, and how many rows it gets."""
    read = []
    with connection.cursor() as cursor:
        for query in queries:
            table = re.search(r'FROM "(\w+)"', query["sql"])
            if query["sql"].startswith("SELECT") and table:
                cursor.execute(query["sql"])
                read.append((table[1], len(cursor.fetchall())))
    return read


@pytest.mark.django_db
def test_silent_and_living_clock_processes_are_told_apart() -> None:
    beat("clock-1")
    shown = page(CITY)
    assert "正常" in shown
    assert "没有一个时钟进程在运行" not in shown
    with connection.cursor() as cursor:
        cursor.execute("UPDATE outbox_heartbeat SET at = at - interval '1 minute'")
    shown = page(CITY)
    assert "无响应" in shown
    assert "没有一个时钟进程在运行" in shown
