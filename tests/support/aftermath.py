"""The aftermath of an incident for tests, entered through the actions."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from aftermath.actions.care import enter_aftermath_task, enter_insurance_claim
from aftermath.actions.insurance import tell_insurance_regulator
from aftermath.actions.ledger import enter_cost, enter_liability, pay_cost
from aftermath.actions.orders import order_requisition
from aftermath.models import CareTask, Cost, InsuranceClaim, Liability, LiabilityState, Payment, Requisition
from aftermath.terms import ClaimTerms, CostTerms, LiabilityTerms, OrderTerms, PaymentTerms, TaskTerms
from incidents.models import Incident
from plan.aftermath import CostKind, InsuranceList, OrderKind, TaskKind
from plan.levels import ResponseLevel
from plan.termination import Finding
from response.actions.termination import answer_proposal, propose_end
from response.models import Response
from tests.support.people import actor
from tests.support.reports import NOON, YINZHOU
from tests.support.response import commanded, weigh_all

REGULATOR, HEALTH, COMMISSION = f"{YINZHOU}-regulator", f"{YINZHOU}-health", f"{YINZHOU}-commission"
INSURANCE = "city-insurance"
TODAY = date(2026, 5, 1)


def ended(level: ResponseLevel = ResponseLevel.IV, *, at: datetime = NOON) -> Response:
    """A response to which the commander put an end: the county's at Ⅳ, else the city's."""
    response = commanded(level, at=at)
    weigh_all(response.incident, at=at)
    office, government = ("city-fso", "city-gov")
    if level == ResponseLevel.IV:
        office, government = (f"{YINZHOU}-fso", f"{YINZHOU}-gov")
    proposal = propose_end(
        response=response,
        conditions=["6.4.2(3)"],
        findings={Finding.HARM_CONTROLLED: "疫情平息", Finding.NO_MORE_HANDLING: "专家意见"},
        by=actor(office),
        at=at,
    )
    return answer_proposal(proposal=proposal, is_approved=True, by=actor(government), at=at)


def cost(case: Incident, amount: str = "100.00", by: str = REGULATOR, **more: Any) -> Cost:
    """An item of the ledger; `replaces`, `reason` and `form_token` go to the act, the rest says what is owed."""
    act = {name: more.pop(name) for name in ("replaces", "reason", "form_token", "at") if name in more}
    given = {"kind": CostKind.TESTING, "payee": "某检测公司", "amount": Decimal(amount), **more}
    return enter_cost(incident=case, terms=CostTerms(**given), by=actor(by), **{"at": NOON, **act})


def paid(of: Cost, amount: str, by: str = REGULATOR, on: date = TODAY) -> Payment:
    """Money for a cost."""
    terms = PaymentTerms(amount=Decimal(amount), paid_on=on, proof="拨付单")
    return pay_cost(cost=of, terms=terms, by=actor(by), at=NOON)


def liability(case: Incident, amount: str = "500.00", by: str = REGULATOR, **more: Any) -> Liability:
    """What a restaurant owes its guests; `replaces` and `reason` go to the act."""
    act = {name: more.pop(name) for name in ("replaces", "reason") if name in more}
    given = {
        "party": "甬江饭店",
        "victims": "就餐患者",
        "basis": "调解书",
        "state": LiabilityState.AGREED,
        **more,
    }
    terms = LiabilityTerms(amount=Decimal(amount), **given)
    return enter_liability(incident=case, terms=terms, by=actor(by), at=NOON, **act)


def order(case: Incident, by: str = REGULATOR, *, at: datetime = NOON, **more: Any) -> Requisition:
    """Two cold vans of a firm."""
    given = {
        "legal_basis": "突发事件应对法",
        "owner": "某冷链公司",
        "item": "冷藏车",
        "quantity": "2辆",
        **more,
    }
    terms = OrderTerms(**{"kind": OrderKind.TRANSPORT, "taken_at": at, **given})
    return order_requisition(incident=case, terms=terms, by=actor(by), at=at)


def task(case: Incident, by: str = REGULATOR, *, at: datetime = NOON, **more: Any) -> CareTask:
    """A visit to the ill."""
    terms = TaskTerms(**{"kind": TaskKind.COMFORT, "summary": "走访住院患者", **more})
    return enter_aftermath_task(incident=case, terms=terms, by=actor(by), at=at)


def claim(case: Incident, by: str = INSURANCE, *, at: datetime = NOON, **more: Any) -> InsuranceClaim:
    """A case of the ill with an insurer."""
    given = {
        "of_list": InsuranceList.VICTIMS,
        "insurer": "某财险",
        "case_number": "YW-1",
        "people": 45,
        **more,
    }
    return enter_insurance_claim(incident=case, terms=ClaimTerms(**given), by=actor(by), at=at)


def entered_for_doors(case: Incident, *, at: datetime) -> dict[str, int]:
    """One entry of each kind: what the doors of the aftermath lead to."""
    tell_insurance_regulator(incident=case, by=actor(REGULATOR), at=at)
    own, called, owed = cost(case, at=at), order(case, at=at), liability(case)
    return {
        "aftermath:pay": own.pk,
        "aftermath:revise": own.pk,
        "aftermath:withdraw": own.pk,
        "aftermath:party_paid": owed.pk,
        "aftermath:end": called.pk,
        "aftermath:cost_of_order": called.pk,
    }
