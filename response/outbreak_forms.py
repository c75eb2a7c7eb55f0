"""Forms of the outbreak's page: the case definition (A12) and food histories (3.4.2)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import MomentField, choice, line, tick, words
from accounts.forms.plan_form import PlanForm
from incidents.actions.definitions import Criteria
from incidents.codes import SYMPTOMS
from incidents.models import CaseDefinition, Certainty, SymptomRule
from response.history_lines import read_people, read_tables

_SAME = ("onset_from", "onset_until", "exposed_from", "exposed_until", "place", "agent", "counts_secondary")


class DefinitionForm(PlanForm):
    """What makes a patient a case; what is left empty asks for nothing (A12)."""

    counts = forms.MultipleChoiceField(
        label=_("计入发病人数的病例分类"),
        choices=Certainty.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    counts_secondary = tick(label=_("二代病例（由病人传染）也计入发病人数"))
    symptom_rule = choice(label=_("下列症状"), choices=SymptomRule.choices)
    onset_from = MomentField(label=_("发病时间不早于"), required=False)
    onset_until = MomentField(label=_("发病时间不晚于"), required=False)
    exposed_from = MomentField(label=_("进食时间不早于"), required=False)
    exposed_until = MomentField(label=_("进食时间不晚于"), required=False)
    place = line(
        label=_("进食或加工场所"), max_length=120, help_text=_("写名称中的共同部分，例如“甬江饭店”。")
    )
    agent = line(
        label=_("检出的致病因子"),
        max_length=40,
        help_text=_("填写后，只有检出该因子的才算确认病例；报为确认而未检出的，按很可能病例计。"),
    )
    reason = words(label=_("制定或修改的理由"), max_length=300, required=True)

    def __init__(self, *args: Any, in_force: CaseDefinition | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = in_force or CaseDefinition(counts=Certainty.values)
        self.initial.update({name: getattr(before, name) for name in (*_SAME, "counts", "symptom_rule")})
        for index, (system, names) in enumerate(SYMPTOMS.items()):
            name = f"symptoms_{index}"
            self.fields[name] = forms.MultipleChoiceField(
                label=system,
                choices=[(each, each) for each in names],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.initial[name] = [each for each in before.symptoms if each in names]
        self.fields["reason"] = self.fields.pop("reason")

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        chosen = (data[name] for name in self.fields if name.startswith("symptoms_"))
        criteria = Criteria(
            symptoms=tuple(each for names in chosen for each in names),
            symptom_rule=SymptomRule(data["symptom_rule"] or SymptomRule.ANY),
            counts=tuple(Certainty(each) for each in data["counts"]),
            **{name: data[name] for name in _SAME},
        )
        return {"criteria": criteria, "reason": data["reason"]}


class HistoriesForm(PlanForm):
    """What people ate, pasted from a table: a line for each person, or for each food (3.4.2)."""

    people = words(
        label=_("按人填写"),
        max_length=200_000,
        rows=6,
        help_text=_("首行写“发病”和各食品名称，以后每人一行：1是、0否，不清楚的留空；用制表符或逗号分开。"),
    )
    tables = words(
        label=_("或者按食品填写"),
        max_length=20_000,
        rows=6,
        help_text=_("每种食品一行：名称，吃的人中发病、未发病人数，没吃的人中发病、未发病人数。"),
    )
    source = line(label=_("调查了哪些人，怎样调查"), max_length=300, required=True)

    def clean_people(self) -> Any:
        """Read the lines of persons; an error names the line."""
        return read_people(self.cleaned_data["people"])

    def clean_tables(self) -> Any:
        """Read the lines of foods; an error names the line."""
        return read_tables(self.cleaned_data["tables"])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("people", "tables", "source")}
