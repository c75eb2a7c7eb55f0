"""The outbreak's page: who counts by which definition, for whom it is shown, and how many queries it takes (A12)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from audit.models import AuditEvent
from incidents.actions.histories import record_food_histories
from incidents.actions.merging import merge_incidents
from incidents.epi.attack import FoodTable, PersonHistory
from incidents.models import CaseDefinition, Certainty, FoodHistory, Incident
from tests.integration.incidents.test_persons import PLACE, known, send
from tests.support.hospital import Hospital
from tests.support.pages import url
from tests.support.people import actor, login
from tests.support.refusals import refused
from tests.support.reports import restaurant

pytestmark = [pytest.mark.django_db, pytest.mark.clause(25)]

TABLE = FoodTable(food="凉菜", ate_ill=1, ate_well=0, not_ill=0, not_well=1)
PERSON = PersonHistory(ill=True, ate={"凉菜": True})
SICK, OTHER = {"symptoms": ["腹泻"]}, {"symptoms": ["头痛"]}


@pytest.fixture
def reported() -> Incident:
    restaurant(PLACE["name"])
    send(Hospital("hosp-yinzhou-people"), [known(n, **SICK) for n in range(5)] + [known(9, **OTHER)])
    send(Hospital("hosp-first"), [known(n, local_id=f"H-{n}", **OTHER) for n in range(20, 22)])
    whole, part = Incident.objects.order_by("pk")
    given: dict[str, Any] = {"reason": "同一餐", "by": actor("city-fso"), "at": database_now()}
    return merge_incidents(whole=whole, part=part, **given)


def define(client: Client, found: Incident, **said: Any) -> int:
    fields = {"counts": Certainty.values, "counts_secondary": "on", "reason": "现场调查", **said}
    return client.post(url(found, "outbreak", "definition"), fields).status_code


def shown(client: Client, found: Incident, *parts: str) -> str:
    return client.get(url(found, *parts)).content.decode()


def test_a_definition_by_form_is_said_on_both_pages(client: Client, reported: Incident) -> None:
    login(client, "330212-health")
    assert "还没有病例定义，病例清单中的8例全部计入。" in shown(client, reported, "outbreak")
    assert define(client, reported, symptoms_1=["腹泻"], place="甬江") == 302
    page = shown(client, reported, "outbreak")
    for said in ("按病例定义第1版计5例，另3例未计。", "其中5例有条件尚无资料", "临床标准", "现场调查"):
        assert said in page
    assert "按病例定义第1版计5例，另3例未计。" in shown(client, reported)
    assert define(client, reported, symptoms_1=["腹泻", "恶心"]) == 302
    assert "以前各版" in shown(client, reported, "outbreak")
    definition = CaseDefinition.objects.latest("pk")
    assert (definition.version, definition.symptoms) == (2, ["恶心", "腹泻"])
    form = shown(client, reported, "outbreak", "definition")
    assert form.count("checked") == 6


def test_records_are_listed_to_offices_of_the_hospitals_county_and_counted_for_all(
    client: Client, reported: Incident
) -> None:
    login(client, "city-health")
    assert define(client, reported, symptoms_1=["腹泻"]) == 302
    page = shown(client, reported, "outbreak")
    assert "H-20" in page
    assert "A-9" in page
    login(client, "330212-regulator")
    page = shown(client, reported, "outbreak")
    assert "另3例未计" in page
    assert "A-9" in page
    assert "H-20" not in page
    login(client, "330212-gov")
    page = shown(client, reported, "outbreak")
    assert "另3例未计" in page
    assert "A-9" not in page


@pytest.mark.parametrize(
    ("said", "code"),
    [({"reason": ""}, 422), ({"counts": []}, 422), ({"onset_from": "2999-01-01T00:00"}, 422)],
)
def test_what_is_missing_is_said_on_the_form(
    client: Client, reported: Incident, said: dict[str, Any], code: int
) -> None:
    login(client, "330212-fso")
    assert define(client, reported, **said) == code
    assert not CaseDefinition.objects.exists()


def test_many_cases_cost_no_more_queries_than_few(client: Client, reported: Incident) -> None:
    login(client, "city-fso")
    define(client, reported, symptoms_1=["腹泻"])

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url(reported, "outbreak")).status_code == 200
        return len(seen)

    few = queries()
    send(Hospital("hosp-lihuili"), [known(n, **(SICK if n % 2 else OTHER)) for n in range(100, 140)])
    assert queries() == few


def test_the_curve_and_its_table_say_the_same_and_secondary_cases_stand_apart(client: Client) -> None:
    restaurant(PLACE["name"])
    hour = database_now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=20)
    ate = {"eaten_at": hour.isoformat(), "place_eaten": "张家", "place_kind": "家庭"}
    onsets = [hour + timedelta(hours=n) for n in (2, 3, 3, 4)]
    listed = [known(n, onset_at=at.isoformat(), exposures=[ate]) for n, at in enumerate(onsets)]
    late = (hour + timedelta(hours=15)).isoformat()
    send(Hospital(), [*listed, known(9, onset_at=late, is_secondary=True), known(10, onset_at=None)])
    found = Incident.objects.get()
    login(client, "330212-cdc")
    page = client.get(url(found, "outbreak"), {"by": "place", "size": "1"}).content.decode()
    drawn = [int(count) for count in re.findall(r'data-count="(\d+)"', page)]
    assert sorted(drawn) == [1, 1, 1, 2]
    for said in (
        "家庭 4",
        "二代1",
        "另有1例没有发病时间",
        "2小时",
        "3小时",
        "<strong>金黄色葡萄球菌肠毒素</strong>",
    ):
        assert said in page
    assert "张家" not in page
    assert "鄞州" in client.get(url(found, "outbreak"), {"by": "hospital", "size": "x"}).content.decode()


def test_food_histories_pasted_by_person_or_food_give_rates_and_errors_name_the_line(
    client: Client, reported: Incident
) -> None:
    login(client, "330212-cdc")
    address = url(reported, "outbreak", "histories")
    lines = ["发病,凉菜,米饭", *["1,1,1"] * 6, *["1,0,"] * 2, *["0,1,1"] * 2, *["0,0,0"] * 8]
    wrong = client.post(address, {"people": "发病,凉菜\n1,1\n2,0", "source": "全部就餐者"})
    assert wrong.status_code == 422
    assert "第3行" in wrong.content.decode()
    assert client.post(address, {"tables": "凉菜,6,2,x,8", "source": "全部就餐者"}).status_code == 422
    assert not FoodHistory.objects.exists()
    assert client.post(address, {"people": "\n".join(lines), "source": "全部就餐者"}).status_code == 302
    page = shown(client, reported, "outbreak")
    # 6 of 8 against 2 of 10, and rice, of which two did not know: 6 of 8 against 0 of 8.
    for said in ("75%", "20%", "3.75", "95%CI", "加0.5校正", "13", "全部就餐者"):
        assert said in page
    assert client.post(address, {"tables": "凉菜 6 2 2 8", "source": "全部就餐者"}).status_code == 302
    assert list(FoodHistory.objects.values_list("version", flat=True)) == [1, 2]
    assert AuditEvent.objects.filter(action="incidents.record_food_histories").count() == 2


@pytest.mark.parametrize(
    ("given", "code", "status"),
    [
        ({"source": "问卷"}, "histories_invalid", 422),
        ({"source": " ", "tables": (TABLE,)}, "histories_without_source", 422),
        ({"source": "问卷", "tables": (TABLE, TABLE)}, "histories_invalid", 422),
        ({"source": "问卷", "tables": (TABLE,), "people": (PERSON,)}, "histories_invalid", 422),
    ],
)
def test_histories_that_cannot_be_are_refused(
    reported: Incident, given: dict[str, Any], code: str, status: int
) -> None:
    by = actor("330212-cdc")
    with refused(code, status, "3.4.2"):
        record_food_histories(incident=reported, **given, by=by, at=database_now())
