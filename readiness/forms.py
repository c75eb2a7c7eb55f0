"""The forms of the registers, made of their fields; and those of stock, drills and support."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NOTE_LENGTH, choice, day, line, offer, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Organisation
from plan.readiness import DrillKind
from readiness.fields import Field, Kind
from readiness.reading import read
from readiness.register import Register
from response.doings.doing import yes_no
from response.line_lists.cells import MOST_BYTES

MOST_MB = MOST_BYTES // 1024 // 1024


class EntryForm(PlanForm):
    """One row of a register; what is typed is read as a workbook's cells are, and what can't be read stays to be seen."""

    def __init__(self, data: Any, *, register: Register, today: date, values: Mapping[str, Any]) -> None:
        shown = {own.name: _initial(own, values.get(own.name)) for own in register.fields}
        super().__init__(data, initial=shown)
        self.register, self.today = register, today
        self.fields.update({own.name: _field(own) for own in register.fields})

    def clean(self) -> dict[str, Any]:
        """Say of each field why it can't be read."""
        said = read(self.register, self.said(), today=self.today, is_new=True)
        for name, problem in said.problems.items():
            if not self.has_error(name):
                self.add_error(name, problem)
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """Return what was typed, nothing for what was left empty."""
        return {name: value or None for name, value in self.cleaned_data.items()}


class WorkbookForm(PlanForm):
    """A workbook to be taken in."""

    workbook = forms.FileField(
        label=_("文件"),
        allow_empty_file=True,
        help_text=_(".xlsx或.csv，不超过1 MB、2000行，读第一张工作表。"),
        error_messages={"required": _("请选择文件。")},
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx,.csv"}),
    )


class QuantityForm(PlanForm):
    """How much of a stock, and what for."""

    quantity = forms.IntegerField(
        label=_("数量"),
        min_value=1,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "form-control num"}
        ),
        error_messages={
            "required": _("请填写数量。"),
            "invalid": _("请用数字填写。"),
            "min_value": _("数量须为正整数。"),
        },
    )
    note = words(label=_("说明"), rows=2)


class UseForm(QuantityForm):
    """Stock used, for an incident or not."""

    note = words(label=_("用途和去向"), rows=2, required=True)
    incident = line(label=_("事故编号"), max_length=20, help_text=_("不是为事故动用的留空。"))


class DrillForm(PlanForm):
    """A drill that was held."""

    kind = choice(label=_("种类"), choices=[(each.value, each.label_zh) for each in DrillKind], required=True)
    title = line(label=_("演练名称"), max_length=120, required=True)
    held_on = day(label=_("日期"))
    participants = words(label=_("参加部门"), rows=2, required=True, help_text=_("写单位，不写个人姓名。"))
    people = forms.IntegerField(
        label=_("参加人数"),
        required=False,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "form-control num"}),
        error_messages={"invalid": _("请用数字填写人数。"), "min_value": _("人数不能是负数。")},
    )
    organiser = choice(label=_("组织单位"), choices=(), required=True)
    enterprise = line(
        label=_("企业名称"), max_length=80, help_text=_("企业自行组织的填写，须已在企业登记册中。")
    )

    def __init__(self, data: Any, *, regulators: Iterable[Organisation]) -> None:
        super().__init__(data)
        self.fields["held_on"].required = True
        self.fields["held_on"].error_messages["required"] = _("请填写日期。")
        named = [(each.code, each.name) for each in regulators]
        offer(self, "organiser", [*named, (OWN, _("企业自行组织"))])


OWN = "enterprise"


class FindingsForm(PlanForm):
    """What a drill showed."""

    findings = words(label=_("评估情况和问题"), rows=6, required=True)


class RequestForm(PlanForm):
    """What is asked for."""

    text = words(
        label=_("需要什么"),
        rows=3,
        required=True,
        help_text=_("写明需要什么、数量、何时何地；不写患者姓名等个人信息。"),
    )


class AnswerForm(PlanForm):
    """Whether help comes."""

    is_granted = yes_no(_("同意，正在安排"), _("不能提供"))
    answer = words(label=_("答复"), rows=3, required=True)


class IntervalForm(PlanForm):
    """A register and after how many days it is to be checked; none to turn it off."""

    register = forms.CharField()
    days = forms.IntegerField(
        label=_("天"), required=False, error_messages={"invalid": _("请用数字填写天数；留空即为不设。")}
    )


def _field(own: Field) -> forms.Field:
    label, help_text = own.heading, own.help_text
    shown = label if own.required else _("%s（可不填）") % label
    if own.kind == Kind.CHOICE:
        return choice(label=shown, choices=[("", _("请选择")), *own.choices.items()], help_text=help_text)
    if own.kind == Kind.YES:
        listed = [("", _("请选择") if own.required else _("尚不清楚")), ("是", _("是")), ("否", _("否"))]
        return choice(label=shown, choices=listed, help_text=help_text)
    if own.kind == Kind.DAY:
        return day(label=shown, help_text=help_text)
    if own.kind == Kind.WORDS:
        return words(label=shown, max_length=own.most, rows=2, help_text=help_text)
    most = NOTE_LENGTH if own.kind == Kind.AGENTS else own.most
    return line(label=shown, max_length=most, help_text=help_text)


def _initial(own: Field, value: Any) -> Any:
    if own.kind in {Kind.CHOICE, Kind.DAY}:
        return value
    if own.kind == Kind.YES:
        return {True: "是", False: "否"}.get(value, "")
    return own.shown(value)
