"""The patients' page: how far the end is, patient by patient, entered by forms; a hospital sees its own alone (6.4.2(1))."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from incidents.models import Incident
from plan.courses import Turn
from response.actions.agents import find_agent
from response.models import PatientEvent
from tests.support.pages import opened, typed, url
from tests.support.patients import HEALTH, HOSPITAL, OTHER_HOSPITAL, enter
from tests.support.people import actor, login
from tests.support.reports import minutes

pytestmark = [pytest.mark.django_db, pytest.mark.clause(126, 151, 152, 154)]


def page(client: Client, found: Incident, office: str, *parts: str, **asked: str) -> str:
    login(client, office)
    return client.get(url(found, "patients", *parts), asked).content.decode()


def send(client: Client, found: Incident, *parts: str, **said: str) -> int:
    answer = client.post(url(found, "patients", *parts), said)
    if answer.status_code == 302:
        assert answer["Location"] == url(found, "patients")
    return answer.status_code


def test_a_patient_from_onset_to_a_transfer_and_a_mistake_by_forms(client: Client) -> None:
    found = opened(2)
    assert "尚未逐名登记患者" in page(client, found, HEALTH)
    then = typed(database_now() - minutes(10))
    said = {"hospital": HOSPITAL, "local_ids": "A1\nA2", "fell_ill": then, "treated": then}
    assert send(client, found, "new", **said) == 302
    shown = page(client, found, HEALTH)
    assert "病情尚未稳定" in shown
    assert "逐名登记 2 名，事故现有发病 2 人" in shown
    record = PatientEvent.objects.filter(kind=Turn.FELL_ILL).earliest("pk").patient
    form = client.get(url(found, "patients", "new"), {"patient": str(record.pk)}).content.decode()
    assert ">\nA1</textarea>" in form
    assert send(client, found, "new", hospital=HOSPITAL, local_ids="A1", stable=then) == 302
    there = {"hospital": OTHER_HOSPITAL, "local_id": "B1", "happened_at": then}
    assert send(client, found, str(record.pk), "transfer", **there) == 302
    event = PatientEvent.objects.get(kind=Turn.STABLE)
    assert send(client, found, "events", str(event.pk), "retract", reason="登错患者") == 302
    one = page(client, found, HEALTH, str(record.pk))
    assert "登错患者" in one
    assert "B1" in one
    assert "没有这种情况的患者" in page(client, found, HEALTH, standing="settled")


@pytest.mark.parametrize(
    "said",
    [
        {"hospital": HOSPITAL, "local_ids": "A1"},
        {"hospital": HOSPITAL, "local_ids": "A1", "later": "died"},
        {"hospital": HOSPITAL, "local_ids": "A1", "later_at": "2026-05-01T10:00"},
        {"hospital": "city-fso", "local_ids": "A1", "fell_ill": "2026-05-01T10:00"},
    ],
)
def test_what_is_missing_is_said_on_the_form(client: Client, said: dict[str, str]) -> None:
    found = opened(2)
    login(client, HEALTH)
    assert send(client, found, "new", **said) == 422
    assert PatientEvent.objects.count() == 0


def test_a_hospital_sees_and_enters_its_own_patients_and_nothing_else(client: Client) -> None:
    found, at = opened(3), database_now()
    login(client, HOSPITAL)
    assert client.get(url(found, "patients")).status_code == 404
    enter(found, "A1", turns={Turn.FELL_ILL: at}, at=at)
    (other,) = enter(found, "B1", turns={Turn.FELL_ILL: at}, at=at, hospital=OTHER_HOSPITAL)
    shown = page(client, found, HOSPITAL)
    assert "A1" in shown
    assert "B1" not in shown
    assert "现有发病" not in shown
    assert client.get(url(found, "patients", str(other.pk))).status_code == 404
    assert client.get(url(found, "patients", "new"), {"patient": str(other.pk)}).status_code == 403
    said = {"hospital": OTHER_HOSPITAL, "local_ids": "B1", "stable": typed(at)}
    assert send(client, found, "new", **said) == 422
    assert send(client, found, "new", **said | {"hospital": HOSPITAL, "local_ids": "A1"}) == 302
    assert client.get(url(found)).status_code == 404


def test_many_patients_cost_no_more_queries_than_few_and_come_in_pages(client: Client) -> None:
    found, at = opened(2000), database_now()
    find_agent(incident=found, agent="STAPH", by=actor(HEALTH), at=at)
    turns = {Turn.FELL_ILL: at - minutes(9), Turn.TREATED: at - minutes(5), Turn.STABLE: at}
    login(client, HEALTH)

    def asked(address: str, number: int) -> int:
        enter(found, *(f"A{each}" for each in range(number)), turns=turns, at=at)
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            shown = client.get(address).content.decode()
        assert "最早可于" in shown or number < 2000
        return len(seen)

    for address in (url(found, "patients"), url(found, "response")):
        assert asked(address, 60) == asked(address, 2000)
    assert page(client, found, HEALTH).count('data-key="patient-') == 50
