"""The form that asks for a code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.plan_form import PlanForm

LONGEST_CODE = 40


class CodeForm(PlanForm):
    """A code of the phone or a recovery code."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=LONGEST_CODE,
        error_messages={"required": _("请填写验证码。"), "max_length": _("验证码不正确。")},
        widget=forms.TextInput(
            attrs={
                "class": "form-control num",
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )

    def fail(self) -> None:
        """Say that the code was wrong."""
        self.add_error("code", _("验证码不正确，或已经用过。请核对手机时间后用新的验证码重试。"))
