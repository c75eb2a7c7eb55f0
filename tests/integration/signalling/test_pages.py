"""The pages of signals: each county its own, no patient of another, a constant number of queries (4.1, 5.1(7), A12)."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from incidents.models import Incident
from outbox.models import Message
from reporting.actions.judging import dismiss_signal
from reporting.models import Signal, SignalState
from tests.support.people import actor, login
from tests.support.reports import HAISHU, NOON, YINZHOU, incident, restaurant
from tests.support.signalling import only_signal, seen, signalled_for_doors, take

pytestmark = pytest.mark.django_db
REGULATOR = f"{YINZHOU}-regulator"
PLACE = "慈湖酒楼"


def page(client: Client, *, office: str = REGULATOR, name: str = "response:signal", **query: str) -> str:
    """The text of a page about the only signal, as an office sees it."""
    login(client, office)
    args = [] if name == "response:signal_list" else [only_signal().pk]
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def told() -> None:
    """Two cases here, one of them dead, and one of another county at its own hospital."""
    restaurant(PLACE)
    here = [
        seen(number, place=PLACE, food="凉拌海蜇", masked_identity=f"****000{number}") for number in (1, 2)
    ]
    take(here[0], seen(3, place=PLACE, outcome="dead", is_severe=True, masked_identity="****0003"))
    take(here[1], hospital="hosp-first")


@pytest.mark.clause(81, 82, 174)
def test_the_regulator_sees_what_is_shared_and_what_the_level_would_be(client: Client) -> None:
    told()
    shown = page(client)
    for text in (PLACE, "达到较大食品安全事故", "****0001", "另有 1 例在其他区县"):
        assert text in shown
    assert "****0002" not in shown
    listed = page(client, name="response:signal_list")
    assert PLACE in listed
    assert "****" not in listed


@pytest.mark.clause(81)
def test_who_a_patient_is_stays_masked_even_from_those_who_judge(client: Client) -> None:
    told()
    shown = page(client, office=f"{YINZHOU}-fso")
    assert "****0001" not in shown
    assert "S-1" not in shown


@pytest.mark.clause(81)
def test_a_county_not_concerned_finds_nothing(client: Client) -> None:
    take(*(seen(number, place=PLACE) for number in (1, 2)))
    login(client, f"{HAISHU}-regulator")
    assert client.get(reverse("response:signal", args=[only_signal().pk])).status_code == 404
    assert PLACE not in client.get(reverse("response:signal_list")).content.decode()


@pytest.mark.clause(81)
def test_taken_up_in_the_browser_it_is_an_incident_and_the_list_says_so(client: Client) -> None:
    take(*(seen(number, place=PLACE) for number in (1, 2)))
    form = page(client, name="response:take_up_signal")
    assert f'value="{PLACE}"' in form
    address = reverse("response:take_up_signal", args=[only_signal().pk])
    wrong = client.post(address, {"area": YINZHOU, "place_text": PLACE})
    assert wrong.status_code == 422
    answer = client.post(address, {"area": YINZHOU, "place_text": PLACE, "reason": "同一餐"})
    case = Incident.objects.get()
    assert answer.headers["Location"] == reverse("response:incident", args=[case.number])
    assert case.number in page(client, name="response:signal_list", state="decided")
    login(client, REGULATOR)
    back = client.post(reverse("response:take_back_signal", args=[only_signal().pk]), {"reason": "误判"})
    assert (back.status_code, only_signal().state) == (302, SignalState.PROPOSED)


@pytest.mark.clause(82)
def test_with_an_incident_the_page_says_what_both_would_be(client: Client) -> None:
    incident(28, place_text=PLACE)
    take(*(seen(number, place=PLACE) for number in (1, 2)), at=NOON)
    shown = page(client)
    assert "与事故" in shown
    assert "达到一般食品安全事故" in shown


def cost(client: Client, name: str, *args: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(name, args=args)).status_code == 200
    return len(captured)


def test_the_pages_cost_as_many_queries_for_two_cases_as_for_sixty(client: Client) -> None:
    take(*(seen(number, place=PLACE) for number in (1, 2)))
    login(client, REGULATOR)
    pk = only_signal().pk
    client.get(reverse("response:signal", args=[pk]))
    before = [cost(client, "response:signal", pk), cost(client, "response:signal_list")]
    take(*(seen(number, place=PLACE) for number in range(3, 61)))
    take(*(seen(number, place=f"酒楼{number // 2}") for number in range(100, 120)))
    assert [cost(client, "response:signal", pk), cost(client, "response:signal_list")] == before


def test_the_message_leads_to_the_page() -> None:
    pk: Any = signalled_for_doors(at=NOON)["response:signal"]
    assert Signal.objects.get().pk == pk
    assert {message.link for message in Message.objects.filter(kind="signal")} == {
        reverse("response:signal", args=[pk])
    }


def test_the_first_page_of_who_judges_names_it_as_a_thing_to_do(client: Client) -> None:
    take(*(seen(number, place=PLACE) for number in (1, 2)))
    login(client, REGULATOR)
    assert "判断聚集信号 1 个" in client.get(reverse("home")).content.decode()
    login(client, f"{YINZHOU}-health")
    assert "判断聚集信号" not in client.get(reverse("home")).content.decode()


def test_the_board_says_how_many_wait(client: Client) -> None:
    take(*(seen(number, place=PLACE) for number in (1, 2)))
    login(client, REGULATOR)
    shown = client.get(reverse("response:board")).content.decode()
    assert "待判断的信号" in shown
    login(client, f"{HAISHU}-regulator")
    assert "待判断的信号" not in client.get(reverse("response:board")).content.decode()


def test_the_navigation_counts_what_waits_for_those_who_judge(client: Client) -> None:
    take(*(seen(number, place=PLACE) for number in (1, 2)))
    said = '1<span class="visually-hidden">个信号待判断'
    for office, counts in ((REGULATOR, 1), (f"{YINZHOU}-health", 0), (f"{HAISHU}-regulator", 0)):
        login(client, office)
        assert client.get(reverse("response:inbox")).content.decode().count(said) == counts
    dismiss_signal(signal=only_signal(), reason="两场婚宴", by=actor(REGULATOR), at=NOON)
    login(client, REGULATOR)
    assert said not in client.get(reverse("response:inbox")).content.decode()


def test_who_decides_after_another_is_told_what_was_decided(client: Client) -> None:
    take(*(seen(number, place=PLACE) for number in (1, 2)))
    login(client, REGULATOR)
    address = reverse("response:take_up_signal", args=[only_signal().pk])
    dismiss_signal(signal=only_signal(), reason="两场婚宴", by=actor("city-fso"), at=NOON)
    answer = client.post(address, {"area": YINZHOU, "place_text": PLACE, "reason": "同一餐"})
    assert answer.status_code == 409
    assert "这个信号已经处理：不予立案" in answer.content.decode()
    assert not Incident.objects.exists()
