"""Forms of the measures page: each asks for what the plan's data say of the kind of record (6.3)."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import MomentField, PeopleField, choice, line, offer, tick, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Organisation
from plan.groups import Group
from plan.offices import OfficeKind
from plan.records import RecordKind
from plan.records.kinds import Answer, Asked
from response.models import DisputeKind, DisputeState, TaskState

UNSET = ("", gettext_lazy("请选择"))


class OnceForm(PlanForm):
    """A form whose second sending is recognised by its token."""

    form_token = forms.Field(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("form_token", uuid.uuid4())

    @property
    def token(self) -> uuid.UUID | None:
        """What lets a second click be recognised; None if it was lost on the way."""
        try:
            return uuid.UUID(str(self.cleaned_data["form_token"]))
        except ValueError:
            return None


class MeasureForm(OnceForm):
    """One record of a measure: what its kind asks for, when it was done, and words beside (6.3)."""

    def __init__(self, *args: Any, spec: RecordKind, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spec, self.at = spec, at
        self.initial.setdefault("done_at", at)
        hospitals = _hospitals() if any(one.answer is Answer.HOSPITAL for one in spec.asks) else []
        self.fields.update({asked.name: field_of(asked, hospitals) for asked in spec.asks})
        if spec.names_official:
            self.fields["official"] = line(
                label=_("作出决定或出具意见的人员及职务"), max_length=80, required=True
            )
        self.fields["done_at"] = MomentField(label=_("时间"))
        self.fields["note"] = words(label=spec.note_zh or _("说明"), required=bool(spec.note_zh))

    def clean_done_at(self) -> datetime:
        """Take the minute that is running as now, so that this record is younger than those of the same minute."""
        done_at: datetime = self.cleaned_data["done_at"]
        return self.at if done_at == self.at.replace(second=0, microsecond=0) else done_at

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        details = {asked.name: data[asked.name] for asked in self.spec.asks}
        return {
            "kind": self.spec.code,
            "details": {name: value for name, value in details.items() if value not in {None, ""}},
            "note": data["note"],
            "official": data.get("official", ""),
            "done_at": data["done_at"],
            "form_token": self.token,
        }


class TaskForm(PlanForm):
    """How it stands with an item of the checklist."""

    state = choice(label=gettext_lazy("进展"), choices=[UNSET, *TaskState.choices], required=True)
    document = line(
        label=gettext_lazy("材料名称或文号"),
        max_length=120,
        help_text=gettext_lazy("须形成材料的，完成时填写。"),
    )
    note = words(label=gettext_lazy("说明"), max_length=500, rows=2)


class DisputeForm(OnceForm):
    """A petition or dispute, without names (6.3.6)."""

    kind = choice(label=gettext_lazy("类别"), choices=[UNSET, *DisputeKind.choices], required=True)
    in_charge = choice(label=gettext_lazy("办理机关"), choices=(), required=True)
    register_number = line(
        label=gettext_lazy("办理机关登记号"),
        max_length=60,
        help_text=gettext_lazy("以登记号指代当事人，不写姓名。"),
    )
    people = PeopleField(label=gettext_lazy("涉及人数"), required=False)
    summary = words(label=gettext_lazy("情况"), required=True)

    def __init__(self, *args: Any, organs: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organs = {each.code: each for each in organs}
        names = [(code, each.name) for code, each in self.organs.items()]
        offer(self, "in_charge", [UNSET, *names])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            "kind": DisputeKind(data["kind"]),
            "in_charge": self.organs[data["in_charge"]],
            **{name: data[name] for name in ("register_number", "people", "summary")},
            "form_token": self.token,
        }


class DisputeStepForm(PlanForm):
    """A further step of a petition or dispute."""

    state = choice(label=gettext_lazy("进展"), choices=DisputeState.choices, required=True)
    summary = words(label=gettext_lazy("情况"), required=True)


def _hospitals() -> list[tuple[str, Any]]:
    rows = Organisation.objects.filter(kind=OfficeKind.HOSPITAL).order_by("code")
    return [UNSET, *rows.values_list("code", "name")]


def field_of(asked: Asked, hospitals: list[tuple[str, Any]]) -> forms.Field:
    """Ask for one thing that a kind of record or entry asks for."""
    if asked.answer is Answer.TICK:
        return tick(label=asked.label_zh)
    if asked.answer is Answer.NUMBER:
        return PeopleField(label=asked.label_zh, required=asked.is_required)
    if asked.answer is Answer.TEXT:
        return line(label=asked.label_zh, max_length=500, required=asked.is_required)
    choices = hospitals if asked.answer is Answer.HOSPITAL else [UNSET, *asked.choices]
    return choice(label=asked.label_zh, choices=choices, required=asked.is_required)


class GroupForm(PlanForm):
    """A group to set up: one of the plan's six, or one with a name of its own (3.4, A36)."""

    group = choice(
        label=gettext_lazy("工作组"),
        choices=[*((each.value, each.label_zh) for each in Group), ("", gettext_lazy("其他工作组"))],
    )
    name = line(
        label=gettext_lazy("其他工作组的名称"), max_length=40, help_text=gettext_lazy("预案列名的不填。")
    )
    lead = choice(
        label=gettext_lazy("牵头单位"),
        choices=(),
        help_text=gettext_lazy("预案定明的不选；环节不明或涉及多个环节的，由应急指挥部指定。"),
    )
    lead_note = line(label=gettext_lazy("指定牵头单位的理由"), max_length=200)

    def __init__(self, *args: Any, organs: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organs = {each.code: each for each in organs}
        names = [(code, each.name) for code, each in self.organs.items()]
        offer(self, "lead", [("", _("按预案")), *names])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            "group": Group(data["group"]) if data["group"] else None,
            "name": data["name"],
            "lead": self.organs.get(data["lead"]),
            "lead_note": data["lead_note"],
        }


class GroupReportForm(OnceForm):
    """A group's report; with nothing to report it is sent empty (3.4)."""

    content = words(label=gettext_lazy("工作开展情况"), rows=5)


class GroupChangeForm(PlanForm):
    """One change to a group: a member more, or how often it reports (3.4)."""

    member = choice(label=gettext_lazy("增加成员单位"), choices=())
    every_min = forms.IntegerField(
        label=gettext_lazy("报告间隔（分钟）"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "form-control num"}),
        error_messages={"invalid": gettext_lazy("请用数字填写分钟数。")},
    )
    stands_down = tick(label=gettext_lazy("撤销该组"))

    def __init__(self, *args: Any, organs: list[Organisation], by_function: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organs = {each.code: each for each in organs}
        names = [(code, each.name) for code, each in self.organs.items()]
        offer(self, "member", [("", _("不增加")), *names])
        if by_function:
            self.fields["line_department"] = choice(
                label=_("指定%s") % by_function, choices=[("", _("不指定")), *names]
            )
            self.fields["line_reason"] = line(
                label=_("指定理由"), max_length=200, help_text=_("预案没有列明，由指挥部办公室按事故指定。")
            )
            self.order_fields(["member", "line_department", "line_reason"])
