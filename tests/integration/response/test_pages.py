"""The response page: what runs and what is missing, each act by its form, and why what can't be done can't (3, 6)."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from incidents.fixing import fix_level
from incidents.models import Incident
from plan.levels import IncidentLevel, ResponseLevel
from response.actions.commands import issue_command
from response.doings import DOINGS
from response.models import CommandAddressee, CommandKind, Decision, Response, ResponseDuty
from response.response_page import SECTIONS
from tests.support.pages import opened, typed
from tests.support.people import actor, holding, login, organisation
from tests.support.reports import YINZHOU
from tests.support.response import active, weigh_all

pytestmark = pytest.mark.django_db
OFFICE, GOVERNMENT, COMMISSION = "city-fso", "city-gov", "city-commission"


def page(client: Client, found: Incident, office: str) -> str:
    login(client, office)
    return client.get(f"/incidents/{found.number}/response/").content.decode()


def send(client: Client, found: Incident, office: str, slug: str, **said: Any) -> int:
    """Send an act's form; after success the browser is led back to the response page."""
    login(client, office)
    answer = client.post(f"/incidents/{found.number}/response/{slug}/", said)
    if answer.status_code == 302:
        assert answer["Location"] == f"/incidents/{found.number}/response/"
    return answer.status_code


def word(**more: Any) -> Mapping[str, Any]:
    given = {
        "decider": "王某",
        "capacity": "分管副市长",
        "given_at": typed(),
        "form": "paper",
        "document": "1号",
    }
    return {**given, **more}


@pytest.mark.clause(106, 116, 39, 33, 38, 149, 150, 156)
def test_a_response_from_first_assessment_to_its_end_by_forms(client: Client) -> None:
    found = opened(120)
    parts = {"harm": "轻", "extent": "一家", "trend": "平稳", "present_level": "IV"}
    assert send(client, found, OFFICE, "assess", **parts) == 302
    fix_level(incident=found, level=IncidentLevel.III, by=actor(OFFICE), at=database_now())
    assert send(client, found, OFFICE, "apply-activation", level="III", note="请批准") == 302
    assert send(client, found, GOVERNMENT, "answer-activation", level="III", answer="yes", **word()) == 302
    assert send(client, found, COMMISSION, "activate", level="III") == 302
    response = Response.objects.get()
    in_charge = {"holding": holding(GOVERNMENT).pk, "basis": "in_charge"}
    assert send(client, found, GOVERNMENT, "commander", **in_charge, **word()) == 302
    order = {"title": "封存", "text": "立即封存", "addressees": ["city-health"], "must_act": "on"}
    assert send(client, found, COMMISSION, "order", **order) == 302
    team = {"leader": "张某", "members": "李某\n赵某", "left_at": typed()}
    assert send(client, found, COMMISSION, "team", **team) == 302
    duty = ResponseDuty.objects.get(response=response, code="report_party")
    assert send(client, found, OFFICE, f"duty/{duty.pk}", receiver="陈某") == 302
    findings = {"conditions": ["6.4.2(3)"], "harm_controlled": "平息", "no_more_handling": "专家意见"}
    assert send(client, found, OFFICE, "propose-end", **findings) == 409
    assert send(client, found, OFFICE, "assess", **parts) == 302
    assert send(client, found, OFFICE, "propose-end", **findings) == 409
    assert send(client, found, OFFICE, "assess", **parts, conditions=["6.4.2(3)"]) == 302
    assert send(client, found, OFFICE, "propose-end", **findings) == 302
    proposal = Decision.objects.get(step="propose")
    assert send(client, found, OFFICE, f"answer-end/{proposal.pk}", answer="yes") == 403
    assert send(client, found, GOVERNMENT, f"answer-end/{proposal.pk}", answer="yes") == 302
    assert "已终止" in page(client, found, OFFICE)


@pytest.mark.clause(113, 116)
def test_what_cannot_be_done_is_greyed_with_the_reason_and_the_clause(client: Client) -> None:
    found = opened(120)
    shown = page(client, found, COMMISSION)
    assert "尚未评估为较大食品安全事故" in shown
    assert "启动Ⅲ级的步骤" in shown
    assert send(client, found, COMMISSION, "activate", level="III") == 409
    assert send(client, found, f"{YINZHOU}-fso", "activate", level="III") == 403
    login(client, COMMISSION)
    refused = client.get(f"/incidents/{found.number}/response/activate/")
    assert refused.status_code == 409
    assert Response.objects.count() == 0


@pytest.mark.clause(150)
def test_the_end_is_not_offered_before_the_response_is_assessed(client: Client) -> None:
    found = active(ResponseLevel.III, at=database_now()).incident
    assert "终止建议须以评估为依据" in page(client, found, OFFICE)
    assert client.get(f"/incidents/{found.number}/response/propose-end/").status_code == 422
    weigh_all(found, at=database_now())
    assert "终止建议须以评估为依据" not in page(client, found, OFFICE)
    assert client.get(f"/incidents/{found.number}/response/propose-end/").status_code == 200


def test_every_act_has_its_place_on_the_page_or_beside_its_row() -> None:
    placed = {slug for slugs in SECTIONS.values() for slug in slugs}
    assert placed == {slug for slug, doing in DOINGS.items() if not doing.of_row}


@pytest.mark.clause(33)
def test_an_addressee_signs_for_an_order_and_reports_what_was_done(client: Client) -> None:
    response = active(ResponseLevel.III, at=database_now())
    issue_command(
        response=response,
        kind=CommandKind.ORDER,
        title="封存",
        text="立即封存",
        addressees=[organisation("city-agriculture")],
        by=actor(COMMISSION),
        at=database_now(),
    )
    row = CommandAddressee.objects.get()
    login(client, "city-health")
    assert client.get(f"/orders/{row.pk}/").status_code == 404
    login(client, "city-agriculture")
    assert "立即封存" in client.get(f"/orders/{row.pk}/").content.decode()
    assert client.post(f"/orders/{row.pk}/").status_code == 302
    assert client.post(f"/orders/{row.pk}/", {"outcome": ""}).status_code == 422
    assert client.post(f"/orders/{row.pk}/", {"outcome": "已封存"}).status_code == 302
    row.refresh_from_db()
    assert (row.received_by, row.outcome) == (row.executed_by, "已封存")
    assert "已封存" in page(client, response.incident, OFFICE)


def test_the_page_asks_the_database_as_often_for_much_as_for_little(client: Client) -> None:
    response = active(ResponseLevel.III, at=database_now())
    address = f"/incidents/{response.incident.number}/response/"
    login(client, COMMISSION)
    client.get(address)

    def issued(number: int) -> int:
        for _each in range(number):
            issue_command(
                response=response,
                kind=CommandKind.CIRCULAR,
                title="通报",
                text="通报",
                addressees=[organisation("city-agriculture"), organisation("city-health")],
                by=actor(COMMISSION),
                at=database_now(),
            )
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    assert issued(1) == issued(6)
