"""May this entry be made, take the place of another, or be withdrawn now? (7.1, 8.6)"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftermath.models import ClaimState, Entry, Requisition, TaskState
from aftermath.terms import ClaimTerms, CostTerms, TaskTerms
from incidents.models import Incident, IncidentStatus
from plan.aftermath import CLAUSE, SOCIAL_FORCES, CostKind, OrderState
from plan.refusal import PlanRefusal

E = TypeVar("E", bound=Entry)

# What must be said, by the name of its column.
LABELS: Mapping[str, object] = {
    "payee": gettext_lazy("收款单位或人员"),
    "proof": gettext_lazy("凭证"),
    "party": gettext_lazy("责任单位或责任人"),
    "victims": gettext_lazy("受害人群"),
    "basis": gettext_lazy("依据"),
    "legal_basis": gettext_lazy("法律依据"),
    "owner": gettext_lazy("所有人或承担单位"),
    "item": gettext_lazy("物资或任务"),
    "quantity": gettext_lazy("数量"),
    "summary": gettext_lazy("内容"),
    "insurer": gettext_lazy("保险机构"),
    "case_number": gettext_lazy("保险机构案号"),
    "note": gettext_lazy("说明"),
}


def check_takes_entries(incident: Incident) -> None:
    """Raise a refusal (409) for an incident whose record was withdrawn; one found to be none may have cost something."""
    if incident.status in {IncidentStatus.OPEN, IncidentStatus.NOT_AN_INCIDENT}:
        return
    raise PlanRefusal(
        _("事故%s，不再登记善后事项。") % incident.get_status_display(),
        clause=CLAUSE,
        code="no_aftermath_here",
        status=409,
        next_step=_("请在并入的事故中登记。"),
    )


def check_says(clause: str, said: Mapping[str, object], names: Iterable[str]) -> None:
    """Raise a refusal (422) naming the first of these that was left empty."""
    for name in names:
        if not str(said[name]).strip():
            raise PlanRefusal(_("请填写%s。") % LABELS[name], clause=clause, code="aftermath_incomplete")


def check_takes_place_of(entry: Entry, reason: str, incident: Incident) -> None:
    """Raise a refusal unless a reason is given (422) and the version still holds, in this incident (409)."""
    if not reason.strip():
        raise PlanRefusal(_("更正须写明理由。"), clause=CLAUSE, code="correction_without_reason")
    if hasattr(entry, "replaced_by") or entry.is_withdrawn:
        raise _overtaken()
    if incident.pk not in {entry.incident_id, entry.incident.merged_into_id}:
        raise PlanRefusal(
            _("这条记录不属于本起事故。"), clause=CLAUSE, code="entry_of_other_incident", status=409
        )


def check_still_holds(entry: E | None) -> E:
    """Return the version that holds; a refusal (409) if the entry was withdrawn."""
    if entry is None:
        raise _overtaken()
    return entry


def _overtaken() -> PlanRefusal:
    return PlanRefusal(
        _("这条记录已有更新的版本，或已撤回。"),
        clause=CLAUSE,
        code="entry_overtaken",
        status=409,
        next_step=_("请打开最新的版本再办理。"),
    )


def check_links(terms: CostTerms, family: Collection[int]) -> None:
    """Raise a refusal (409) if what a cost rests on belongs to another incident."""
    for linked in (terms.liability, terms.measure, terms.order):
        if linked is not None and linked.incident_id not in family:
            raise PlanRefusal(
                _("所关联的记录不属于本起事故。"), clause=CLAUSE, code="linked_elsewhere", status=409
            )


def check_says_what_other(terms: CostTerms) -> None:
    """Raise a refusal (422) for a cost of a kind that the plan does not name and nobody described."""
    if terms.kind is CostKind.OTHER and not terms.note.strip():
        raise PlanRefusal(_("其他善后费用须写明是什么费用。"), clause=CLAUSE, code="other_cost_unsaid")


def check_taken_by_now(taken_at: datetime, at: datetime) -> None:
    """Raise a refusal (422) for what is to be called on in future: an order is put down when it is given."""
    if taken_at > at:
        raise PlanRefusal(_("动员或调用的时间不能晚于现在。"), clause=SOCIAL_FORCES, code="ordered_in_future")


def check_task(terms: TaskTerms) -> None:
    """Raise a refusal (422) unless a task says when it was done exactly if it was."""
    if (terms.state == TaskState.DONE) is (terms.done_on is None):
        raise PlanRefusal(_("已办结的须填办结日期，未办结的不填。"), clause=CLAUSE, code="done_without_day")


def check_claim(terms: ClaimTerms) -> None:
    """Raise a refusal (422) unless a claim says how much was paid exactly if it was."""
    if (terms.state == ClaimState.PAID) is (terms.paid is None):
        raise PlanRefusal(
            _("已赔付的须填赔付金额，未赔付的不填。"), clause=CLAUSE, code="paid_without_amount"
        )


def check_says_proof(proof: str) -> None:
    """Raise a refusal (422) unless the return or compensation is proved."""
    if not proof.strip():
        raise PlanRefusal(_("请填写凭证。"), clause=SOCIAL_FORCES, code="end_without_proof")


def check_order_ends(order: Requisition, state: OrderState, *, owed: int, open_costs: int) -> None:
    """Raise a refusal (409) if it has ended, or is to be 已补偿 while nothing was entered or is unpaid (8.6).

    owed: the items of the ledger for it; open_costs: those not yet paid in full.
    """
    if order.state != OrderState.OPEN:
        raise PlanRefusal(
            _("已登记归还或补偿。"),
            clause=SOCIAL_FORCES,
            code="order_ended",
            status=409,
            next_step=_("登记有误的，请更正原记录。"),
        )
    if state is OrderState.COMPENSATED and (owed == 0 or open_costs):
        raise PlanRefusal(
            _("补偿费用尚未登记或尚未付清。"),
            clause=SOCIAL_FORCES,
            code="not_compensated_yet",
            status=409,
            next_step=_("请先在善后台账中登记补偿费用并登记付款。"),
        )


def check_nothing_hangs_on(*, hanging: int) -> None:
    """Raise a refusal (409) if payments or costs name what is to be withdrawn."""
    if hanging:
        raise PlanRefusal(
            _("这条记录之下还有付款或关联费用，不能撤回。"),
            clause=CLAUSE,
            code="entry_has_others",
            status=409,
            next_step=_("请先撤回下面的记录。"),
        )
