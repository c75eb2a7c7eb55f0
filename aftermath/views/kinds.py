"""The kinds of entry by the word in their address: model, form, words and the act that keeps them (7.1, 8.6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from aftermath.actions.care import enter_aftermath_task, enter_insurance_claim
from aftermath.actions.ledger import enter_cost, enter_liability
from aftermath.actions.orders import order_requisition
from aftermath.care_forms import ClaimForm, TaskForm
from aftermath.forms import CostForm, LiabilityForm, OrderForm
from aftermath.models import CareTask, Cost, Entry, InsuranceClaim, Liability, Payment, Requisition
from aftermath.permissions import check_actor_keeps, check_actor_keeps_insurance
from incidents.models import Incident


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry; `check` says who makes such entries, `then` which page shows them."""

    model: type[Entry]
    form: Callable[..., Any]
    enter: Callable[..., Entry]
    title: Promise
    lead: Promise
    clause: str = "7.1"
    then: str = "aftermath:page"
    check: Callable[[Actor, Incident], object] = check_actor_keeps


NO_NAMES = _("只写办理所需的内容；更正不会删除原记录。")

KINDS: Mapping[str, Kind] = {
    "costs": Kind(Cost, CostForm, enter_cost, _("善后费用"), NO_NAMES),
    "liabilities": Kind(
        Liability,
        LiabilityForm,
        enter_liability,
        _("责任方赔偿"),
        _("责任由有权机关或双方认定，这里只登记结果；受害人按人群登记，不写姓名。"),
    ),
    "orders": Kind(
        Requisition,
        OrderForm,
        order_requisition,
        _("动员或调用物资"),
        _("依法调用须写明法律依据；归还或补偿之前一直列为未了结。"),
        clause="8.6",
    ),
    "tasks": Kind(CareTask, TaskForm, enter_aftermath_task, _("安置、慰问等事项"), NO_NAMES),
    "claims": Kind(
        InsuranceClaim,
        ClaimForm,
        enter_insurance_claim,
        _("保险受理或理赔"),
        _("事故发生后即可登记，不等响应启动或终止。"),
        then="aftermath:insurance",
        check=check_actor_keeps_insurance,
    ),
}
# What may be withdrawn as well, though it is entered under what it is for.
WITHDRAWN: Mapping[str, type[Entry]] = {
    **{slug: kind.model for slug, kind in KINDS.items()},
    "payments": Payment,
}
