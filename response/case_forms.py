"""Forms of the page of line lists: one patient or two, and why; why somebody must know who a patient is (A12)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import choice, line
from accounts.forms.plan_form import PlanForm

SAME, TWO = "same", "two"
REASON_LENGTH = 300


class SamePersonForm(PlanForm):
    """Whether two records are one patient."""

    verdict = choice(
        label=_("结论"),
        choices=[("", _("请选择")), (SAME, _("是同一名患者")), (TWO, _("是两名患者"))],
        required=True,
    )
    reason = line(
        label=_("理由"),
        max_length=REASON_LENGTH,
        required=True,
        help_text=_("写明如何核实；不写姓名、证件号和电话。"),
    )

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {"is_same": data["verdict"] == SAME, "reason": data["reason"]}


class UnmaskForm(PlanForm):
    """Why somebody must know who a patient is."""

    reason = line(
        label=_("查看理由"),
        max_length=REASON_LENGTH,
        required=True,
        help_text=_("例如：电话核实就餐史。理由、时间和您的职务记入证据日志。"),
    )
