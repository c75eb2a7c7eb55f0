"""Asking for an agent: one of the plan's table by its code, or words where the table has none (6.4.2(1))."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import choice, line
from plan.agents import agent_code, agents, agents_by_group

LONGEST = 20


def listed_agents() -> list[Any]:
    """Return the choices of the table under their groups, each with its incubation and how well that is evidenced."""
    found: list[Any] = [("", gettext_lazy("不明，或不在表中"))]
    for group, known in agents_by_group().items():
        found.append(
            (
                group,
                [(one.code, f"{one.name_zh}（{one.span_zh}，{one.evidence.label_zh}）") for one in known],
            )
        )
    return found


def suspect_fields() -> dict[str, forms.Field]:
    """Ask for a suspected agent."""
    return {
        "value": choice(label=gettext_lazy("可疑致病因子"), choices=listed_agents()),
        "other": line(
            label=gettext_lazy("表中没有的致病因子"),
            max_length=LONGEST,
            help_text=gettext_lazy("不在表中的没有潜伏期数据，6.4.2(1)将显示无法判断，须由专家另定。"),
        ),
    }


def suspect_said(data: Mapping[str, Any]) -> str:
    """Return what was picked or written; words that the table knows become its code."""
    return str(data.get("value") or agent_code(data.get("other") or ""))


def suspect_typed(value: str) -> dict[str, object]:
    """Return a stated agent as the two fields hold it."""
    return {"value": value} if value in agents() else {"other": value}


def check_one_agent(form: forms.Form) -> None:
    """Put an error on the form unless exactly one of the two was given."""
    data = form.cleaned_data
    if bool(data.get("value")) == bool(data.get("other")) and not form.errors:
        form.add_error("other", _("请在表中选一项，或填写表中没有的，只填一处。"))
