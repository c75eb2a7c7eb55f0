"""How timely offices report: each leg counted once, as the incident's page judges it (5.1; A16, A18, A24, A48, A57, A58)."""

from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.actions.facts import correct_fact
from incidents.actions.findings import find_not_an_incident
from incidents.actions.merging import merge_incidents, split_incident
from incidents.models import FactKind, Incident
from reporting.actions.excuses import lodge_oral_explanation
from reporting.actions.operators import OperatorDuty, record_operator_report
from reporting.models import Ground, Obligation, ObligationState
from reporting.selectors import legs
from reporting.timeliness import OUTCOMES, Asked, Outcome, Scope, Tally, Timeliness, timeliness
from tests.support.clocks import COUNTY, DUTY_ROOM, OFFICE, PHONE, WRITTEN, after, deliver, major
from tests.support.hospital import Hospital, cluster
from tests.support.people import actor, organisation
from tests.support.reports import HAISHU, NOON, county, minutes, report

pytestmark = [pytest.mark.django_db, pytest.mark.clause(89, 101, 102, 103)]
MAY_DAY = Asked(date(2026, 5, 1), date(2026, 5, 1))


def counted(at: datetime | None = None, **asked: Any) -> Timeliness:
    """The statistics of 1 May, five hours after noon unless said otherwise."""
    return timeliness(Asked(**{"since": MAY_DAY.since, "until": MAY_DAY.until, **asked}), at or after(300))


def named(tallies: Any, name: str) -> Tally:
    (found,) = [tally for tally in tallies if tally.name == name]
    assert isinstance(found, Tally)
    return found


def told(found: Incident, *, at: datetime) -> None:
    """Both recipients hear in time why the written report can't come (A23)."""
    lodge_oral_explanation(
        incident=found,
        bearer=organisation(COUNTY),
        recipients=[organisation(to) for to in (DUTY_ROOM, OFFICE)],
        lodged_at=at,
        reason="道路中断",
        receiver="值班员甲",
        by=actor("330212-regulator"),
        at=at,
    )


@pytest.mark.parametrize(
    ("how", "minute", "outcome"),
    [
        (PHONE, 0, Outcome.IN_TARGET),
        (PHONE, 30 + 59 / 60, Outcome.IN_TARGET),
        (PHONE, 31, Outcome.IN_LIMIT),
        (PHONE, 60 + 59 / 60, Outcome.IN_LIMIT),
        (PHONE, 61, Outcome.LATE),
        (WRITTEN, 61, Outcome.IN_LIMIT),
        (WRITTEN, 120 + 59 / 60, Outcome.IN_LIMIT),
        (WRITTEN, 121, Outcome.LATE),
    ],
)
def test_a_leg_is_counted_by_the_minute_of_its_receipt(how: str, minute: float, outcome: Outcome) -> None:
    deliver(major(), after(minute), how, at=after(200))
    found = named(counted().clauses, f"5.1(8) {'书面报告' if how == WRITTEN else '电话/紧急渠道报告'}")
    assert found.counts[outcome] == 1
    assert found.from_start == [int(minute)]


@pytest.mark.parametrize(
    ("minute", "outcome"), [(60 + 59 / 60, Outcome.RUNNING), (61, Outcome.MISSED), (90, Outcome.MISSED)]
)
def test_an_open_leg_runs_until_the_minute_of_its_limit_is_over(minute: float, outcome: Outcome) -> None:
    major()
    found = named(counted(after(minute)).clauses, "5.1(8) 电话/紧急渠道报告")
    assert found.counts == Counter({outcome: 2})
    assert (found.delivered, found.median_from_start, found.median_from_knowledge) == (0, None, None)


def test_every_outcome_is_the_one_the_incidents_page_shows() -> None:
    found = major()
    deliver(found, after(10))
    deliver(found, after(45), to=OFFICE)
    told(found, at=after(100))
    other = report(130, area=HAISHU, place_text="海曙酒家").incident
    deliver(other, after(70), bearer="330203-gov", by="330203-regulator")
    shown = Counter(
        OUTCOMES[leg.verdict.state]
        for case in (found, other)
        for leg in legs([case.pk], after(300))
        if leg.obligation.ground != Ground.LEVELS
    )
    assert counted().whole.counts == shown
    assert shown == Counter(
        {
            Outcome.IN_TARGET: 1,
            Outcome.IN_LIMIT: 1,
            Outcome.EXCUSED: 2,
            Outcome.LATE: 1,
            Outcome.MISSED: 3,
        }
    )


def test_each_leg_is_counted_once_in_each_grouping() -> None:
    major()
    report(130, area=HAISHU, place_text="海曙酒家")
    found = counted()
    sums = [sum(each.total for each in tallies) for tallies in (found.offices, found.clauses, found.levels)]
    assert sums == [8, 8, 8]
    assert [tally.name for tally in found.offices] == ["海曙区政府", "鄞州区政府"]
    assert [tally.name for tally in found.levels] == ["Ⅲ 较大"]


@pytest.mark.clause(93)
def test_a_leg_without_hours_has_its_time_and_no_limit() -> None:
    Hospital().send(cluster(12))
    at = datetime.fromisoformat("2100-01-01T00:00+08:00")
    found = counted(at, since=date(2020, 1, 1), until=date(2100, 1, 1))
    (hospital,) = found.clauses
    assert hospital.name == "5.1(3) 医疗卫生机构报告食源性疾病聚集性病例"
    assert hospital.counts == Counter({Outcome.DELIVERED: 2})
    assert hospital.median_from_start is not None


@pytest.mark.clause(91)
def test_operators_are_counted_together_and_not_by_name() -> None:
    case = report(5).incident
    for minute, name in ((10, "张三小吃店"), (20, "李四小吃店")):
        record_operator_report(
            incident=case,
            duty=OperatorDuty.OPERATOR,
            reporter=name,
            discovered_at=NOON,
            received_at=after(minute),
            receiver="陈值班",
            by=actor("330212-regulator"),
            at=after(30),
        )
    (operators,) = counted().offices
    assert operators.name == "鄞州区 食品生产经营者"
    assert operators.counts == Counter({Outcome.IN_LIMIT: 2})
    assert operators.median_from_start == 15


def test_minutes_are_told_from_the_occurrence_and_from_knowledge() -> None:
    found = major(at=after(50), occurred_earliest=NOON, occurred_latest=NOON)
    deliver(found, after(70))
    deliver(found, after(75), to=OFFICE)
    phone = named(counted().clauses, "5.1(8) 电话/紧急渠道报告")
    assert (phone.median_from_start, phone.median_from_knowledge) == (72.5, 22.5)


def test_what_a_finding_ended_is_no_longer_owed() -> None:
    found = major()
    find_not_an_incident(incident=found, reason="经查不是食品引起", by=actor("city-fso"), at=after(20))
    assert counted().whole.counts == Counter({Outcome.NO_LONGER_OWED: 4})


def test_drills_and_demonstrations_are_counted_apart() -> None:
    major(place_text="甲饭店")
    major(place_text="乙饭店", is_drill=True)
    major(place_text="丙饭店", is_demo=True)
    major(place_text="丁饭店", is_demo=True, is_drill=True)
    totals = [counted(scope=scope).whole.total for scope in (Scope.REAL, Scope.DRILL, Scope.DEMO)]
    assert totals == [4, 4, 8]


@pytest.mark.parametrize(
    ("occurred", "days"),
    [
        ("2026-05-01T00:00:00+08:00", {1}),
        ("2026-05-01T23:59:59+08:00", {1}),
        ("2026-05-02T00:00:00+08:00", {2}),
        ("2026-04-30T23:59:59+08:00", {30}),
    ],
)
def test_a_leg_belongs_to_the_beijing_day_on_which_its_hours_began(occurred: str, days: set[int]) -> None:
    began = datetime.fromisoformat(occurred)
    major(at=began)
    asked = {
        day.day: counted(since=day, until=day) for day in (date(2026, 4, 30), MAY_DAY.since, date(2026, 5, 2))
    }
    assert {day for day, found in asked.items() if found.whole.total == 4} == days
    assert {day for day, found in asked.items() if found.whole.total} == days


@pytest.mark.clause(90)
def test_a_corrected_occurrence_moves_the_leg_to_its_new_day_and_counts_it_once() -> None:
    first = report(120, occurred_earliest=after(-30), occurred_latest=after(-30))
    occurred = first.incident.facts.get(kind=FactKind.OCCURRED)
    earlier = NOON - minutes(24 * 60)
    correct_fact(
        fact=occurred,
        value={"earliest": earlier.isoformat(), "latest": earlier.isoformat()},
        reason="以病历为准",
        by=actor("330212-regulator"),
        at=after(5),
    )
    assert counted().whole.total == 0
    assert counted(since=date(2026, 4, 30), until=date(2026, 4, 30)).whole.total == 4
    assert counted(since=date(2026, 4, 30)).whole.total == 4


def test_a_county_is_narrowed_to_its_own_bearers() -> None:
    major()
    report(130, area=HAISHU, place_text="海曙酒家")
    assert [office.name for office in counted(county=county(HAISHU)).offices] == ["海曙区政府"]


def test_cost_is_bounded_by_the_period() -> None:
    major()
    before = read()
    for number in range(5):
        major(at=NOON + minutes(24 * 60 * (number + 2)), place_text=f"饭店{number}")
    assert read() == before
    for number in range(4):
        major(place_text=f"酒楼{number}")
    queries, rows = read()
    assert queries == before[0]
    assert rows > before[1]


def read() -> tuple[int, int]:
    """How many queries the statistics of one day take, and how many rows they read."""
    with CaptureQueriesContext(connection) as seen:
        counted()
    rows = 0
    with connection.cursor() as cursor:
        for query in seen.captured_queries:
            cursor.execute(query["sql"])
            rows += len(cursor.fetchall())
    return len(seen), rows


def test_a_clock_that_left_with_a_part_is_counted_where_it_goes_on() -> None:
    whole, by = report(60).incident, actor(OFFICE)
    part = report(60, area=HAISHU, place_text="海曙酒家").incident
    merge_incidents(whole=whole, part=part, reason="同源", by=by, at=after(10))
    split_incident(part=part, reason="不同源", by=by, at=after(20))
    running = Obligation.objects.filter(state=ObligationState.ARMED).exclude(ground=Ground.LEVELS)
    assert counted().whole.total == running.count() == 8
