"""The forms about the duty roster and the addresses outside."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.forms.fields import MomentField, choice, line, offer, tick, words
from accounts.forms.plan_form import PlanForm
from accounts.models import User
from outbox.models import OUTSIDE, Channel

LONGEST_TABLE = 60_000


class ShiftForm(PlanForm):
    """Who has the duty, who stands by, from when to when."""

    person = choice(label=gettext_lazy("值班人"), choices=(), required=True)
    stand_in = choice(label=gettext_lazy("备班人（可不填）"), choices=())
    from_at = MomentField(label=gettext_lazy("开始"))
    until_at = MomentField(label=gettext_lazy("结束"))

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {user.username: user for user in people}
        named = [(name, f"{user}（{name}）") for name, user in self.people.items()]
        for field in ("person", "stand_in"):
            offer(self, field, [("", gettext_lazy("请选择")), *named])

    @property
    def said(self) -> dict[str, Any]:
        """What the valid form says, as the action takes it."""
        data = self.cleaned_data
        people = {name: self.people.get(data[name]) for name in ("person", "stand_in")}
        return {**people, "from_at": data["from_at"], "until_at": data["until_at"]}


class TableForm(PlanForm):
    """A roster as lines."""

    table = words(
        label=gettext_lazy("排班表"),
        required=True,
        max_length=LONGEST_TABLE,
        rows=12,
        help_text=gettext_lazy(
            "每行一班，四栏以逗号分隔：值班人用户名、备班人用户名（可空）、开始、结束。例如 wang, li, 2026-11-24 08:30, 2026-11-25 08:30"
        ),
    )


class ContactForm(PlanForm):
    """An address of the office, or of one of its people."""

    person = choice(label=gettext_lazy("归谁使用"), choices=())
    channel = choice(
        label=gettext_lazy("方式"), choices=[(each.value, each.label) for each in OUTSIDE], required=True
    )
    where = line(
        label=gettext_lazy("地址"),
        max_length=500,
        required=True,
        help_text=gettext_lazy("邮箱、手机号，或机器人、系统接口的完整地址。保存后不再显示。"),
    )
    secret = line(
        label=gettext_lazy("签名密钥（可不填）"),
        max_length=200,
        help_text=gettext_lazy("系统接口必填，至少16个字符；钉钉机器人选了“加签”的填写。保存后不再显示。"),
    )
    for_alarms = tick(label=gettext_lazy("用于告警（须有人确认）"))
    for_notices = tick(label=gettext_lazy("用于一般通知"))

    def __init__(self, *args: Any, people: Iterable[User], is_managed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {user.username: user for user in people}
        named = [(name, str(user)) for name, user in self.people.items()]
        shared = [("", gettext_lazy("单位公用"))] if is_managed else []
        offer(self, "person", [*shared, *named])
        self.fields["for_alarms"].initial = True

    @property
    def said(self) -> dict[str, Any]:
        """What the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("where", "secret", "for_alarms", "for_notices")},
            "person": self.people.get(data["person"]),
            "channel": Channel(data["channel"]),
        }


class CodeForm(PlanForm):
    """The code that was sent to the address."""

    code = forms.CharField(
        label=gettext_lazy("验证码"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"class": "form-control num", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
        error_messages={"required": gettext_lazy("请填写收到的验证码。")},
    )
