"""The board's pages: numbers that are the same wherever they stand, to whom they are shown, from how many queries."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from audit.clock import database_now
from incidents.actions.facts import record_facts
from incidents.models import FactKind, Incident
from plan.levels import ResponseLevel
from response.models import WorkingGroup
from response.situation.gantt import gantt
from response.situation.now import Situation, situation_of
from response.situation.opinion import Spoken, opinion_now
from response.views.board import PARTS
from tests.support.measures import taken
from tests.support.people import actor, login
from tests.support.reports import CIXI, HAISHU, YINZHOU, incident, people
from tests.support.response import active

pytestmark = pytest.mark.django_db
CITY = "city-fso"
PAGES = (
    "/",
    "/board/",
    "/board/clocks/",
    "/board/counties/",
    "/board/work/",
    "/handover/",
    "/search/?q=饭店",
)
LINK = re.compile(r'(?:href|data-key)="([^"]+)"')
CELL = re.compile(r'data-cell="(\w+)">(?:<a [^>]*>)?(\d+)')


def serious(ill: int = 120, *, area: str = YINZHOU, minutes_ago: int = 29, **more: object) -> Incident:
    """An incident whose clocks have run for some minutes."""
    now = database_now()
    occurred = now - timedelta(minutes=minutes_ago)
    given = {"place_text": f"{area}饭店", "occurred_earliest": occurred, "occurred_latest": occurred, **more}
    return incident(ill, at=now, area=area, **given)


def told_more(case: Incident, number: int, kind: str = FactKind.ILLNESS) -> None:
    """The county's regulator states a new total."""
    now = database_now()
    record_facts(
        incident=case,
        entries=[people(number, kind, at=now)],
        by=actor(f"{case.county.code}-regulator"),
        at=now,
    )


def get(address: str, office: str = CITY, *, status: int = 200) -> str:
    client = Client()
    login(client, office)
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def rows_of(address: str, office: str = CITY) -> list[tuple[object, ...]]:
    """The rows of a file, the lines above its headings included."""
    client = Client()
    login(client, office)
    answer = client.get(address)
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def now_of(office: str = CITY) -> Situation:
    return situation_of(actor(office), at=database_now())


def numbers(now: Situation) -> dict[str, tuple[int, int]]:
    return {number.kind.value: (number.value, number.change) for number in now.people}


def test_people_are_added_up_over_incidents_and_drills_are_left_out() -> None:
    first = serious(120)
    serious(30, area=HAISHU)
    serious(500, area=CIXI, is_drill=True)
    told_more(first, 125)
    told_more(first, 8, FactKind.SEVERE)
    found = now_of()
    assert numbers(found)["illness_count"] == (155, 155)
    assert numbers(found)["severe_count"] == (8, 8)
    assert (found.drills, sum(count for _level, count in found.levels)) == (1, 2)
    unknown = {number.kind.value: number.unknown for number in found.people}
    assert unknown == {"illness_count": 0, "inpatient_count": 2, "severe_count": 1, "death_count": 2}


def test_the_change_is_against_what_was_on_record_a_day_before() -> None:
    case = serious(120)
    told_more(case, 125)
    later = database_now() + timedelta(hours=24)
    assert numbers(situation_of(actor(CITY), at=later))["illness_count"] == (125, 0)
    told_more(case, 131)
    just_then = situation_of(actor(CITY), at=later)
    assert numbers(just_then)["illness_count"] == (131, 6)


def test_the_numbers_are_the_same_on_the_board_the_map_the_table_and_in_the_file() -> None:
    serious(120)
    serious(45, area="NB-GX", place_text="高新区食堂", by=actor(f"{YINZHOU}-regulator"))
    serious(30, area=HAISHU)
    page = get("/board/counties/")
    lines = {line.split('"')[0]: dict(CELL.findall(line)) for line in page.split('data-key="area-')[1:]}
    assert lines["330212"] == {
        "incidents": "2", "illness_count": "165", "inpatient_count": "0", "severe_count": "0", "death_count": "0"
    }  # fmt: skip
    assert lines["NB-GX"]["illness_count"] == "45"
    assert lines["all"]["incidents"] == "3"
    assert lines["all"]["illness_count"] == "195"
    labels = page.split('data-key="label-')[1:]
    drawn = {label[:6]: re.findall(r'data-count="(\d+)"', label.split("</g>")[0]) for label in labels}
    assert drawn["330212"] == ["2"]
    assert drawn["330205"] == []
    assert re.findall(r'data-key="zone-([\w-]+)"', page) == ["NB-GX"]
    assert 'data-number="illness_count">195<' in get("/board/")
    filed = {row[0]: row for row in rows_of("/export/counties/") if row[0]}
    assert filed["鄞州区"][3:6] == (2, 0, 165)
    assert filed["宁波国家高新区"][:4] == ("宁波国家高新区", "鄞州区", "Ⅳ", 1)


def test_a_county_is_shown_its_own_and_told_that_it_sees_no_other() -> None:
    serious(120)
    other = serious(30, area=HAISHU)
    page = get("/board/counties/", f"{YINZHOU}-gov")
    assert page.count("不在本单位管辖范围") == 10 - 1 + 4 + 1
    assert other.number not in get("/board/clocks/", f"{YINZHOU}-gov")
    assert numbers(now_of(f"{YINZHOU}-gov"))["illness_count"][0] == 120
    assert len(rows_of("/export/counties/", f"{YINZHOU}-gov")) == 7 + 3


def test_bars_run_from_the_start_over_target_and_limit_to_now() -> None:
    serious(minutes_ago=70)
    found = now_of()
    drawn = gantt(found.owed, found.at)
    by_way = {row.leg.obligation.leg: row for row in drawn.rows if row.leg.obligation.limit_at}
    assert [part.kind for part in by_way["phone"].parts] == ["to_target", "to_limit", "over"]
    assert [part.kind for part in by_way["written"].parts] == ["to_target", "to_limit"]
    phone = by_way["phone"].parts
    assert phone[0].width == pytest.approx(phone[1].width, abs=0.02)
    assert phone[-1].x + phone[-1].width == pytest.approx(drawn.now, abs=0.02)
    assert phone[-1].width == pytest.approx(phone[0].width / 3, rel=0.1)
    later = gantt(found.owed, found.at + timedelta(minutes=5))
    assert {part.kind for row in later.rows for part in row.parts if not row.leg.obligation.limit_at} == {
        "open"
    }


def test_work_in_hand_shows_the_six_groups_and_who_is_not_set_up() -> None:
    response = active(ResponseLevel.III, at=database_now())
    page = get("/board/work/")
    assert response.incident.number in page
    assert page.count("未设立") == 6
    assert "尚未明确总指挥" in page
    WorkingGroup.objects.create(
        headquarters=response.headquarters,
        group="medical",
        name="医疗救治组",
        set_up_by="user:1",
        set_up_at=database_now(),
    )
    assert get("/board/work/").count("未设立") == 5
    assert response.incident.number not in get("/board/work/", f"{HAISHU}-gov")


@pytest.mark.parametrize("part", PARTS)
def test_a_part_kept_for_a_county_reads_the_same_for_each_office_that_gets_it(part: str) -> None:
    active(ResponseLevel.III, at=database_now(), place_text="甲饭店")
    serious()
    serious(area=HAISHU)
    for offices in ((f"{YINZHOU}-gov", f"{YINZHOU}-regulator", f"{YINZHOU}-health"), (CITY, "city-gov")):
        shown = {tuple(LINK.findall(get(f"/board/parts/{part}/", office))) for office in offices}
        assert len(shown) == 1, offices
        assert len(*shown) > 2


def test_rumours_texts_and_questions_wait_until_they_are_dealt_with() -> None:
    case = serious()
    draft = taken(case, "release_draft", "city-fso", at=database_now())
    rumour = taken(case, "rumour", "city-cyberspace", at=database_now())
    taken(case, "concern", "city-cyberspace", at=database_now())
    assert standings(case) == [Spoken.DRAFTED, Spoken.UNVERIFIED, Spoken.ASKED]
    taken(case, "rumour_verification", "city-police", about=rumour, verdict="true", at=database_now())
    taken(case, "release_review", "city-commission", about=draft, verdict="returned", at=database_now())
    assert standings(case) == [Spoken.RETURNED, Spoken.ASKED, Spoken.FOUND_TRUE]
    assert "退回修改" in get("/board/work/")


def standings(case: Incident) -> list[Spoken]:
    return [each.standing for each in opinion_now([case.pk])]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_as_often_on_a_bad_day_as_on_a_quiet_one(address: str) -> None:
    def asked() -> int:
        client = Client()
        login(client, CITY)
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    active(ResponseLevel.III, at=database_now(), place_text="第一家饭店")
    serious()
    quiet = asked()
    for area in (HAISHU, CIXI, YINZHOU):
        active(ResponseLevel.III, at=database_now(), area=area, place_text=f"又一家{area}饭店")
        serious(area=area, place_text=f"再一家{area}饭店")
    assert asked() == quiet
