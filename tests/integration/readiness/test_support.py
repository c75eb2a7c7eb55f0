"""An incident finds who has what its agent asks for, reaches them in one click and asks on record (3.3, 3.4.6, 8.3, 8.5)."""

import pytest
from django.test import Client

from audit.models import AuditEvent
from incidents.actions.facts import NewFact, record_facts
from incidents.models import FactKind, Incident
from outbox.models import Message
from readiness.actions.support import answer_support, request_support
from readiness.models import SupportRequest
from readiness.selectors.support import agent_of, sources_for
from response.bundle.contents import evidence_files
from tests.support.pages import url
from tests.support.people import actor, login
from tests.support.readiness import CITY, PHONE, kept
from tests.support.refusals import refused
from tests.support.reports import CIXI, NOON, incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(55, 173, 176, 178)]
DESK = "330212-regulator"


def found_for(by: str, agent: str, text: str = "") -> dict[str, list[str]]:
    sources = sources_for(actor(by), agent, text, today=NOON.date())
    return {each.register.slug: [one.title for one in each.found] for each in sources}


def suspected(agent: str) -> Incident:
    found = incident(3)
    fact = NewFact(kind=FactKind.SUSPECT_AGENT, value=agent, as_of=NOON)
    record_facts(incident=found, entries=[fact], by=actor(DESK), at=NOON)
    return Incident.objects.get(pk=found.pk)


def test_each_county_finds_the_citys_and_its_own_by_agent_or_word() -> None:
    kept("experts", CITY, at=NOON)
    kept("stores", CITY, at=NOON)
    kept("bodies", at=NOON)
    kept("hospitals", at=NOON)
    kept("bodies", CIXI, name="慈溪检测中心", at=NOON)
    assert found_for(DESK, "CBOT") == {
        "experts": ["林某 市疾控中心"], "bodies": [], "hospitals": [], "stores": ["肉毒抗毒素 市急救药库"],
    }  # fmt: skip
    assert found_for(DESK, "TTX_FUGU")["bodies"] == ["市食品检验检测研究院"]
    assert set(found_for("city-fso", "TTX_NASS")["bodies"]) == {"慈溪检测中心", "市食品检验检测研究院"}
    assert found_for(DESK, "MUSH_AMA")["hospitals"] == ["鄞州人民医院"]
    assert found_for(DESK, "", "血液净化")["hospitals"] == ["鄞州人民医院"]
    assert found_for(DESK, "NORO") == {"experts": [], "bodies": [], "hospitals": [], "stores": []}
    # Named in words alone.
    kept("stores", item="诺如病毒检测试剂", agents="", at=NOON)
    assert found_for(DESK, "NORO")["stores"] == ["诺如病毒检测试剂 市急救药库"]


def test_a_request_is_on_the_incidents_record_and_reaches_who_is_asked() -> None:
    stock, found, by = kept("stores", at=NOON), incident(3), actor(DESK)
    asked = request_support(
        incident=found, register="stores", entry=stock.pk, text="抗毒素2支", agent="CBOT", by=by, at=NOON
    )
    again = request_support(
        incident=found, register="stores", entry=stock.pk, text="抗毒素2支", agent="CBOT", by=by, at=NOON
    )
    assert again == asked
    assert asked.recipient.code == "330212-fso"
    told = Message.objects.get(recipient="330212-fso", kind="support")
    assert (told.is_alarm, told.link) == (True, f"/support/{asked.pk}/")
    assert not Message.objects.filter(body__contains=PHONE).exists()
    with refused("not_asked", 403, "8"):
        answer_support(request=asked, is_granted=True, answer="已派送", by=by, at=NOON)
    with refused("answer_without_words", 422, "8.5"):
        answer_support(request=asked, is_granted=True, answer="", by=actor("330212-fso"), at=NOON)
    answer_support(request=asked, is_granted=True, answer="已派送", by=actor("330212-fso"), at=NOON)
    with refused("support_answered", 409, "8.5"):
        answer_support(request=asked, is_granted=False, answer="没有", by=actor("330212-fso"), at=NOON)
    assert Message.objects.filter(recipient=DESK, kind="support").count() == 1
    actions = AuditEvent.objects.filter(chain=found.chain, action__startswith="readiness.")
    order = ["readiness.request_support", "readiness.answer_support"]
    assert list(actions.order_by("seq").values_list("action", flat=True)) == order
    lines = evidence_files(found)["records/readiness.supportrequest.jsonl"]
    assert lines.count("\n") == 1
    assert "抗毒素" not in lines


def test_a_hospital_with_an_account_is_asked_itself_and_answers(client: Client) -> None:
    hospital = kept("hospitals", at=NOON)
    asked = request_support(
        incident=incident(3),
        register="hospitals",
        entry=hospital.pk,
        text="血液净化1人",
        by=actor(DESK),
        at=NOON,
    )
    assert asked.recipient.code == "hosp-yinzhou-people"
    login(client, "hosp-yinzhou-people")
    assert client.post(f"/support/{asked.pk}/", {"is_granted": "no", "answer": "设备检修"}).status_code == 302
    assert "不能提供" in client.get(f"/support/{asked.pk}/").content.decode()


def test_who_may_not_ask_is_refused() -> None:
    stock, elsewhere = kept("stores", at=NOON), kept("stores", CIXI, at=NOON)
    found = incident(3)
    for code in (DESK, "330282-regulator", "330212-gov"):
        actor(code)
    with refused("request_without_words", 422, "8.5"):
        request_support(incident=found, register="stores", entry=stock.pk, text=" ", by=actor(DESK), at=NOON)
    with refused("outside_jurisdiction", 403, "5.1(7)"):
        request_support(
            incident=found,
            register="stores",
            entry=elsewhere.pk,
            text="2支",
            by=actor("330282-regulator"),
            at=NOON,
        )
    with refused("entry_not_found", 404, "8.5"):
        request_support(
            incident=found, register="stores", entry=elsewhere.pk, text="2支", by=actor(DESK), at=NOON
        )


def test_from_the_incidents_page_to_the_contact_and_to_the_answer(client: Client) -> None:
    stock = kept("stores", at=NOON)
    found = suspected("CBOT")
    assert agent_of(found) == "CBOT"
    login(client, DESK)
    assert url(found, "support") in client.get(url(found)).content.decode()
    page = client.get(url(found, "support")).content.decode()
    assert "肉毒梭菌毒素" in page
    assert f'href="tel:{PHONE}"' in page
    ask = url(found, "support", "stores", str(stock.pk))
    assert f"{ask}?agent=CBOT" in page
    assert PHONE not in client.get(url(found, "support"), {"q": "没有的"}).content.decode()
    assert client.post(ask, {"text": ""}).status_code == 422
    assert client.post(f"{ask}?agent=CBOT", {"text": "抗毒素2支，送鄞州人民医院"}).status_code == 302
    asked = SupportRequest.objects.get()
    assert asked.agent == "CBOT"
    assert "待答复" in client.get(url(found, "support")).content.decode()
    login(client, "330212-fso")
    address = f"/support/{asked.pk}/"
    assert f"stores/{stock.pk}/use/?incident={found.number}" in client.get(address).content.decode()
    assert client.post(address, {"is_granted": "yes", "answer": ""}).status_code == 422
    assert client.post(address, {"is_granted": "yes", "answer": "20分钟内送到"}).status_code == 302
    login(client, "city-police")
    assert client.get(url(found, "support")).status_code == 403
    assert client.get(address).status_code == 404
    login(client, DESK)
    assert "20分钟内送到" in client.get(url(found, "support")).content.decode()
