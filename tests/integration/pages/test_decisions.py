"""Findings, further counties, and receipts that were written down wrong (A51, A57, 5.1)."""

from datetime import timedelta

import pytest
from django.test import Client

from audit.clock import database_now
from incidents.models import Incident, IncidentStatus, InvolvedCounty
from reporting.actions.deliveries import record_delivery
from reporting.models import Delivery, Obligation, ObligationState
from tests.support.checksums import table_checksums
from tests.support.pages import opened, typed, url
from tests.support.people import actor, login, organisation
from tests.support.reports import HAISHU

pytestmark = pytest.mark.django_db
COUNTY = "330212-regulator"


@pytest.fixture
def desk(client: Client) -> Client:
    login(client, COUNTY)
    return client


def delivered(case: Incident) -> Delivery:
    """A call that has just been recorded."""
    at = database_now()
    return record_delivery(
        incident=case,
        bearer=organisation("330212-gov"),
        recipient=organisation("city-duty"),
        leg="phone",
        received_at=at,
        receiver="陈值班",
        by=actor(COUNTY),
        at=at,
    )


@pytest.mark.clause(9)
def test_the_city_office_finds_that_it_is_no_incident(client: Client) -> None:
    case = opened()
    address = url(case, "no-incident")
    login(client, "city-fso")
    assert address in client.get(url(case)).text
    before = table_checksums()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert table_checksums() == before
    page = client.post(address, {"reason": "系晕车，与食品无关"}, follow=True).text
    assert Incident.objects.get().status == IncidentStatus.NOT_AN_INCIDENT
    assert "系晕车，与食品无关" in page
    assert not Obligation.objects.filter(state=ObligationState.ARMED, clause="5.1(8)").exists()
    assert client.post(address, {"reason": "再认定"}).status_code == 409


def test_a_regulator_makes_no_finding(desk: Client) -> None:
    case = opened()
    assert url(case, "no-incident") not in desk.get(url(case)).text
    assert desk.post(url(case, "no-incident"), {"reason": "误报"}).status_code == 403


@pytest.mark.clause(100)
def test_a_county_of_harm_comes_to_see_and_to_owe(desk: Client) -> None:
    case = opened()
    address = url(case, "counties")
    assert desk.post(address, {"county": HAISHU, "role": ""}).status_code == 422
    assert "海曙区" in desk.post(address, {"county": HAISHU, "role": "harm"}, follow=True).text
    assert InvolvedCounty.objects.filter(incident=case).count() == 2
    assert Obligation.objects.filter(bearer__code=f"{HAISHU}-gov").count() == 4
    login(desk, f"{HAISHU}-regulator")
    assert desk.get(url(case)).status_code == 200


@pytest.mark.clause(90)
def test_a_wrong_receipt_is_corrected_with_a_reason(desk: Client) -> None:
    case = opened()
    wrong = delivered(case)
    address = url(case, "deliveries", str(wrong.pk), "correct")
    assert address in desk.get(url(case)).text
    said = {"received_at": typed(database_now() - timedelta(minutes=10)), "receiver": "周值班"}
    before = table_checksums()
    assert desk.post(address, {**said, "reason": ""}).status_code == 422
    assert (
        desk.post(address, {**said, "received_at": "2099-01-01T00:00", "reason": "笔误"}).status_code == 422
    )
    assert table_checksums() == before
    assert "周值班" in desk.post(address, {**said, "reason": "接报人写错"}, follow=True).text
    assert Delivery.objects.get(corrects=wrong).reason == "接报人写错"
    assert desk.post(address, {**said, "reason": "再改"}).status_code == 409


def test_a_receipt_that_never_was_is_taken_back_and_the_leg_is_owed_again(desk: Client) -> None:
    case = opened()
    wrong = delivered(case)
    assert "力争时限内送达" in desk.get(url(case)).text
    said = {"retracts": "on", "received_at": typed(), "receiver": "陈值班", "reason": "当时没有接通"}
    page = desk.post(url(case, "deliveries", str(wrong.pk), "correct"), said, follow=True).text
    assert Delivery.objects.get(corrects=wrong).is_retraction
    assert "力争时限内送达" not in page


def test_a_receipt_of_another_incident_or_county_is_out_of_reach(desk: Client) -> None:
    case, other = opened(), opened(place_text="姚江食堂")
    wrong = delivered(case)
    said = {"received_at": typed(), "receiver": "甲", "reason": "试"}
    assert desk.post(url(other, "deliveries", str(wrong.pk), "correct"), said).status_code == 404
    login(desk, f"{HAISHU}-regulator")
    assert desk.post(url(case, "deliveries", str(wrong.pk), "correct"), said).status_code == 404
    assert not Delivery.objects.filter(corrects=wrong).exists()
