"""The ledger: exact amounts, never more paid than owed, corrections that name what they take the place of (7.1)."""

import uuid
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from aftermath.actions.care import withdraw_aftermath_entry
from aftermath.actions.ledger import receive_from_party
from aftermath.models import Cost, Flow, Liability
from aftermath.selectors import costs_by_kind, costs_of_year, open_items
from aftermath.terms import PaymentTerms
from audit.models import AuditEvent
from incidents.actions.merging import merge_incidents
from incidents.models import Incident
from plan.aftermath import CostKind
from tests.support.aftermath import COMMISSION, HEALTH, REGULATOR, TODAY, cost, liability, paid
from tests.support.measures import refused, taken
from tests.support.people import actor
from tests.support.reports import HAISHU, NOON, incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(158)]


@pytest.fixture
def case() -> Incident:
    return incident(45)


def from_party(of: Liability, flow: Flow, amount: str) -> Any:
    terms = PaymentTerms(amount=Decimal(amount), paid_on=TODAY, proof="缴款书")
    return receive_from_party(liability=of, flow=flow, terms=terms, by=actor(REGULATOR), at=NOON)


def whats_open(case: Incident) -> list[tuple[str, Decimal | None]]:
    return [(item.what, item.left) for item in open_items(case)]


@pytest.mark.parametrize("amount", ["0.00", "-1", "0.001", "100.005", "NaN", "Infinity", "1000000000000"])
def test_what_is_no_amount_of_whole_cents_is_refused(case: Incident, amount: str) -> None:
    assert refused(partial(cost, case, amount)).code == "not_an_amount"


def test_cents_add_up_exactly_where_floats_would_not(case: Incident) -> None:
    for amount in ("0.10", "0.20", "999999999999.99"):
        cost(case, amount)
    (sums,) = costs_by_kind(case).values()
    assert str(sums.owed) == "1000000000000.29"


@pytest.mark.parametrize(("more", "code"), [("60.00", ""), ("59.99", ""), ("60.01", "more_than_owed")])
def test_up_to_what_is_owed_is_paid_and_not_a_cent_more(case: Incident, more: str, code: str) -> None:
    own = cost(case)
    paid(own, "40.00")
    if code:
        assert refused(partial(paid, own, more)).code == code
        return
    paid(own, more, by=HEALTH)
    assert whats_open(case) == ([] if more == "60.00" else [("产品抽样及检验费用", Decimal("0.01"))])


def test_a_correction_names_the_old_one_says_why_and_keeps_what_was_paid(case: Incident) -> None:
    first = cost(case)
    paid(first, "40.00")
    fix = partial(cost, case, replaces=first)
    assert refused(partial(fix, "90.00")).code == "correction_without_reason"
    assert refused(partial(fix, "39.99", reason="算错")).code == "less_than_paid"
    assert refused(partial(fix, "90.00", reason="算错", by=HEALTH), HEALTH).code == "entry_of_other_office"
    second = fix("40.00", reason="算错")
    assert (second.replaces, second.statement_id, second.reason) == (first, first.pk, "算错")
    assert refused(partial(fix, "50.00", reason="再改")).code == "entry_overtaken"
    assert whats_open(case) == []
    assert Cost.objects.get(pk=first.pk).amount == Decimal("100.00")


def test_what_is_withdrawn_counts_no_more_and_stays_on_record(case: Incident) -> None:
    own = cost(case)
    payment = paid(own, "40.00")
    take_back = partial(withdraw_aftermath_entry, reason="重复登记", by=actor(REGULATOR), at=NOON)
    assert refused(partial(take_back, entry=own)).code == "entry_has_others"
    take_back(entry=payment)
    take_back(entry=own)
    assert costs_by_kind(case) == {}
    assert refused(partial(paid, own, "1.00")).code == "entry_overtaken"
    assert Cost.objects.count() == 2


def test_the_other_kind_says_what_it_is_and_a_payee_is_named(case: Incident) -> None:
    assert refused(partial(cost, case, kind=CostKind.OTHER)).code == "other_cost_unsaid"
    assert refused(partial(cost, case, payee=" ")).code == "aftermath_incomplete"
    assert cost(case, kind=CostKind.OTHER, note="翻译费").note == "翻译费"


def test_sent_twice_it_is_one(case: Incident) -> None:
    token = uuid.uuid4()
    assert cost(case, form_token=token) == cost(case, form_token=token)
    assert Cost.objects.count() == 1


def test_who_only_watches_or_sits_elsewhere_keeps_nothing(case: Incident) -> None:
    for office in (COMMISSION, "city-gov", "city-police", f"{HAISHU}-regulator", "city-insurance"):
        assert refused(partial(cost, case, by=office), office).status == 403


def test_the_log_seals_an_entry_and_says_neither_payee_nor_amount(case: Incident) -> None:
    own = cost(case, "12345.67", payee="张某某", is_person=True)
    (event,) = AuditEvent.objects.filter(action="aftermath.enter_cost")
    assert f"aftermath.cost:{own.pk}" in event.payload
    assert "张某某" not in event.payload
    assert "12345" not in event.payload


def test_a_measure_feeds_the_ledger_once_and_only_its_own_incident(case: Incident) -> None:
    treated = taken(case, "treat", HEALTH)
    assert cost(case, measure=treated, by=HEALTH).measure == treated
    other = incident(45, area=HAISHU, place_text="月湖饭店")
    elsewhere = partial(cost, other, measure=treated, by="city-health")
    assert refused(elsewhere, "city-health").code == "linked_elsewhere"


@pytest.mark.clause(159)
def test_the_party_pays_victims_and_pays_back_what_was_advanced_and_no_more(case: Incident) -> None:
    owed = liability(case, "500.00")
    advance = cost(case, "200.00", kind=CostKind.MEDICAL_ADVANCE, liability=owed)
    assert refused(partial(from_party, owed, Flow.RECOVERED, "0.01")).code == "more_than_owed"
    paid(advance, "150.00")
    # A correction of the liability cuts neither the link of the advance nor what was paid.
    liability_now = liability(case, "600.00", replaces=owed, reason="重新协商")
    assert ("向责任方追偿垫付费用", Decimal("150.00")) in whats_open(case)
    assert refused(partial(from_party, liability_now, Flow.RECOVERED, "150.01")).code == "more_than_owed"
    from_party(owed, Flow.RECOVERED, "150.00")
    assert ("责任方对受害人的赔偿", Decimal("600.00")) in whats_open(case)
    from_party(liability_now, Flow.COMPENSATED, "600.00")
    assert whats_open(case) == [("医疗机构垫付费用", Decimal("50.00"))]


def test_the_year_sums_what_incidents_known_in_it_cost_by_kind_and_county() -> None:
    here, there = incident(45), incident(45, area=HAISHU, place_text="月湖饭店")
    last_year = incident(45, at=NOON.replace(year=2025), place_text="东钱湖饭店")
    drill = incident(45, place_text="演练饭店", is_drill=True)
    paid(cost(here, "10.00"), "4.00")
    cost(there, "5.50", by=f"{HAISHU}-regulator", kind=CostKind.GOODS)
    for other in (last_year, drill):
        cost(other, "1000.00")
    year = costs_of_year(actor("city-fso"), 2026)
    assert (year.incidents, year.total.owed, year.total.left) == (2, Decimal("15.50"), Decimal("11.50"))
    assert [(name, str(sums.owed)) for name, sums in year.by_county] == [
        ("鄞州区", "10.00"),
        ("海曙区", "5.50"),
    ]
    assert [str(each.owed) for each in costs_of_year(actor(REGULATOR), 2026).by_kind.values()] == ["10.00"]


def test_what_was_merged_is_settled_in_the_whole() -> None:
    whole, part = incident(45), incident(45, place_text="甬江饭店二店")
    cost(part, "7.00")
    merge_incidents(whole=whole, part=part, reason="同一批食品", by=actor("city-fso"), at=NOON)
    cost(part, "1.00")
    (sums,) = costs_by_kind(whole).values()
    assert (str(sums.owed), [each.incident_id for each in Cost.objects.order_by("pk")]) == (
        "8.00",
        [part.pk, whole.pk],
    )
