"""Facts on the incident page: entered, corrected, refused (5.1, 5.2)."""

from datetime import timedelta

import pytest
from django.test import Client

from audit.clock import database_now
from incidents.actions.facts import record_facts
from incidents.models import Fact, FactKind, Incident
from plan.levels import IncidentLevel
from reporting.models import Obligation
from tests.support.checksums import table_checksums
from tests.support.pages import opened, typed, url
from tests.support.people import actor, login
from tests.support.reports import people

pytestmark = pytest.mark.django_db
COUNTY, CITY = "330212-regulator", "city-fso"


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, COUNTY)
    return client


def test_a_new_total_says_what_it_includes_and_settles_the_overlap(desk: Client) -> None:
    case = opened(45)
    own = people(60, at=database_now(), count_kind="own")
    record_facts(incident=case, entries=[own], by=actor("330212-health"), at=database_now())
    assert "可能有人被重复计入" in desk.get(url(case)).text
    form = desk.get(url(case, "facts") + "?kind=illness_count").text
    stated = Fact.objects.filter(incident=case, kind=FactKind.ILLNESS)
    assert all(f'value="{fact.pk}"' in form for fact in stated)
    said = {
        "value": "70",
        "count_kind": "total",
        "includes": [str(fact.pk) for fact in stated],
        "as_of": typed(),
        "certainty": "probable",
    }
    page = desk.post(url(case, "facts") + "?kind=illness_count", said, follow=True).text
    assert "已登记，系统已重新评估。" in page
    assert "发病 70 人" in page
    assert "可能有人被重复计入" not in page


@pytest.mark.clause(26)
def test_a_finding_is_recorded_by_an_office_that_fixes_levels(client: Client) -> None:
    case = opened(5)
    said = {
        "body": "city",
        "document": "甬政〔2026〕1号",
        "as_of": typed(),
        "certainty": "confirmed",
    }
    address = url(case, "facts") + "?kind=determined_by"
    login(client, COUNTY)
    assert 'value="determined_by"' not in client.get(url(case)).text
    assert client.post(address, said).status_code == 403
    login(client, CITY)
    assert 'value="determined_by"' in client.get(url(case)).text
    client.post(address, said)
    assert Incident.objects.get().proposed_level == IncidentLevel.III


@pytest.mark.parametrize(
    ("kind", "said", "stored"),
    [
        ("death_count", {"value": "1", "count_kind": "total"}, 1),
        ("counties_affected", {"value": "2"}, 2),
        ("spreading", {"value": "yes"}, True),
        ("contaminated_food_present", {"value": "no"}, False),
        ("health_damage", {"value": "serious"}, "serious"),
        ("place", {"value": "甬江饭店二楼"}, {"text": "甬江饭店二楼"}),
        ("stage", {"value": "consumption"}, "consumption"),
        ("suspect_food", {"value": "凉菜"}, "凉菜"),
        ("suspect_agent", {"value": "VPARA"}, "VPARA"),
        ("suspect_agent", {"other": "副溶血性弧菌"}, "VPARA"),
        ("suspect_agent", {"other": "某种毒素"}, "某种毒素"),
        ("sensitive", {"value": "学校附近"}, {"reason": "学校附近"}),
    ],
)
def test_each_kind_of_fact_has_its_own_field(
    desk: Client, kind: str, said: dict[str, str], stored: object
) -> None:
    case = opened(5)
    address = f"{url(case, 'facts')}?kind={kind}"
    assert desk.get(address).status_code == 200
    sent = desk.post(address, {**said, "as_of": typed(), "certainty": "suspected"}, follow=True)
    assert "已登记" in sent.text
    assert Fact.objects.filter(incident=case, kind=kind).latest("pk").value == stored


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("counties_affected", {"value": "0"}),
        ("illness_count", {"value": "99999999", "count_kind": "total"}),
        ("illness_count", {"value": "5", "count_kind": "total", "includes": ["999999"]}),
        ("health_damage", {"value": "mild"}),
        ("suspect_agent", {"other": "弧" * 21}),
        ("suspect_agent", {"value": "VPARA", "other": "某种毒素"}),
        ("suspect_agent", {}),
        ("suspect_food", {"value": "凉\x00菜"}),
        ("occurred", {"earliest": "2026-01-02T00:00", "latest": "2026-01-01T00:00"}),
        ("death_count", {"value": "1", "count_kind": "total", "happened_at": "2099-01-01T00:00"}),
        ("spreading", {"value": "maybe"}),
    ],
)
def test_a_fact_that_cannot_be_is_refused_and_changes_nothing(
    desk: Client, kind: str, said: dict[str, object]
) -> None:
    case = opened(5)
    before = table_checksums()
    sent = {**said, "as_of": typed(), "certainty": "suspected"}
    refused = desk.post(f"{url(case, 'facts')}?kind={kind}", sent)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert table_checksums() == before


def test_an_unknown_kind_of_fact_leads_nowhere(desk: Client) -> None:
    assert desk.get(url(opened(5), "facts") + "?kind=weather").status_code == 404


@pytest.mark.clause(90)
def test_a_correction_keeps_the_old_value_in_sight(desk: Client) -> None:
    case = opened(120)
    fact = Fact.objects.get(incident=case, kind=FactKind.ILLNESS)
    address = url(case, "facts", str(fact.pk), "correct")
    assert 'value="120"' in desk.get(address).text
    assert desk.post(address, {"value": "12", "reason": ""}).status_code == 422
    page = desk.post(address, {"value": "12", "reason": "多写一个零"}, follow=True).text
    assert "多写一个零" in page
    assert "12人" in page
    assert "120人" in page
    again = desk.post(address, {"value": "13", "reason": "再改"})
    assert again.status_code == 409


def test_the_time_of_occurrence_is_corrected_as_an_interval(desk: Client) -> None:
    case = opened(120)
    fact = Fact.objects.get(incident=case, kind=FactKind.OCCURRED)
    address = url(case, "facts", str(fact.pk), "correct")
    assert 'type="datetime-local"' in desk.get(address).text
    earlier = typed(database_now() - timedelta(hours=3))
    desk.post(address, {"earliest": earlier, "latest": "", "reason": "患者回忆"})
    assert Obligation.objects.filter(clause="5.1(8)", state="superseded").count() == 4
