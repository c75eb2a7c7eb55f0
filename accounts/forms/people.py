"""The forms about people and their offices."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import choice, day, line, offer, tick
from accounts.forms.plan_form import PlanForm
from accounts.models import Organisation, User

USERNAME = User._meta.get_field("username")
LAST_DAY = gettext_lazy("最后一天（含当日）；不填则长期有效。")


class OfficeForm(PlanForm):
    """An office in one of the organisations managed, until a day."""

    organisation = choice(label=gettext_lazy("单位"), choices=(), required=True)
    title = line(label=gettext_lazy("职务"), max_length=40, required=True)
    until_on = day(label=gettext_lazy("任职至"), help_text=LAST_DAY)

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {each.code: each for each in organisations}
        names = [(code, each.name) for code, each in self.organisations.items()]
        offer(self, "organisation", [("", gettext_lazy("请选择")), *names])
        self.fields["title"].initial = _("值班员")

    @property
    def said(self) -> dict[str, Any]:
        """What the valid form says, as the actions take it."""
        data = self.cleaned_data
        return {
            "organisation": self.organisations[data["organisation"]],
            "title": data["title"],
            "until_at": end_of(data["until_on"]),
        }


class AdmitForm(OfficeForm):
    """A new person with a first office."""

    field_order = ("display_name", "username")

    display_name = line(label=gettext_lazy("姓名"), max_length=40, required=True)
    username = line(
        label=gettext_lazy("用户名"),
        max_length=150,
        required=True,
        help_text=gettext_lazy("一人一个，以后不能更改；不要用身份证号或手机号。"),
    )

    def clean_username(self) -> str:
        """Hold the name to what accounts may be called."""
        username: str = self.cleaned_data["username"]
        USERNAME.run_validators(username)
        if username.isdecimal():
            raise ValidationError(_("用户名不能全是数字。"), code="username_is_a_number")
        return username

    @property
    def said(self) -> dict[str, Any]:
        """What the valid form says, as the action takes it."""
        return super().said | {name: self.cleaned_data[name] for name in ("display_name", "username")}


class GrantForm(OfficeForm):
    """One more office for a person, perhaps in somebody's stead."""

    field_order = ("organisation", "title", "from_on", "until_on")

    from_on = day(label=gettext_lazy("任职自"), help_text=gettext_lazy("不填则即时生效。"))
    stands_in_for = line(
        label=gettext_lazy("代谁的班"),
        max_length=150,
        help_text=gettext_lazy("代班时填被代班人的用户名，并写明最后一天；不是代班则不填。"),
    )
    is_manager = tick(label=gettext_lazy("可以管理人员和密钥（限食药安办、市场监管局）"))

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_stands_in_for(self) -> User | None:
        """Find the person meant among those managed."""
        username = self.cleaned_data["stands_in_for"]
        if not username:
            return None
        found = self.people.filter(username=username).first()
        if found is None:
            raise ValidationError(_("管理范围内没有这个用户名。"), code="unknown_person")
        return found

    @property
    def said(self) -> dict[str, Any]:
        """What the valid form says, as the action takes it."""
        data = self.cleaned_data
        return super().said | {
            "from_at": start_of(data["from_on"]),
            "stands_in_for": data["stands_in_for"],
            "is_manager": data["is_manager"],
        }


class EndForm(PlanForm):
    """The last day of an office."""

    until_on = day(label=gettext_lazy("最后一天"), help_text=gettext_lazy("含当日；不填则立即结束。"))

    @property
    def until_at(self) -> datetime | None:
        """When the office ends, None for now."""
        return end_of(self.cleaned_data["until_on"])


def start_of(chosen: date | None) -> datetime | None:
    """Return when a day begins in Ningbo; for today and for no day nothing, which means now."""
    if chosen is None or chosen == timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(chosen, time.min))


def end_of(chosen: date | None) -> datetime | None:
    """Return when a day is over in Ningbo."""
    if chosen is None:
        return None
    return timezone.make_aware(datetime.combine(chosen + timedelta(days=1), time.min))
