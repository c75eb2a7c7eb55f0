"""The list of incidents: what an office may see, narrowed by what stands in the address (5.1(7))."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.support.pages import opened, url
from tests.support.people import login
from tests.support.reports import HAISHU, YINZHOU

pytestmark = pytest.mark.django_db
COUNTY, CITY = "330212-regulator", "city-fso"


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, COUNTY)
    return client


@pytest.fixture
def city(client: Client) -> Client:
    login(client, CITY)
    return client


def test_the_list_costs_the_same_with_one_and_with_fifty(desk: Client) -> None:
    opened(5)
    desk.get("/incidents/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/incidents/")
    for number in range(50):
        opened(5, place_text=f"{number:02d}号食堂")
    with CaptureQueriesContext(connection) as fifty:
        page = desk.get("/incidents/").text
    assert len(fifty) == len(one)
    assert "第 1 页，共 3 页，51 条" in page


def test_filters_stand_in_the_address_and_narrow_the_list(city: Client) -> None:
    grave = opened(120, place_text="甬江饭店")
    light = opened(5, place_text="姚江饭店")
    far = opened(35, area=HAISHU, place_text="月湖食堂")
    cases = {
        "level=III": [grave],
        "level=IV": [far],
        "level=below": [light],
        f"county={YINZHOU}": [grave, light],
        f"county={HAISHU}&level=III": [],
        "text=姚江": [light],
        f"text={far.number}": [far],
        "state=withdrawn": [],
        "level=nonsense&state=nonsense&page=-7": [grave, light, far],
        "text=%00&county=%00&level=%00&page=%00": [grave, light, far],
    }
    for query, expected in cases.items():
        page = city.get(f"/incidents/?{query}")
        assert page.status_code == 200, query
        shown = {case.number for case in (grave, light, far) if f"/incidents/{case.number}/" in page.text}
        assert shown == {case.number for case in expected}, query


def test_a_confirmed_level_above_the_facts_is_what_the_list_filters_by(city: Client) -> None:
    case = opened(5)
    city.post(url(case, "confirm"), {"level": "II", "note": "省政府认定", "reason": "电话评估"})
    assert case.number in city.get("/incidents/?level=II").text
    assert f"/incidents/{case.number}/" not in city.get("/incidents/?level=below").text
