"""Counties register their plans, which must fit the city's, and what inspections find is followed to its end (9.1)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from editions.actions.counties import follow_finding, record_inspection, register_county_plan
from editions.models import CountyPlan, Finding, FindingStepKind, Inspection
from plan.county_plans import CountyPoint, InspectionSubject
from tests.support.clocks import OFFICE
from tests.support.people import actor, login
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON, YINZHOU, county

pytestmark = [pytest.mark.django_db, pytest.mark.clause(185)]

AGREES: Mapping[CountyPoint, str] = dict.fromkeys(CountyPoint, "")
HERE, ELSEWHERE = f"{YINZHOU}-fso", f"{HAISHU}-fso"
QUERIES = 12
MENDED, VERIFIED, REJECTED = FindingStepKind.MENDED, FindingStepKind.VERIFIED, FindingStepKind.REJECTED


@pytest.fixture(autouse=True)
def _offices(db: None) -> None:
    """The people exist beforehand, so that what is refused finds every table as it was."""
    for office in (HERE, ELSEWHERE, OFFICE, f"{YINZHOU}-regulator"):
        actor(office)


def registered(**more: Any) -> CountyPlan:
    said = {"number": "鄞政办〔2022〕3号", "issued_on": date(2022, 3, 1), "numbers": {}, "points": AGREES}
    return register_county_plan(county=county(), **{"by": actor(HERE), **said, **more}, at=NOON)


def inspected(**more: Any) -> Inspection:
    said: dict[str, Any] = {
        "county": county(),
        "held_on": date(2026, 4, 1),
        "subjects": [InspectionSubject.DRAFTING],
        "bureau_people": "王某",
        "summary": "查阅文本",
        "findings": ["缺少附件", ""],
        "by": actor(OFFICE),
        "at": NOON,
    }
    return record_inspection(**{**said, **more})


def step(finding: Finding, kind: FindingStepKind, office: str, minute: int) -> None:
    follow_finding(
        finding=finding, kind=kind, note="已补", by=actor(office), at=NOON + timedelta(minutes=minute)
    )


def test_numbers_are_compared_by_the_machine_and_points_by_people(client: Client) -> None:
    login(client, HERE)
    registered(numbers={"ill_for_iii": 80, "ill_for_iv": 30})
    text = client.get("/plan/counties/").content.decode()
    assert "1 处不一致" in text
    assert ">80<" in text
    registered(number="鄞政办〔2023〕1号", points={**AGREES, CountyPoint.GROUPS: "少设一组"})
    text = client.get("/plan/counties/").content.decode()
    assert "少设一组" in text
    assert "鄞政办〔2022〕3号" not in text
    registered(number="鄞政办〔2024〕1号", numbers={"ill_for_iii": 100})
    assert "一致" in client.get("/plan/counties/").content.decode()


def test_a_plan_is_registered_by_its_own_county_whole() -> None:
    with refused("outside_jurisdiction", 403, "5.1(7)"):
        registered(by=actor(ELSEWHERE))
    with refused("office_lacks_right", 403, "3.2"):
        registered(by=actor(f"{YINZHOU}-regulator"))
    with refused("point_left_out", 422, "9.1"):
        registered(points={CountyPoint.SCOPE: ""})
    with refused("not_a_number_of_the_plan", 422, "9.1"):
        registered(numbers={"ill_for_v": 3})


@pytest.mark.clause(186)
def test_a_finding_goes_from_mended_to_verified_and_back_if_it_was_not() -> None:
    finding = inspected().findings.get()
    for office, kind in ((HERE, MENDED), (OFFICE, REJECTED), (HERE, MENDED), (OFFICE, VERIFIED)):
        step(finding, kind, office, minute=finding.steps.count())
    assert [each.kind for each in finding.steps.order_by("pk")] == [MENDED, REJECTED, MENDED, VERIFIED]
    with refused("not_the_next_step", 409, "9.1"):
        step(finding, MENDED, HERE, minute=9)


@pytest.mark.clause(186)
def test_inspections_are_held_with_the_bureau_and_looked_at_again_by_the_inspectors() -> None:
    with refused("inspected_alone", 422, "9.1"):
        inspected(bureau_people=" ")
    with refused("office_lacks_right", 403, "3.2"):
        inspected(by=actor(HERE))
    finding = inspected().findings.get()
    with refused("not_the_next_step", 409, "9.1"):
        step(finding, VERIFIED, OFFICE, minute=1)
    with refused("outside_jurisdiction", 403, "5.1(7)"):
        step(finding, MENDED, ELSEWHERE, minute=1)
    step(finding, MENDED, HERE, minute=1)
    with refused("office_lacks_right", 403, "3.2"):
        step(finding, VERIFIED, HERE, minute=2)


@pytest.mark.clause(186)
def test_pages_show_a_county_its_own_and_the_city_all(client: Client) -> None:
    finding = inspected().findings.get()
    login(client, ELSEWHERE)
    assert "缺少附件" not in client.get("/plan/counties/").content.decode()
    assert client.get(f"/plan/findings/{finding.pk}/").status_code == 404
    login(client, HERE)
    assert "待整改" in client.get("/plan/counties/").content.decode()
    posted = client.post(f"/plan/findings/{finding.pk}/", {"kind": "mended", "note": "附件已补"})
    assert posted.status_code == 302
    login(client, OFFICE)
    assert "附件已补" in client.get("/plan/counties/").content.decode()
    empty = client.post("/plan/inspections/new/", {"county": YINZHOU, "summary": "看过"})
    assert empty.status_code == 422
    assert "看过" in empty.content.decode()


@pytest.mark.parametrize("rows", [1, 4])
def test_the_page_asks_as_often_however_many_plans_and_inspections(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    login(client, OFFICE)
    for number in range(rows):
        registered(number=f"{number}号")
        inspected(held_on=date(2026, 1, 1 + number), findings=[f"问题{n}" for n in range(rows)])
    client.get("/plan/counties/")
    with django_assert_num_queries(QUERIES):
        client.get("/plan/counties/")
