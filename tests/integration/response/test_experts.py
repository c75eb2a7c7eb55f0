"""市食药安办 keeps the pool of experts; whoever assesses appoints them; an opinion names who signed it (3.4.6, 6.1, 6.3.4)."""

import pytest
from django.test import Client

from plan.levels import IncidentLevel
from response.actions.confirming import confirm_on_assessment
from response.actions.experts import appoint_expert, drop_expert, keep_expert
from response.models import Expert, ExpertAppointment
from response.response_page import response_page
from response.selectors.recovery import latest_report
from tests.support.pages import opened, url
from tests.support.people import actor, login
from tests.support.refusals import refused
from tests.support.reports import NOON, YINZHOU, incident, minutes
from tests.support.response import weigh_all

pytestmark = [pytest.mark.django_db, pytest.mark.clause(72)]
OFFICE, COUNTY = "city-fso", f"{YINZHOU}-fso"


def kept(by: str = OFFICE, field: str = "微生物") -> Expert:
    return keep_expert(name="王某", unit="市疾控中心", field=field, by=actor(by), at=NOON)


def test_the_city_office_alone_keeps_the_pool() -> None:
    actor(COUNTY)
    with refused("office_lacks_right", 403, "3.2"):
        kept(by=COUNTY)
    actor(OFFICE)
    with refused("expert_incomplete", 422, "3.4.6"):
        kept(field=" ")
    assert kept() == kept()


def test_who_assesses_appoints_once_and_only_from_the_pool() -> None:
    found, expert, by = incident(120), kept(), actor(COUNTY)
    first = appoint_expert(incident=found, expert=expert, by=by, at=NOON)
    assert appoint_expert(incident=found, expert=expert, by=actor(OFFICE), at=NOON) == first
    health = actor("city-health")
    with refused("office_lacks_right", 403, "3.2"):
        appoint_expert(incident=found, expert=expert, by=health, at=NOON)
    drop_expert(expert=expert, by=actor(OFFICE), at=NOON)
    with refused("expert_left", 409, "3.4.6"):
        appoint_expert(incident=found, expert=expert, by=by, at=NOON)
    assert kept() != expert


def test_the_pool_and_the_appointment_by_forms(client: Client) -> None:
    found = opened(120)
    login(client, OFFICE)
    assert client.post("/experts/", {"name": "王某"}).status_code == 422
    said = {"name": "王某", "unit": "市疾控中心", "field": "微生物"}
    assert client.post("/experts/", said).status_code == 302
    expert = Expert.objects.get()
    address = url(found, "response", "appoint-expert")
    assert client.post(address, {"expert": ""}).status_code == 422
    assert client.post(address, {"expert": str(expert.pk)}).status_code == 302
    assert "市疾控中心" in client.get(url(found, "response")).content.decode()
    assert client.post(f"/experts/{expert.pk}/drop/").status_code == 302
    assert "市疾控中心" not in client.get("/experts/").content.decode()
    assert ExpertAppointment.objects.count() == 1


@pytest.mark.clause(106)
def test_an_assessment_shows_the_facts_it_counted_and_the_level_fixed_on_it() -> None:
    found, by = incident(120), actor(OFFICE)
    weigh_all(found)
    basis = response_page(found, by, NOON).basis
    (ill,) = [figure for figure in basis.figures if figure.total is not None]
    assert (ill.total, [fact.value for fact in ill.facts]) == (120, [120])
    assert list(basis.levels) == []
    confirm_on_assessment(
        incident=found, level=IncidentLevel.III, report=latest_report(found), by=by, at=NOON + minutes(1)
    )
    (level,) = response_page(found, by, NOON + minutes(1)).basis.levels
    assert level.confirmation.level == IncidentLevel.III
    weigh_all(found, at=NOON + minutes(2))
    assert list(response_page(found, by, NOON + minutes(2)).basis.levels) == []


def test_the_pools_page_is_for_those_who_appoint(client: Client) -> None:
    login(client, "city-police")
    assert client.get("/experts/").status_code == 403
    login(client, COUNTY)
    page = client.get("/experts/").content.decode()
    assert "加入专家库" not in page
