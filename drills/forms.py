"""The form that starts a drill (9.2)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.forms.fields import choice, offer
from accounts.forms.plan_form import PlanForm
from drills.permissions import counties_to_play_in
from drills.policies import FASTEST
from drills.scripts import titles
from plan.readiness import DrillKind


class StartForm(PlanForm):
    """Which script, of which kind, where, how fast."""

    script = choice(label=gettext_lazy("演练脚本"), choices=[], required=True)
    kind = choice(
        label=gettext_lazy("演练类型"),
        choices=[(each.value, each.label_zh) for each in DrillKind],
        required=True,
    )
    county = choice(label=gettext_lazy("事发地"), choices=[], required=True)
    factor = forms.IntegerField(
        label=gettext_lazy("倍速（1至60）"),
        min_value=1,
        max_value=FASTEST,
        initial=30,
        help_text=gettext_lazy("30倍：预案的2小时在演练中是4分钟，演练里的每个时钟都注明倍速。"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "form-control num"}
        ),
        error_messages={
            "required": gettext_lazy("请填写倍速。"),
            "invalid": gettext_lazy("请用数字填写倍速。"),
            "min_value": gettext_lazy("演练倍速为1至60倍。"),
            "max_value": gettext_lazy("演练倍速为1至60倍。"),
        },
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counties = {each.code: each for each in counties_to_play_in(actor)}
        offer(self, "script", list(titles().items()))
        offer(self, "county", [(code, each.name) for code, each in self.counties.items()])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            "script": data["script"],
            "kind": DrillKind(data["kind"]),
            "county": self.counties[data["county"]],
            "factor": data["factor"],
        }
