"""Registering a county's plan point by point, an inspection, and a step on a finding (9.1)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import choice, day, line, offer, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Jurisdiction
from editions.models import FindingStepKind
from editions.wording import NUMBER_LABELS
from plan.county_plans import CountyPoint, InspectionSubject
from plan.edition import Edition
from plan.revising import numbers_of


class CountyPlanForm(PlanForm):
    """A county's plan: its number and day, its thresholds and hours, and each point with which it must fit the city's."""

    number = line(label=_("文号或版本"), max_length=60, required=True)
    issued_on = day(label=_("印发日期"))

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issued_on"].required = True
        self.numbers = [name for name, value in numbers_of(edition).items() if type(value) is int]
        for name in self.numbers:
            self.fields[name] = forms.IntegerField(
                label=NUMBER_LABELS[name],
                min_value=1,
                initial=numbers_of(edition)[name],
                widget=forms.TextInput(attrs={"class": "form-control num", "inputmode": "numeric"}),
                error_messages={"invalid": _("请填写整数。"), "required": _("请填写这一项。")},
            )
        for point in CountyPoint:
            self.fields[f"point_{point}"] = line(
                label=point.label_zh,
                max_length=300,
                help_text=_("一致的留空；不一致的写明差异和理由。"),
            )

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            "number": data["number"],
            "issued_on": data["issued_on"],
            "numbers": {name: data[name] for name in self.numbers},
            "points": {point: data[f"point_{point}"] for point in CountyPoint},
        }


class InspectionForm(PlanForm):
    """An inspection: of which county, when, what was looked at, with whom, and what was found wanting."""

    county = choice(label=_("区县（市）"), choices=[], required=True)
    held_on = day(label=_("检查日期"))
    subjects = forms.MultipleChoiceField(
        label=_("检查内容"),
        choices=[(each.value, each.label_zh) for each in InspectionSubject],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一项。")},
    )
    bureau_people = line(label=_("市应急管理局参加人员"), max_length=200)
    summary = words(label=_("检查情况"), required=True)
    findings = words(label=_("发现的问题"), help_text=_("一行一个；没有问题留空。"))
    due_on = day(label=_("要求整改的日期"), help_text=_("由检查单位确定，预案未定期限；可留空。"))

    def __init__(self, *args: Any, counties: dict[str, Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counties = counties
        self.fields["held_on"].required = True
        offer(self, "county", [("", "—"), *((code, each.name) for code, each in counties.items())])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = dict(self.cleaned_data)
        return {
            **data,
            "county": self.counties[data["county"]],
            "subjects": [InspectionSubject(each) for each in data["subjects"]],
            "findings": data["findings"].splitlines(),
        }


class StepForm(PlanForm):
    """What became of a finding."""

    kind = choice(label=_("处理"), choices=FindingStepKind.choices, required=True)
    note = words(label=_("说明"), required=True, max_length=500)
