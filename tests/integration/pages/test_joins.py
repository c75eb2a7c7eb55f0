"""A proposed join on the page: decided with a reason, by those it concerns (A12)."""

import pytest
from django.test import Client

from incidents.models import Incident, IncidentStatus, JoinProposal
from tests.support.checksums import table_checksums
from tests.support.pages import opened, url
from tests.support.people import login
from tests.support.reports import HAISHU

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, "330212-regulator")
    return client


@pytest.mark.clause(20)
def test_a_proposed_join_is_decided_with_a_reason(desk: Client) -> None:
    first = opened(60, place_text="甬江大饭店")
    second = opened(50, place_text="甬江大饭店")
    proposal = JoinProposal.objects.get()
    assert "可能与另一起事故是同一起" in desk.get(url(second)).text
    address = f"/joins/{proposal.pk}/"
    before = table_checksums()
    assert desk.post(address, {"decision": "accept", "reason": ""}).status_code == 422
    assert desk.post(address, {"decision": "", "reason": "同一家"}).status_code == 422
    assert table_checksums() == before
    desk.post(address, {"decision": "accept", "reason": "同一家店同一餐"})
    assert Incident.objects.get(pk=second.pk).status == IncidentStatus.MERGED
    assert "这起事故已并入" in desk.get(url(second)).text
    assert f"{first.number}" in desk.get(url(second)).text
    assert desk.post(address, {"decision": "decline", "reason": "看错"}).status_code == 409


def test_a_proposed_join_is_hidden_from_other_counties(client: Client) -> None:
    opened(60, place_text="甬江大饭店")
    opened(50, place_text="甬江大饭店")
    login(client, f"{HAISHU}-regulator")
    address = f"/joins/{JoinProposal.objects.get().pk}/"
    assert client.get(address).status_code == 404
    assert client.get("/joins/999999999999999999999/").status_code == 404
