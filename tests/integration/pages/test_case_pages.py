"""The page of an incident's line lists: masked, each office its part, pairs decided by hand (A12, 5.1(3))."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from audit.models import AuditEvent
from incidents.models import Case, Incident
from incidents.selectors import latest_assessment
from plan.courses import Turn
from response.actions.patients import transfer_patient
from tests.support.cases import PLACE, alike, citizen, known, send_list
from tests.support.checksums import table_checksums
from tests.support.hospital import Hospital, case
from tests.support.pages import url
from tests.support.patients import HEALTH, enter
from tests.support.people import actor, login, organisation
from tests.support.reports import restaurant

pytestmark = [pytest.mark.django_db, pytest.mark.clause(25)]

HERE, THERE = "hosp-yinzhou-people", "hosp-cixi-people"


def page(client: Client, office: str, *parts: str, **asked: str) -> str:
    login(client, office)
    answer = client.get(url(Incident.objects.get(), "cases", *parts), asked)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def ill() -> Any:
    found = latest_assessment(Incident.objects.get())
    return found and found.counted["illness_count"]


@pytest.fixture(autouse=True)
def lists() -> None:
    """Two hospitals of two counties: one patient in both by number, one pair to be decided, one alone."""
    restaurant(PLACE)
    send_list(Hospital(HERE), [known(1), alike(2), case(3)])
    send_list(Hospital(THERE), [known(1), alike(5)])


def numbers(text: str) -> set[str]:
    return {number for number in ("A-1", "A-2", "A-3", "A-5") if f"<strong>{number}</strong>" in text}


def test_a_city_office_sees_all_masked_and_who_is_one_patient(client: Client) -> None:
    shown = page(client, "city-health")
    assert numbers(shown) == {"A-1", "A-2", "A-3", "A-5"}
    assert '<strong class="num">5</strong> 条记录，是 <strong class="num">4</strong> 名患者' in shown
    assert 'data-label="同一患者的其他记录"><span> 慈溪市人民医院 A-1' in shown
    assert citizen(1)[-4:] in shown
    for personal in (citizen(1), "病人1", "王小明", "13957400001"):
        assert personal not in shown + page(client, "city-fso", show="doubles")


def test_a_county_sees_its_own_hospitals_records_and_the_joint_count(client: Client) -> None:
    login(client, "city-fso")
    here, there = page(client, "330212-regulator"), page(client, "330282-regulator")
    assert (numbers(here), numbers(there)) == ({"A-1", "A-2", "A-3"}, {"A-1", "A-5"})
    for shown in (here, there):
        assert '是 <strong class="num">4</strong> 名患者' in shown
        assert "其他区县（市）医院 1 条" in shown
    assert "慈溪市人民医院" not in here
    doubles = page(client, "330212-regulator", show="doubles")
    assert "另有 1 对涉及其他区县（市）医院的记录" in doubles
    assert numbers(doubles) == set()


def test_a_county_opens_nothing_of_another_countys_patient(client: Client) -> None:
    found = Incident.objects.get()
    mine = Case.objects.get(fact__source__code=HERE, local_id="A-2")
    other = Case.objects.get(fact__source__code=THERE, local_id="A-5")
    login(client, "330212-regulator")
    before = table_checksums()
    for parts in ((str(other.pk), "person"), (str(mine.pk), "same", str(other.pk))):
        said = {"reason": "电话核实", "verdict": "same"}
        assert client.get(url(found, "cases", *parts)).status_code == 404
        assert client.post(url(found, "cases", *parts), said).status_code == 404
    assert table_checksums() == before


def test_a_pair_is_decided_and_taken_back_by_forms(client: Client) -> None:
    found = Incident.objects.get()
    shown = page(client, "city-fso", show="doubles")
    first, second = Case.objects.filter(local_id__in=["A-2", "A-5"]).order_by("pk")
    address = url(found, "cases", str(first.pk), "same", str(second.pk))
    assert address in shown
    assert "电话相同；姓名和出生日期相同；姓名和性别相同" in shown
    assert "姓名和性别相同" in client.get(address).content.decode()
    assert (ill(), client.post(address, {"verdict": "same"}).status_code) == (4, 422)
    assert client.post(address, {"verdict": "same", "reason": "电话核实"}).status_code == 302
    assert ill() == 3
    assert "没有待判断的记录" in page(client, "city-fso", show="doubles")
    decided = page(client, "city-fso", show="decided")
    assert "电话核实" in decided
    assert "撤回结论" in decided
    assert client.post(address, {"verdict": "same", "reason": "再次"}).status_code == 409
    assert client.post(address, {"verdict": "two", "reason": "另一人"}).status_code == 302
    assert ill() == 4


def test_who_may_not_decide_is_told_why_and_gets_no_form(client: Client) -> None:
    shown = page(client, "city-health", show="doubles")
    assert "您当前的职务没有此项权限。" in shown
    assert "/same/" not in shown


def test_a_patient_is_shown_once_for_a_reason(client: Client) -> None:
    found, one = Incident.objects.get(), Case.objects.filter(local_id="A-1").earliest("pk")
    address = url(found, "cases", str(one.pk), "person")
    assert citizen(1) not in page(client, "330212-health", str(one.pk), "person")
    assert client.post(address, {"reason": " "}).status_code == 422
    assert not AuditEvent.objects.filter(action="incidents.unmask_case").exists()
    answer = client.post(address, {"reason": "核实就餐史"})
    shown = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert citizen(1) in shown
    assert "病人1" in shown
    assert AuditEvent.objects.filter(action="incidents.unmask_case").count() == 1
    assert citizen(1) not in client.get(address).content.decode()


def test_both_records_of_a_transfer_stay_and_an_arrow_leads_from_one_to_the_other(client: Client) -> None:
    found, at = Incident.objects.get(), database_now()
    (record,) = enter(found, "A-1", turns={Turn.FELL_ILL: at}, at=at)
    there = organisation(THERE)
    transfer_patient(patient=record, hospital=there, local_id="A-1", happened_at=at, by=actor(HEALTH), at=at)
    shown = page(client, "city-health")
    assert "<span>→ 慈溪市人民医院 A-1" in shown
    assert "<span>← 鄞州人民医院 A-1" in shown
    assert '是 <strong class="num">4</strong> 名患者' in shown


def test_records_only_the_register_joins_are_proposed_as_one_patient_with_the_transfer_as_the_ground(
    client: Client,
) -> None:
    found, at = Incident.objects.get(), database_now()
    send_list(Hospital(THERE), [known(1), alike(5), case(9)], revision=2)
    (record,) = enter(found, "A-3", turns={Turn.FELL_ILL: at}, at=at)
    there = organisation(THERE)
    transfer_patient(patient=record, hospital=there, local_id="A-9", happened_at=at, by=actor(HEALTH), at=at)
    assert ill() == 5
    assert "依据：患者登记中有转院记录</p>" in page(client, "city-fso", show="doubles")
    assert "涉及其他区县（市）医院的记录" in page(client, "330212-regulator", show="doubles")
    first = Case.objects.get(fact__source__code=HERE, local_id="A-3")
    other = Case.objects.filter(fact__source__code=THERE, local_id="A-9").latest("pk")
    login(client, "city-fso")
    address = url(found, "cases", str(first.pk), "same", str(other.pk))
    assert client.post(address, {"verdict": "same", "reason": "转院，同一患者"}).status_code == 302
    assert ill() == 4
    assert "转院记录" not in page(client, "city-fso", show="doubles")


def test_two_numbers_are_never_proposed_as_one_by_a_transfer(client: Client) -> None:
    found, at = Incident.objects.get(), database_now()
    send_list(Hospital(THERE), [known(1), alike(5), known(9)], revision=2)
    (record,) = enter(found, "A-1", turns={Turn.FELL_ILL: at}, at=at)
    there = organisation(THERE)
    transfer_patient(patient=record, hospital=there, local_id="A-9", happened_at=at, by=actor(HEALTH), at=at)
    assert "转院记录" not in page(client, "city-fso", show="doubles")


def test_a_hospital_may_be_looked_at_alone(client: Client) -> None:
    assert numbers(page(client, "city-fso", hospital=THERE)) == {"A-1", "A-5"}


def test_many_records_cost_no_more_queries_than_few_and_come_in_pages(client: Client) -> None:
    found = Incident.objects.get()

    def asked(**query: str) -> int:
        page(client, "city-fso", **query)
        with CaptureQueriesContext(connection) as seen:
            client.get(url(found, "cases"), query)
        return len(seen)

    few = [asked(), asked(show="doubles")]
    many = [known(n) for n in range(1990)] + [alike(n) for n in range(1990, 2000)]
    send_list(Hospital(HERE), many, revision=2)
    assert [asked(), asked(show="doubles")] == few
    assert page(client, "city-fso").count('data-key="case-') == 50
    assert page(client, "city-fso", page="41").count('data-key="case-') == 2
