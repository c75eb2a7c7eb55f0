"""What each report says: the fields of 电话记录, 初报, 续报 and 终报.

The plan prints only time, place and number of people (5.2); all else follows the practice of duty rooms, is not required by
the plan and never holds up a report (A26). A 终报 closes the file, so it says of every field what is known or why it isn't.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.models import DocumentKind


class Need(Enum):
    """How much a kind of document needs a field."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    # Said again only when it is no longer what the report before said.
    IF_CHANGED = "if_changed"
    # Asked for only when the written report comes after its limit.
    IF_LATE = "if_late"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class DocumentField:
    """One field; `of_plan` where 5.2 itself asks for it, `figures` where the numbers on record fill it."""

    code: str
    label: str | Promise
    needs: tuple[Need, Need, Need, Need]
    of_plan: bool = False
    figures: bool = False

    def need(self, kind: str) -> Need:
        """Return how much a kind of document needs it."""
        return self.needs[_ORDER.index(DocumentKind(kind))]


_ORDER = (DocumentKind.PHONE, DocumentKind.FIRST, DocumentKind.FOLLOW_UP, DocumentKind.FINAL)
_R, _O, _C, _L, _A = Need.REQUIRED, Need.OPTIONAL, Need.IF_CHANGED, Need.IF_LATE, Need.ABSENT

FIELDS: Final = (
    DocumentField("received", _("接报情况"), (_R, _R, _A, _A)),
    DocumentField("occurred", _("事发时间"), (_R, _R, _C, _R), of_plan=True),
    DocumentField("place", _("事发地点"), (_R, _R, _C, _R), of_plan=True),
    DocumentField("unit", _("事发单位"), (_O, _R, _O, _R)),
    DocumentField("people", _("人员伤亡"), (_R, _R, _R, _R), of_plan=True, figures=True),
    DocumentField("illness", _("症状、可疑食品和暴露情况"), (_O, _O, _O, _R)),
    DocumentField("extent", _("危害程度与影响范围"), (_O, _R, _R, _R)),
    DocumentField("sensitive", _("敏感因素"), (_R, _R, _R, _R)),
    DocumentField("course", _("事件经过和初步原因"), (_O, _R, _R, _R)),
    DocumentField("measures", _("已采取措施和领导到位情况"), (_O, _R, _R, _R)),
    DocumentField("outlook", _("发展趋势、下一步措施和需支援事项"), (_O, _R, _R, _R)),
    DocumentField("level", _("事故级别和响应级别"), (_O, _O, _C, _R)),
    DocumentField("findings", _("检验流调结论、责任认定、善后和整改"), (_A, _A, _O, _R)),
    DocumentField("lateness", _("超时说明"), (_A, _L, _A, _A)),
    DocumentField("contact", _("联系人和电话"), (_R, _R, _R, _R)),
)


def fields_of(kind: str) -> list[DocumentField]:
    """Return the fields a kind of document has, in the order they are printed (5.2, A26)."""
    return [field for field in FIELDS if field.need(kind) is not Need.ABSENT]
