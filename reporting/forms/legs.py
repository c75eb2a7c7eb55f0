"""Forms about who was told: a report that reached a recipient, a city unit concerned, a report taken back."""

from typing import Any

from django.utils.translation import gettext_lazy

from accounts.forms.fields import MomentField, choice, line, tick, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Organisation
from incidents.selectors import family_ids
from plan.duties import DUTY_5_1_8
from plan.offices import OfficeKind, Tier
from reporting.alerts import leg_label
from reporting.first_limb import bearers
from reporting.forms.record_form import RecordForm
from reporting.models import LegCode, Obligation

# Who may be 市级有关单位: any city body but those that receive the reports (A21).
NOT_CONCERNED = frozenset({*DUTY_5_1_8.recipients, OfficeKind.CITY_GOVERNMENT, OfficeKind.CITY_COMMISSION})
CITY_KINDS = [kind.value for kind in OfficeKind if kind.level is Tier.CITY and kind not in NOT_CONCERNED]


class DeliveryForm(RecordForm):
    """A phone or written report reached a recipient (5.1(8)); the time is when it reached them (A18)."""

    bearer = choice(label=gettext_lazy("报告单位"), choices=(), required=True)
    recipient = choice(label=gettext_lazy("接报单位"), choices=(), required=True)
    leg = choice(
        label=gettext_lazy("报告方式"),
        choices=[
            (code, leg_label(code))
            for code in (LegCode.PHONE, LegCode.WRITTEN, LegCode.REPORT, LegCode.ONWARD)
        ],
        required=True,
    )
    received_at = MomentField(label=gettext_lazy("对方接到的时间"))
    receiver = line(label=gettext_lazy("接报人"), max_length=60)
    channel = line(
        label=gettext_lazy("渠道"),
        max_length=80,
        help_text=gettext_lazy("例如：值班电话、紧急信息报送系统、传真、公文交换。"),
    )
    content = words(label=gettext_lazy("报告内容"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family = family_ids(self.incident)
        others = Obligation.objects.filter(incident__in=family, leg__in=(LegCode.REPORT, LegCode.ONWARD))
        hours = list(others.select_related("bearer", "recipient").order_by("pk"))
        recipients = Organisation.objects.filter(kind__in=DUTY_5_1_8.recipients).order_by("pk")
        self.bearers = {each.code: each for each in [*bearers(family), *(hour.bearer for hour in hours)]}
        self.recipients = {each.code: each for each in [*recipients, *(hour.recipient for hour in hours)]}
        self.offer("bearer", _names(self.bearers))
        self.offer("recipient", _names(self.recipients))

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("leg", "received_at", "receiver", "channel", "content")},
            "bearer": self.bearers[data["bearer"]],
            "recipient": self.recipients[data["recipient"]],
        }


class AttemptForm(RecordForm):
    """A call that nobody answered (A54)."""

    bearer = choice(label=gettext_lazy("报告单位"), choices=(), required=True)
    recipient = choice(label=gettext_lazy("拨打的接收单位"), choices=(), required=True)
    attempted_at = MomentField(label=gettext_lazy("拨打的时间"))
    channel = line(label=gettext_lazy("拨打的号码或渠道"), max_length=80)
    note = words(label=gettext_lazy("说明"), max_length=300, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recipients = Organisation.objects.filter(kind__in=DUTY_5_1_8.recipients).order_by("pk")
        self.bearers = {each.code: each for each in bearers(family_ids(self.incident))}
        self.recipients = {each.code: each for each in recipients}
        self.offer("bearer", _names(self.bearers))
        self.offer("recipient", _names(self.recipients))

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("attempted_at", "channel", "note")},
            "bearer": self.bearers[data["bearer"]],
            "recipient": self.recipients[data["recipient"]],
        }


class DeliveryCorrectionForm(PlanForm):
    """A recorded delivery was mistaken, or never happened (5.1); the old record stays."""

    retracts = tick(label=gettext_lazy("这次报告并未发生，撤销记录"))
    received_at = MomentField(label=gettext_lazy("对方接到的时间"))
    receiver = line(label=gettext_lazy("接报人"), max_length=60)
    channel = line(label=gettext_lazy("渠道"), max_length=80)
    reason = words(label=gettext_lazy("更正理由"), required=True, max_length=300, rows=2)


class CityUnitForm(RecordForm):
    """A 市级有关单位 of this incident, which then owes reports of its own (5.1(8), A21)."""

    organisation = choice(label=gettext_lazy("市级有关单位"), choices=(), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Organisation.objects.filter(kind__in=CITY_KINDS).order_by("pk")
        self.units = {each.code: each for each in units}
        self.offer("organisation", [("", gettext_lazy("请选择")), *_names(self.units)])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        return {"organisation": self.units[self.cleaned_data["organisation"]]}


class ReasonForm(PlanForm):
    """An act that asks for nothing but its reason."""

    reason = words(label=gettext_lazy("理由"), required=True, max_length=300, rows=2)


def _names(organisations: dict[str, Organisation]) -> list[tuple[str, Any]]:
    return [(code, each.name) for code, each in organisations.items()]
