"""Forms of the patients' pages: a hospital's own numbers, and what happened when; never a name (6.3.1)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import MomentField, choice, line, offer, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Organisation
from plan.courses import Turn

UNSET = ("", _("请选择"))
LATER = (Turn.RELAPSED, Turn.RECOVERED, Turn.DIED, Turn.LOST, Turn.FOUND)


class PatientsForm(PlanForm):
    """What happened to one patient or to several of one hospital."""

    hospital = choice(label=_("收治医院"), choices=(), required=True)
    local_ids = words(
        label=_("患者编号"),
        required=True,
        rows=2,
        max_length=130_000,
        help_text=_("医院自编的编号，每行一个，不写姓名、证件号和电话。"),
    )
    fell_ill = MomentField(label=_("发病时间"), required=False)
    treated = MomentField(label=_("开始救治的时间"), required=False)
    stable = MomentField(
        label=_("病情稳定的时间"), required=False, help_text=_("由此起算24小时；反复的重新起算。")
    )
    later = choice(label=_("后续情况"), choices=[UNSET, *((each.value, each.label_zh) for each in LATER)])
    later_at = MomentField(label=_("后续情况发生的时间"), required=False)
    note = line(label=_("说明"), max_length=200)

    def __init__(self, *args: Any, hospitals: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hospitals = {each.code: each for each in hospitals}
        names = [(code, each.name) for code, each in self.hospitals.items()]
        if len(names) == 1:
            self.initial.setdefault("hospital", names[0][0])
        offer(self, "hospital", [UNSET, *names])

    def clean(self) -> None:
        """Ask for the time of what happened later, and for what happened at that time."""
        data = self.cleaned_data
        if bool(data.get("later")) != bool(data.get("later_at")) and "later_at" not in self.errors:
            self.add_error("later_at", _("后续情况和它发生的时间须一并填写。"))

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        turns: dict[Turn, datetime] = {
            turn: data[turn.value] for turn in (Turn.FELL_ILL, Turn.TREATED, Turn.STABLE) if data[turn.value]
        }
        if data["later"]:
            turns[Turn(data["later"])] = data["later_at"]
        return {
            "hospital": self.hospitals[data["hospital"]],
            "local_ids": data["local_ids"].splitlines(),
            "turns": turns,
            "note": data["note"],
        }


class TransferForm(PlanForm):
    """To which hospital a patient went, and the number they have there."""

    hospital = choice(label=_("转入医院"), choices=(), required=True)
    local_id = line(label=_("在转入医院的编号"), max_length=64, required=True)
    happened_at = MomentField(label=_("转院时间"))
    note = line(label=_("说明"), max_length=200)

    def __init__(self, *args: Any, hospitals: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hospitals = {each.code: each for each in hospitals}
        names = [(code, each.name) for code, each in self.hospitals.items()]
        offer(self, "hospital", [UNSET, *names])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        return {**self.cleaned_data, "hospital": self.hospitals[self.cleaned_data["hospital"]]}
