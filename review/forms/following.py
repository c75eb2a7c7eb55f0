"""Forms of what goes beside the papers of 7.2: the team, what goes up, improvements and what became of them."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import MomentField, choice, day, line, offer, tick, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Organisation
from response.measure_forms import UNSET, OnceForm
from review.actions.investigating import TeamMember
from review.models import Direction, InvestigationTeam

SEPARATORS: Final = ("，", ",", "\t")


class TeamForm(PlanForm):
    """The team, a member a line: unit, name, capacity (7.2)."""

    leader = line(label=gettext_lazy("组长"), max_length=40, required=True)
    members = words(
        label=gettext_lazy("成员"),
        required=True,
        rows=6,
        help_text=gettext_lazy("每行一人：单位，姓名，职务。例如：市卫生健康委，王某，副主任"),
    )
    formed_at = MomentField(label=gettext_lazy("组成时间"))
    document = line(label=gettext_lazy("文号"), max_length=80)

    def __init__(self, *args: Any, team: InvestigationTeam | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if team is not None:
            people = team.members["members"]
            self.initial = {
                **self.initial,
                "leader": team.leader,
                "members": "\n".join("，".join(filter(None, person)) for person in people),
                "formed_at": team.formed_at,
                "document": team.document,
            }
            self.fields["reason"] = line(label=_("调整的理由"), max_length=300, required=True)

    def clean_members(self) -> list[TeamMember]:
        """Read a member a line; a line without unit or name is refused."""
        return [
            _member(number, words)
            for number, words in enumerate(self.cleaned_data["members"].splitlines(), start=1)
            if words.strip()
        ]

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        return dict(self.cleaned_data)


def _member(number: int, text: str) -> TeamMember:
    for separator in SEPARATORS[1:]:
        text = text.replace(separator, SEPARATORS[0])
    cells = [cell.strip() for cell in text.split(SEPARATORS[0], 2)]
    if len(cells) < 2 or not all(cells[:2]):
        raise ValidationError(_("第%(line)d行：须有单位和姓名。"), params={"line": number})
    if any(len(cell) > 40 for cell in cells):
        raise ValidationError(_("第%(line)d行：每项最多40个字。"), params={"line": number})
    return TeamMember(*cells)


class AboveForm(OnceForm):
    """What was handed to a team above the city, or its result (7.2: Ⅰ, Ⅱ)."""

    direction = choice(label=gettext_lazy("事项"), choices=[UNSET, *Direction.choices], required=True)
    body = line(label=gettext_lazy("上级调查组或单位"), max_length=80, required=True)
    document = line(label=gettext_lazy("文号"), max_length=80, help_text=gettext_lazy("收到结果的必须填写。"))
    text = words(label=gettext_lazy("材料清单或结果摘要"), required=True, max_length=8000, rows=6)
    exchanged_at = MomentField(label=gettext_lazy("时间"))

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("body", "document", "text", "exchanged_at")},
            "direction": Direction(data["direction"]),
            "form_token": self.token,
        }


class ImprovementForm(OnceForm):
    """An improvement proposed to one body (7.2)."""

    addressee = choice(label=gettext_lazy("责任单位"), choices=(), required=True)
    text = words(label=gettext_lazy("改进意见"), required=True)
    due_on = day(
        label=gettext_lazy("完成期限"), help_text=gettext_lazy("由市食药安办自定，非预案规定；可以不填。")
    )

    def __init__(self, *args: Any, bodies: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {each.code: each for each in bodies}
        names = [(code, each.name) for code, each in self.bodies.items()]
        offer(self, "addressee", [UNSET, *names])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            "addressee": self.bodies[data["addressee"]],
            "text": data["text"],
            "due_on": data["due_on"],
            "form_token": self.token,
        }


class ReportForm(PlanForm):
    """How an improvement goes on, or that it is done."""

    text = words(label=gettext_lazy("改进情况"), required=True)
    is_done = tick(label=gettext_lazy("已完成"))
    proof = line(
        label=gettext_lazy("佐证材料"), max_length=120, help_text=gettext_lazy("报告完成时填写名称或文号。")
    )


class JudgementForm(PlanForm):
    """Whether an improvement is enough."""

    is_enough = forms.TypedChoiceField(
        label=gettext_lazy("核验结果"),
        choices=[("yes", gettext_lazy("办结")), ("no", gettext_lazy("退回继续整改"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择一项。")},
    )
    opinion = words(label=gettext_lazy("核验意见"), required=True)


class WithdrawalForm(PlanForm):
    """Why an improvement is taken back."""

    reason = words(label=gettext_lazy("撤回的理由"), required=True)
