"""Forms about an hour that runs outside the offices, and about a written report that can't come in time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.forms.fields import MomentField, choice, line, words
from accounts.models import Organisation
from incidents.selectors import family_ids
from plan.duties import DUTY_5_1_1, DUTY_5_1_2, DUTY_5_1_8
from plan.offices import OfficeKind
from reporting.actions.operators import OperatorDuty
from reporting.first_limb import bearers
from reporting.forms.record_form import RecordForm

# Who may have got an operator's report by mistake: any body of its county (A46).
COUNTY_BODIES = (
    OfficeKind.COUNTY_REGULATOR,
    OfficeKind.COUNTY_HEALTH,
    OfficeKind.COUNTY_COMMISSION_OFFICE,
    OfficeKind.COUNTY_GOVERNMENT,
    OfficeKind.COUNTY_DEPARTMENT,
)


class OperatorForm(RecordForm):
    """An operator that discovered harm, or a unit where people fell ill together; its report, if it came (A20)."""

    duty = choice(
        label=gettext_lazy("报告义务"),
        choices=[
            (OperatorDuty.OPERATOR.value, f"{DUTY_5_1_1.label_zh}（{DUTY_5_1_1.clause}）"),
            (OperatorDuty.UNIT.value, f"{DUTY_5_1_2.label_zh}（{DUTY_5_1_2.clause}）"),
        ],
        required=True,
    )
    reporter = line(label=gettext_lazy("经营者或单位的名称"), max_length=80, required=True)
    earliest = MomentField(
        label=gettext_lazy("发现或发生的时间（最早可能）"),
        help_text=gettext_lazy("经营者填发现的时间，单位填群体性健康损害发生的时间；1小时从此起算。"),
    )
    latest = MomentField(label=gettext_lazy("最晚可能的时间"), required=False)
    known_at = MomentField(label=gettext_lazy("该经营者或单位得知的时间"), required=False)
    received_at = MomentField(
        label=gettext_lazy("收到其报告的时间"),
        required=False,
        help_text=gettext_lazy("尚未报告的留空，时限照样计算。"),
    )
    recipient = choice(label=gettext_lazy("收到报告的单位"), choices=())
    receiver = line(label=gettext_lazy("接报人"), max_length=60)
    channel = line(label=gettext_lazy("渠道"), max_length=80)
    reason = words(label=gettext_lazy("更正起算时间的理由"), max_length=200, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        incident, self.place = self.incident, self.incident.place
        if incident.place or incident.place_text:
            self.initial.setdefault(
                "reporter", incident.place.name if incident.place else incident.place_text
            )
        bodies = Organisation.objects.filter(kind__in=COUNTY_BODIES, jurisdiction=incident.county)
        self.bodies = {each.code: each for each in bodies.order_by("pk")}
        names = [(code, each.name) for code, each in self.bodies.items()]
        self.offer("recipient", [("", gettext_lazy("所在地县级食品安全监管部门")), *names])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        duty, latest = OperatorDuty(data["duty"]), data["latest"] or data["earliest"]
        start = {"occurred_earliest": data["earliest"], "occurred_latest": latest}
        is_here = self.place is not None and data["reporter"] == self.place.name
        return {
            **{name: data[name] for name in ("known_at", "received_at", "receiver", "channel", "reason")},
            **({"discovered_at": latest} if duty is OperatorDuty.OPERATOR else start),
            "duty": duty,
            "place": self.place if is_here else None,
            "reporter": data["reporter"],
            "recipient": self.bodies.get(data["recipient"]),
        }


class HospitalForm(RecordForm):
    """A hospital found a cluster and told its county's two offices, by phone or on paper (5.1(3))."""

    hospital = choice(label=gettext_lazy("医疗机构"), choices=())
    name = line(
        label=gettext_lazy("名单外的医疗机构名称"), max_length=80, help_text=gettext_lazy("名单里有的不填。")
    )
    discovered_at = MomentField(label=gettext_lazy("发现聚集性病例的时间"))
    health_at = MomentField(
        label=gettext_lazy("县级卫生健康部门收到的时间"),
        required=False,
        help_text=gettext_lazy("尚未收到的留空，继续记已用时；预案未定时数。"),
    )
    regulator_at = MomentField(label=gettext_lazy("县级食品安全监管部门收到的时间"), required=False)
    receiver = line(label=gettext_lazy("接报人"), max_length=60)
    channel = line(label=gettext_lazy("渠道"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Organisation.objects.filter(kind=OfficeKind.HOSPITAL).select_related("jurisdiction__host")
        self.hospitals = {each.code: each for each in found.order_by("jurisdiction__code", "pk")}
        names = [(code, each.name) for code, each in self.hospitals.items()]
        self.offer("hospital", [("", gettext_lazy("不在名单")), *names])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        return {**self.cleaned_data, "hospital": self.hospitals.get(self.cleaned_data["hospital"])}


class ExplanationForm(RecordForm):
    """A bearer explained beforehand why its written report can't come within two hours (5.1(8), A23)."""

    bearer = choice(label=gettext_lazy("报告单位"), choices=(), required=True)
    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("已向谁口头说明"),
        help_text=gettext_lazy("两个接收单位都须告知，说明才有效；已收到书面报告的除外。"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请至少选择一个接收单位。")},
    )
    lodged_at = MomentField(label=gettext_lazy("说明的时间"))
    receiver = line(label=gettext_lazy("接听人"), max_length=60, required=True)
    reason = words(label=gettext_lazy("原因"), max_length=300, required=True, rows=2)
    promised_at = MomentField(
        label=gettext_lazy("承诺补报的时间"),
        required=False,
        help_text=gettext_lazy("仅作记录；预案未另定时限。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = Organisation.objects.filter(kind__in=DUTY_5_1_8.recipients).order_by("pk")
        self.bearers = {each.code: each for each in bearers(family_ids(self.incident))}
        self.offices = {each.code: each for each in offices}
        for name, known in (("bearer", self.bearers), ("recipients", self.offices)):
            self.offer(name, [(code, each.name) for code, each in known.items()])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("lodged_at", "receiver", "reason", "promised_at")},
            "bearer": self.bearers[data["bearer"]],
            "recipients": [self.offices[code] for code in data["recipients"]],
        }
