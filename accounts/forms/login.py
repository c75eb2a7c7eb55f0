"""The forms of logging in and of changing one's password."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

USERNAME_LENGTH = 150


class LoginForm(AuthenticationForm):
    """Name and password; the answer never tells which of them was wrong."""

    error_messages = {
        "invalid_login": _("用户名或密码不正确。请核对后重试；连续输错会暂停登录15分钟。"),
        "inactive": _("用户名或密码不正确。请核对后重试；连续输错会暂停登录15分钟。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")
        # Django tells the browser of the longest name a login may have, and does not hold others to it.
        self.fields["username"].validators.append(MaxLengthValidator(USERNAME_LENGTH))
        for field in self.fields.values():
            field.widget.attrs |= {"class": "form-control", "autocapitalize": "none", "spellcheck": "false"}

    @property
    def was_tried(self) -> bool:
        """Tell whether name and password were complete enough to be tried."""
        return {"username", "password"} <= self.cleaned_data.keys()


class PasswordForm(PasswordChangeForm):
    """The old password and, twice, the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "old_password": _("现在的密码"),
            "new_password1": _("新密码"),
            "new_password2": _("再输一次新密码"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["new_password1"].help_text = _(
            "至少12个字符，包含小写字母、大写字母、数字、其他字符中的至少三类；不要用常见密码，也不要与姓名、用户名相近。"
        )
        self.fields["new_password2"].help_text = ""
