"""May this be said of an item of the checklist? (6.3: 根据事故性质、特点和危害程度)"""

from django.utils.translation import gettext as _

from plan.checklist import CHECKLIST, Item
from plan.refusal import PlanRefusal
from response.models import TaskState


def item_of(code: str) -> Item:
    """Return the item of this code; a refusal (422) for one that is not on the list."""
    if code not in CHECKLIST:
        raise PlanRefusal(_("清单里没有这一项。"), clause="6.3", code="no_such_task")
    return CHECKLIST[code]


def check_can_enter_task(item: Item, state: TaskState, *, document: str, note: str) -> None:
    """Raise a refusal (422) for what does not apply without a reason, or a deliverable done without its document."""
    if state == TaskState.NOT_APPLICABLE and not note.strip():
        raise PlanRefusal(
            _("不适用的，请说明理由。"), clause=item.clause, code="not_applicable_without_reason"
        )
    if state == TaskState.DONE and item.is_deliverable and not document.strip():
        raise PlanRefusal(
            _("“%s”须形成材料，请写明名称或文号。") % item.label_zh,
            clause=item.clause,
            code="deliverable_without_document",
        )
