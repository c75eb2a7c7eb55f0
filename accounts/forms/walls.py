"""The forms about screens on walls."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy

from accounts.actions.walls import LONGEST_LIFE
from accounts.forms.fields import line
from accounts.forms.plan_form import PlanForm

USUAL_DAYS = 90


class IssueWallForm(PlanForm):
    """A token for a screen."""

    label = line(
        label=gettext_lazy("位置"),
        max_length=60,
        required=True,
        help_text=gettext_lazy("例如：市应急指挥中心主屏、市食药安办值班室。"),
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

    @property
    def life(self) -> timedelta:
        """How long the token is to live."""
        return timedelta(days=self.cleaned_data["days"])


class RevokeWallForm(PlanForm):
    """A screen shows nothing from now on."""

    reason = line(
        label=gettext_lazy("理由"),
        max_length=200,
        required=True,
        help_text=gettext_lazy("例如：大屏拆除、疑似泄露、已换新令牌。"),
    )


class WallTokenForm(PlanForm):
    """What a screen is let in with."""

    token = line(
        label=gettext_lazy("大屏令牌"),
        max_length=80,
        required=True,
        help_text=gettext_lazy("由市食药安办的管理员发放，只需在这台屏幕上输入一次。"),
    )
