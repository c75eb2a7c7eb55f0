"""Forms about the duties without hours: tips, notices, checks, what skipped a level (5.1(4)–(7))."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.forms.fields import MomentField, choice, line, tick, words
from accounts.models import Organisation
from incidents.models import Incident
from plan.offices import OfficeKind, Tier
from plan.reporting import LeapGround
from reporting.actions.tips import BODIES
from reporting.forms.hours import COUNTY_BODIES
from reporting.forms.record_form import RecordForm
from reporting.models import CheckOutcome, LearnedHow, LegCode
from reporting.public_choices import ReporterKind

OFFICES = [kind.value for kind in OfficeKind if kind.level in {Tier.COUNTY, Tier.CITY}]
ABOVE = (OfficeKind.PROVINCE_DEPARTMENTS,)


def offices_of(incident: Incident, *kinds: str) -> dict[str, Organisation]:
    """Return the city's offices of these kinds and those of the incident's county, by code."""
    found = Organisation.objects.filter(kind__in=kinds).select_related("jurisdiction__host").order_by("pk")
    return {
        each.code: each
        for each in found
        if OfficeKind(each.kind).level is not Tier.COUNTY or each.jurisdiction_id == incident.county_id
    }


def names(offices: dict[str, Organisation], *first: tuple[str, Any]) -> list[tuple[str, Any]]:
    """Return the choices that name these offices."""
    return [*first, *((code, each.name) for code, each in offices.items())]


class TipForm(RecordForm):
    """A technical body, an association or a private person reported, or gave a tip-off (5.1(4))."""

    kind = choice(
        label=gettext_lazy("报告人"),
        choices=[(kind.value, kind.label) for kind in BODIES],
        required=True,
    )
    is_tip_off = tick(label=gettext_lazy("属于举报：不登记举报人，也不抄送举报人信息"))
    reporter = line(
        label=gettext_lazy("机构或团体名称"),
        max_length=80,
        help_text=gettext_lazy("个人和举报人不填，系统不保存其姓名。"),
    )
    found_at = MomentField(label=gettext_lazy("发现的时间"), required=False)
    received_at = MomentField(label=gettext_lazy("收到的时间"))
    recipient = choice(
        label=gettext_lazy("收到的单位"),
        choices=(),
        help_text=gettext_lazy("市场监管所等派出机构收到，即为县级监管部门收到。"),
    )
    receiver = line(label=gettext_lazy("接报人"), max_length=60)
    channel = line(label=gettext_lazy("渠道"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices_of(self.incident, *COUNTY_BODIES)
        self.offer("recipient", names(self.offices, ("", gettext_lazy("所在地县级食品安全监管部门"))))

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            **data,
            "kind": ReporterKind(data["kind"]),
            "recipient": self.offices.get(data["recipient"]),
        }


class LearningForm(RecordForm):
    """An office learnt of the incident, and notifies at once (5.1(5), 5.1(6))."""

    department = choice(label=gettext_lazy("获知的单位"), choices=(), required=True)
    how = choice(label=gettext_lazy("怎样获知"), choices=LearnedHow.choices, required=True)
    learned_at = MomentField(label=gettext_lazy("获知的时间"))
    health_event = line(
        label=gettext_lazy("传染病或突发卫生事件"),
        max_length=120,
        help_text=gettext_lazy("卫生健康部门在调查处理中发现的，写明是哪起事件。"),
    )
    authority = line(
        label=gettext_lazy("来文的外地主管部门"),
        max_length=80,
        help_text=gettext_lazy("接到其他市、省通报的，写明通报单位。"),
    )
    others = forms.MultipleChoiceField(
        label=gettext_lazy("同时通报的其他相关部门"),
        required=False,
        widget=forms.SelectMultiple(attrs={"class": "form-select", "size": "5"}),
        help_text=gettext_lazy(
            "可选多个；同级食品安全监管部门必须通报，不用选。名单里没有的区县部门，先在事故页登记其名称。"
        ),
    )
    notifies = forms.BooleanField(label=gettext_lazy("现在由本系统通报"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices_of(self.incident, *OFFICES)
        self.offer("department", names(self.offices))
        self.offer("others", names(self.offices))
        self.initial.setdefault("department", self.actor.office)

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            **data,
            "how": LearnedHow(data["how"]),
            "department": self.offices[data["department"]],
            "others": [self.offices[code] for code in data["others"]],
        }


class CheckForm(RecordForm):
    """What an office's preliminary check found (5.1(6))."""

    outcome = choice(label=gettext_lazy("核实结果"), choices=CheckOutcome.choices, required=True)
    checked_at = MomentField(label=gettext_lazy("核实的时间"))
    content = words(label=gettext_lazy("核实情况"))

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        return {**self.cleaned_data, "outcome": CheckOutcome(self.cleaned_data["outcome"])}


class NoticeForm(RecordForm):
    """A notice or a follow-up, through this system or as the others had it (5.1(6), A18)."""

    leg = choice(
        label=gettext_lazy("通报"),
        choices=[(each.value, each.label) for each in (LegCode.NOTIFY, LegCode.FOLLOW_UP)],
        required=True,
    )
    content = words(label=gettext_lazy("通报内容"))
    received_at = MomentField(
        label=gettext_lazy("对方收到的时间"),
        required=False,
        help_text=gettext_lazy("留空即现在由本系统通报；已用其他方式通报的，填对方收到的时间。"),
    )
    receiver = line(label=gettext_lazy("接报人"), max_length=60)
    channel = line(label=gettext_lazy("渠道"), max_length=80)

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        return {**self.cleaned_data, "leg": LegCode(self.cleaned_data["leg"])}


class PassOnForm(RecordForm):
    """An office passes on what was owed to another (5.1(6), A46)."""

    office = choice(label=gettext_lazy("转送的单位"), choices=(), required=True)
    received_at = MomentField(
        label=gettext_lazy("应收单位收到的时间"),
        required=False,
        help_text=gettext_lazy("留空即现在由本系统转送。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices_of(self.incident, *OFFICES)
        self.offer("office", names(self.offices))
        self.initial.setdefault("office", self.actor.office)

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        return {**self.cleaned_data, "office": self.offices[self.cleaned_data["office"]]}


class LeapForm(RecordForm):
    """A report that skipped a level, with its ground (5.1(7), A25)."""

    bearer = choice(label=gettext_lazy("报告单位"), choices=())
    recipient = choice(label=gettext_lazy("接报单位"), choices=(), required=True)
    ground = choice(
        label=gettext_lazy("越级的理由"),
        choices=[(each.value, each.label_zh) for each in LeapGround],
        required=True,
        help_text=gettext_lazy("其他特殊情况同样接收，由市食药安办复核。"),
    )
    reason = words(label=gettext_lazy("说明"), max_length=300, rows=2)
    received_at = MomentField(label=gettext_lazy("收到的时间"))
    receiver = line(label=gettext_lazy("接报人"), max_length=60)
    channel = line(label=gettext_lazy("渠道"), max_length=80)
    withheld_reason = words(
        label=gettext_lazy("不抄送被越过一级的理由"),
        max_length=300,
        rows=2,
        help_text=gettext_lazy("仅限所反映的正是被越过的一级；填写后，该记录只有市级单位能看到。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices_of(self.incident, *OFFICES, *ABOVE)
        self.offer("bearer", names(self.offices, ("", gettext_lazy("个人（不登记姓名）"))))
        self.offer("recipient", names(self.offices))
        self.initial.setdefault("recipient", self.actor.office)
        self.initial.setdefault("ground", LeapGround.OTHER_SPECIAL.value)

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            **data,
            "ground": LeapGround(data["ground"]),
            "bearer": self.offices.get(data["bearer"]),
            "recipient": self.offices[data["recipient"]],
        }


class BodyForm(RecordForm):
    """A department of the county that has no organisation of its own here (5.1(4)–(7))."""

    name = line(
        label=gettext_lazy("单位名称"),
        max_length=80,
        required=True,
        help_text=gettext_lazy("写全称，例如：鄞州区教育局。"),
    )
