"""Forms for tasks, insurance cases and the declaration (7.1)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import MoneyField, PeopleField, choice, day, line, tick, words
from accounts.forms.plan_form import PlanForm
from aftermath.forms import DUE_HELP, EntryForm, of_plan
from aftermath.models import ClaimState, TaskState
from aftermath.terms import ClaimTerms, TaskTerms
from plan.aftermath import InsuranceList, TaskKind


class TaskForm(EntryForm):
    """A settlement, a visit, a disposal or another task."""

    asked = ("kind", "summary", "people", "due_on", "state", "done_on", "document")

    kind = choice(label=gettext_lazy("事项"), choices=of_plan(TaskKind), required=True)
    summary = words(
        label=gettext_lazy("内容"),
        required=True,
        max_length=500,
        help_text=gettext_lazy("写人数、地点、数量和单位，不写受害人姓名。"),
    )
    people = PeopleField(label=gettext_lazy("涉及人数"), required=False)
    due_on = day(label=gettext_lazy("计划办结日期"), help_text=DUE_HELP)
    state = choice(label=gettext_lazy("进展"), choices=TaskState.choices, required=True)
    done_on = day(label=gettext_lazy("办结日期"))
    document = line(label=gettext_lazy("材料名称或文号"), max_length=120)

    def terms(self) -> TaskTerms:
        """Return what the valid form says."""
        return TaskTerms(
            **self.known("summary", "people", "due_on", "done_on", "document"),
            kind=TaskKind(self.cleaned_data["kind"]),
            state=TaskState(self.cleaned_data["state"]),
        )


class ClaimForm(EntryForm):
    """A case with an insurer."""

    asked = ("of_list", "insurer", "case_number", "people", "amount", "state", "paid", "note")

    of_list = choice(label=gettext_lazy("清单"), choices=of_plan(InsuranceList), required=True)
    insurer = line(label=gettext_lazy("保险机构"), max_length=120, required=True)
    case_number = line(
        label=gettext_lazy("保险机构案号"),
        max_length=60,
        required=True,
        help_text=gettext_lazy("以案号指代当事人，不写姓名。"),
    )
    people = PeopleField(label=gettext_lazy("涉及人数"))
    amount = MoneyField(label=gettext_lazy("报案金额（元）"), required=False)
    state = choice(label=gettext_lazy("进展"), choices=ClaimState.choices, required=True)
    paid = MoneyField(label=gettext_lazy("赔付金额（元）"), required=False)
    note = words(label=gettext_lazy("说明"), max_length=500, rows=2)

    def terms(self) -> ClaimTerms:
        """Return what the valid form says."""
        return ClaimTerms(
            **self.known("insurer", "case_number", "people", "amount", "paid", "note"),
            of_list=InsuranceList(self.cleaned_data["of_list"]),
            state=ClaimState(self.cleaned_data["state"]),
        )


class FinishForm(PlanForm):
    """The declaration; the number of open items that were shown comes back with it."""

    open_shown = forms.IntegerField(widget=forms.HiddenInput)
    statement = words(label=gettext_lazy("善后处置情况"), required=True, rows=5)

    def __init__(self, *args: Any, still_open: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["open_shown"] = still_open
        if still_open:
            self.fields["carries"] = tick(label=_("上列%d项结转，继续办理和跟踪") % still_open)
            self.fields["carries"].required = True
            self.fields["carries"].error_messages["required"] = _("请确认结转。")


class TellForm(PlanForm):
    """Nothing is asked: one button."""
