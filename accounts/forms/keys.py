"""The forms about hospitals' keys."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.keys import LONGEST_LIFE
from accounts.forms.fields import choice, line, offer, tick, words
from accounts.forms.plan_form import PlanForm
from accounts.models import HOSPITAL_SCOPES, HospitalKey, Organisation, Scope
from accounts.networks import normal_network

USUAL_DAYS = 365


class NetworksForm(PlanForm):
    """From where a key may be used."""

    networks = words(
        label=gettext_lazy("来源网段"),
        max_length=1000,
        help_text=gettext_lazy("每行一个，按CIDR书写，例如 10.20.0.0/16 或 203.0.113.7。不填则不限来源。"),
    )

    def clean_networks(self) -> list[str]:
        """Read one network a line."""
        try:
            return [normal_network(text) for text in self.cleaned_data["networks"].replace(",", " ").split()]
        except ValueError as wrong:
            raise ValidationError(
                _("%s。请写网段的起始地址，例如 10.20.0.0/16。") % wrong, code="not_a_network"
            ) from wrong


class IssueForm(NetworksForm):
    """A key for a hospital or a department."""

    field_order = ("hospital", "label", "is_test", "days", "scopes", "networks")

    hospital = choice(label=gettext_lazy("医疗卫生机构或部门"), choices=(), required=True)
    label = line(
        label=gettext_lazy("用途"),
        max_length=60,
        required=True,
        help_text=gettext_lazy("例如：急诊系统、轮换用。"),
    )
    is_test = tick(
        label=gettext_lazy("测试密钥：只供对接调试，报来的内容不是报告，不起算时限，不通知任何单位")
    )
    days = forms.IntegerField(
        label=gettext_lazy("有效天数"),
        min_value=1,
        max_value=LONGEST_LIFE.days,
        initial=USUAL_DAYS,
        widget=forms.TextInput(
            attrs={"class": "form-control num", "inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages={
            "required": gettext_lazy("请填写天数。"),
            "invalid": gettext_lazy("请用数字填写天数。"),
            "min_value": gettext_lazy("至少1天。"),
            "max_value": gettext_lazy("最长%(limit_value)d天。"),
        },
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("权限范围"),
        choices=Scope.choices,
        initial=[each.value for each in HOSPITAL_SCOPES],
        help_text=gettext_lazy("医疗卫生机构报送病例；其他部门只能报送监测信息。"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请至少选择一项。")},
    )

    def __init__(self, *args: Any, hospitals: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hospitals = {each.code: each for each in hospitals}
        names = [(code, each.name) for code, each in self.hospitals.items()]
        offer(self, "hospital", [("", gettext_lazy("请选择")), *names])

    @property
    def said(self) -> dict[str, Any]:
        """What the valid form says, as the action takes it, but for the time from which the days count."""
        data = self.cleaned_data
        return {
            "organisation": self.hospitals[data["hospital"]],
            "label": data["label"],
            "scopes": [Scope(value) for value in data["scopes"]],
            "networks": data["networks"],
            "is_test": data["is_test"],
        }

    @property
    def life(self) -> timedelta:
        """How long the key is to live."""
        return timedelta(days=self.cleaned_data["days"])


class RevokeForm(PlanForm):
    """A key is worthless from now on."""

    reason = line(
        label=gettext_lazy("理由"),
        max_length=200,
        required=True,
        help_text=gettext_lazy("例如：已轮换、疑似泄露、系统停用。"),
    )


def networks_of(key: HospitalKey) -> dict[str, str]:
    """Return what the form about a key's networks starts with."""
    return {"networks": "\n".join(key.networks)}
