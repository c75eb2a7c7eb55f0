"""The one store of what is watched: by page, table and interface, once each, and read together (4.1, 8.2)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions.keys import issue_key
from accounts.actors import SYSTEM
from accounts.models import Scope
from audit.clock import database_now
from monitoring.models import Observation, RiskyFood, Sharing, Way
from plan.monitoring import Feed, Stream
from tests.support.checksums import table_checksums
from tests.support.monitoring import HEALTH, REGULATOR, area, observation, observe
from tests.support.pages import typed
from tests.support.people import login, organisation
from tests.support.reports import HAISHU
from tests.support.signalling import seen, take

pytestmark = pytest.mark.django_db
API = "/api/v1/observations/"
HEADINGS = "编号,来源,监测内容,区域,采样或发生时间,食品,环节,项目或因素,检验结果,单位或地点,情况"
ROW = "CJ-9,抽检监测,食品中有害因素,鄞州区,2026-04-30,凉拌海蜇,消费,副溶血性弧菌,不合格,甬味轩,"


def key(office: str, **more: Any) -> str:
    """A department's key for what it watches."""
    at = database_now()
    issued = issue_key(
        organisation=organisation(office),
        label="抽检系统",
        expires_at=at + timedelta(days=1),
        scopes=[Scope.OBSERVE],
        by=SYSTEM,
        at=at,
        **more,
    )
    return issued.clear


def send(clear: str, *rows: dict[str, Any]) -> Any:
    headers = {"Authorization": f"Bearer {clear}"}
    body = json.dumps({"observations": list(rows)}).encode()
    return Client().post(API, body, content_type="application/json", headers=headers)


def stated(**more: Any) -> dict[str, Any]:
    said = {
        "reference": "CJ-1",
        "feed": "sampling",
        "area": "330212",
        "occurred_at": "2026-05-01T09:00:00+08:00",
        "food": "凉拌海蜇",
        "finding": "unqualified",
    }
    return said | more


@pytest.mark.clause(81, 174)
def test_a_departments_system_is_answered_row_by_row_and_known_when_it_comes_again() -> None:
    clear = key("city-agriculture")
    first = send(clear, stated(), stated(reference="CJ-2", feed="opinion"), {"reference": "CJ-3"})
    assert first.status_code == 207
    assert [row["fate"] for row in first.json()["results"]] == ["accepted", "refused", "refused"]
    assert first.json()["results"][1]["problem"]["code"] == "finding_of_sampling_alone"
    again = send(clear, stated()).json()["results"][0]
    assert (again["fate"], again["revision"]) == ("known", 1)
    corrected = send(clear, stated(finding="qualified")).json()["results"][0]
    assert (corrected["fate"], corrected["revision"]) == ("accepted", 2)
    kept = Observation.objects.order_by("pk")
    assert [(each.revision, each.way, each.intake_id is not None) for each in kept] == [
        (1, Way.API, True),
        (2, Way.API, True),
    ]


@pytest.mark.clause(81, 174)
def test_a_test_key_is_answered_and_stores_nothing() -> None:
    clear = key(REGULATOR, is_test=True)
    answer = send(clear, stated()).json()["results"][0]
    assert (answer["fate"], answer["is_test"]) == ("accepted", True)
    assert not Observation.objects.exists()


@pytest.mark.clause(81)
def test_a_county_records_its_own_area_alone() -> None:
    (fate,) = observe(observation(1, area=area(HAISHU)))
    assert fate.code == "area_out_of_reach"
    (city,) = observe(observation(1, area=area(HAISHU)), office="city-regulator")
    assert city.is_new


def upload(client: Client, text: str) -> Any:
    table = SimpleUploadedFile("t.csv", text.encode("utf-8-sig"))
    return client.post(reverse("monitoring:import_table"), {"table": table})


@pytest.mark.clause(81, 174)
def test_a_table_is_previewed_and_taken_whole_or_not_at_all(client: Client) -> None:
    login(client, REGULATOR)
    before = table_checksums()
    wrong = upload(client, f"{HEADINGS}\n{ROW}\n{ROW.replace('CJ-9', 'CJ-10').replace('鄞州区', '海曙区')}\n")
    assert "不是本单位负责的区域名称" in wrong.content.decode()
    assert wrong.context["carried"] == ""
    right = upload(client, f"{HEADINGS}\n{ROW}\n")
    assert "新增" in right.content.decode()
    assert table_checksums() == before
    for _twice in range(2):
        client.post(reverse("monitoring:confirm_table"), {"carried": right.context["carried"]})
    row = Observation.objects.get()
    assert (row.way, row.area, row.occurred_at.isoformat()) == (Way.FILE, area(), "2026-04-29T16:00:00+00:00")
    changed = upload(client, f"{HEADINGS}\n{ROW.replace('不合格', '合格')}\n")
    assert "更正原有" in changed.content.decode()


@pytest.mark.clause(174)
def test_one_is_recorded_by_page_and_twice_it_is_one(client: Client) -> None:
    login(client, REGULATOR)
    said = {
        "form_token": "7d0c1d3a-9a3c-4f9e-8f59-0f7c2f4a3b11",
        "feed": "complaint",
        "stream": "contamination",
        "area": "330212",
        "occurred_at": typed(),
        "food": "卤鸭",
    }
    for _twice in range(2):
        assert client.post(reverse("monitoring:new_observation"), said).status_code == 302
    assert Observation.objects.get().feed == Feed.COMPLAINT
    wrong = client.post(reverse("monitoring:new_observation"), said | {"feed": "sampling"})
    assert (wrong.status_code, "抽检监测须写检验结果" in wrong.content.decode()) == (422, True)


@pytest.mark.clause(80, 82, 174)
def test_feeds_and_signals_are_read_together_and_narrowed(client: Client) -> None:
    at = database_now()
    take(*(seen(number, at=at, place="慈湖酒楼") for number in (1, 2)), at=at)
    observe(
        observation(1, occurred_at=at),
        observation(
            2, occurred_at=at, feed=Feed.OPINION, stream=Stream.CONTAMINATION, finding=None, food="卤鸭"
        ),
        at=at,
    )
    observe(observation(1, occurred_at=at, area=area(HAISHU)), office="city-regulator", at=at)
    login(client, REGULATOR)
    with CaptureQueriesContext(
        connection,
    ) as few:
        shown = client.get(reverse("monitoring:overview")).context["shown"]
    assert (shown.total, shown.failed, shown.signal_count) == (2, 1, 1)
    tables = {name: {line.label: line.count for line in lines} for name, lines in shown.tables}
    assert tables["stream"] == {"食源性疾病": 0, "食品污染": 1, "食品中有害因素": 1}
    assert (tables["feed"]["舆情监测"], tables["stage"]["消费"], tables["food"]["卤鸭"]) == (1, 2, 1)
    narrowed = client.get(reverse("monitoring:overview"), {"feed": "opinion"}).context["shown"]
    assert (narrowed.total, narrowed.signal_count) == (1, 0)
    observe(*(observation(number, occurred_at=at) for number in range(10, 20)), at=at)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("monitoring:overview"))
    assert len(many) == len(few)
    login(client, "city-health")
    assert client.get(reverse("monitoring:overview")).context["shown"].total == 13


@pytest.mark.clause(81)
def test_who_takes_observations_as_a_file_stands_in_the_log(client: Client) -> None:
    at = database_now()
    observe(observation(1, occurred_at=at), at=at)
    login(client, HEALTH)
    answer = client.post(reverse("monitoring:export"))
    assert answer.content.startswith(b"PK")
    row = Sharing.objects.get()
    assert (row.receiver, row.rows) == (organisation(HEALTH), 1)
    assert "监测信息导出" in client.get(reverse("monitoring:sharing")).content.decode()


@pytest.mark.clause(79)
def test_a_food_of_high_risk_stands_under_its_stage_until_it_is_struck(client: Client) -> None:
    login(client, REGULATOR)
    said = {"food": "毛蚶", "stage": "trade", "area": "330212", "risk": "甲肝", "supervision": "每周抽检"}
    client.post(reverse("monitoring:new_food"), said)
    stages = client.get(reverse("monitoring:foods")).context["stages"]
    assert len(stages) == 8
    assert {stage.value: [row.food for row in rows] for stage, _office, rows in stages if rows} == {
        "trade": ["毛蚶"]
    }
    again = client.post(reverse("monitoring:new_food"), said)
    assert again.status_code == 409
    food = RiskyFood.objects.get()
    client.post(reverse("monitoring:strike_food", args=[food.pk]), {"reason": "已禁售"})
    assert all(not rows for _s, _o, rows in client.get(reverse("monitoring:foods")).context["stages"])
    assert RiskyFood.objects.get().struck_reason == "已禁售"


@pytest.mark.clause(175)
def test_a_volunteer_without_an_account_reaches_the_countys_regulator(client: Client) -> None:
    page = client.get(reverse("monitoring:helpers_word"))
    said = {
        "form_token": str(page.context["form"].initial["form_token"]),
        "helper": "volunteer",
        "area": "330212",
        "place_text": "东门菜场",
        "summary": "露天销售毛蚶",
    }
    for _twice in range(2):
        assert "已收到" in client.post(reverse("monitoring:helpers_word"), said).content.decode()
    row = Observation.objects.get()
    assert (row.organisation.code, row.way, row.helper, row.stream) == (
        REGULATOR,
        Way.HELPER,
        "volunteer",
        "",
    )
    statuses = [
        client.post(
            reverse("monitoring:helpers_word"),
            said | {"form_token": f"00000000-0000-4000-8000-{number:012d}"},
        ).status_code
        for number in range(10)
    ]
    assert statuses == [*[200] * 9, 409]
    assert Observation.objects.count() == 10
