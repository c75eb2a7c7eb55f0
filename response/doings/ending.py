"""Raising, lowering and ending a response (6.4)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import line, words
from accounts.rights import Right
from plan.adjustment import LOWER_GROUND, RAISE_GROUNDS, Element
from plan.levels import ResponseLevel
from plan.termination import TERMINATION_CONDITIONS
from reporting.asking import refusal_of
from response.actions.adjustment import apply_adjustment
from response.actions.reopening import answer_reopened
from response.actions.termination import propose_end
from response.doings.doing import Doing, Fields, Target, level_field, several
from response.matters import result_in_words
from response.models import Response
from response.permissions import (
    check_actor_in_city,
    check_actor_may_on,
    check_actor_proposes_end,
)
from response.policies.adjustment import check_has_city_headquarters
from response.policies.command import check_ends_by_itself, check_is_running
from response.policies.termination import (
    CLEANED,
    CONDITIONS,
    NOT_AN_INCIDENT,
    PATIENTS,
    check_assessed,
    check_computed,
)
from response.selectors.running import began_at, responses_of

ELEMENTS = [element for ground in (*RAISE_GROUNDS, LOWER_GROUND) for element in ground.elements]
OF_THE_TREND = {Element.SPREADING, Element.NO_FURTHER_SPREAD}
SIGNED = {each.clause: each.findings for each in TERMINATION_CONDITIONS if not each.needs_patients}


class Offered(forms.MultipleChoiceField):
    """Offers what stands now; of anything else that is sent, the action says why not."""

    def valid_value(self, _value: str) -> bool:
        """Leave it to the action."""
        return True


def _check_apply(target: Target) -> None:
    check_actor_in_city(target.actor, Right.APPLY, target.incident)
    response = target.city or target.response
    check_is_running(response, "6.4.1")
    check_has_city_headquarters(response)


def _adjust_fields(target: Target) -> Fields:
    judged = "；".join(map(str, target.trends))
    evidence = {
        element.value: words(
            label=element.label_zh, rows=1, help_text=judged if element in OF_THE_TREND else ""
        )
        for element in ELEMENTS
    }
    for element, text in target.on_record.items():
        evidence[element.value].initial = text
    return {
        "level": level_field(ResponseLevel),
        "note": words(label=_("分析、评估和论证意见"), required=True),
        **evidence,
    }


def _apply(target: Target, said: dict[str, Any]) -> object:
    findings = {element: said[element.value] for element in ELEMENTS if said[element.value]}
    return apply_adjustment(
        response=target.response,
        level=ResponseLevel(said["level"]),
        findings=findings,
        note=said["note"],
        by=target.actor,
        at=target.at,
    )


def _propose_fields(target: Target) -> Fields:
    """Ask for what the conditions consist of that the current assessment names, and for nothing else."""
    named = target.assessment.conditions if target.assessment is not None else []
    why = refusal_of(lambda: check_computed(named, target.condition.judgement))
    held = [name for name in named if name != PATIENTS or why is None]
    asked: dict[str, forms.Field] = {
        "conditions": Offered(
            label=_("符合的终止条件（现行评估所指明的）"),
            choices=[(name, f"{name} {CONDITIONS[name].text_zh}") for name in held],
            help_text=why.message_zh if why is not None else "",
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    }
    for name in held:
        for finding in SIGNED.get(name, ()):
            asked[finding.value] = words(label=finding.label_zh, rows=1)
        asked |= _MORE[name](target) if name in _MORE else {}
    return {**asked, "note": words(label=_("理由"))}


def _results(target: Target) -> Fields:
    results = [(str(each.pk), result_in_words(each)) for each in target.results]
    return {
        "results": several(label=_("据以认定“符合相关标准”的检验结果（登记在案的）"), choices=results),
        "outside": line(
            label=_("系统以外的检验报告"),
            max_length=120,
            help_text=_("写明出具单位和报告编号，将标明来自系统以外。"),
        ),
    }


_MORE: dict[str, Callable[[Target], Fields]] = {
    CLEANED: _results,
    NOT_AN_INCIDENT: lambda _target: {"handed_to": line(label=_("移交的部门"), max_length=60)},
}


def _propose(target: Target, said: dict[str, Any]) -> object:
    findings = [finding for each in SIGNED.values() for finding in each]
    cited = said.get("results", [])
    return propose_end(
        response=target.ending,
        conditions=said["conditions"],
        findings={finding: said[finding.value] for finding in findings if said.get(finding.value)},
        results=[one for one in target.results if str(one.pk) in cited],
        outside=said.get("outside", ""),
        handed_to=said.get("handed_to", ""),
        note=said["note"],
        by=target.actor,
        at=target.at,
    )


def _check_propose(target: Target) -> None:
    check_actor_proposes_end(target.actor, target.ending)
    check_is_running(target.ending, "6.4.2")
    check_ends_by_itself(target.ending)
    report = check_assessed(target.assessment, started_at=began_at(target.ending))
    if report.conditions == [PATIENTS]:
        check_computed([PATIENTS], target.condition.judgement)


def _reopened(target: Target) -> Response:
    return target.one(responses_of(target.incident).filter(reopened_at__isnull=False))


ENDING = (
    Doing(
        slug="adjust",
        title=_("申请调整响应级别"),
        clause="6.4.1",
        lead=_(
            "提高：前四项俱备，或属学校、托幼机构、重要活动期间。降低：三项俱备，且现行评估已降到原级别以下。"
        ),
        done=_("申请已提交市应急指挥部。"),
        check=_check_apply,
        fields=_adjust_fields,
        perform=_apply,
    ),
    Doing(
        slug="propose-end",
        title=_("建议终止应急响应"),
        clause="6.4.2",
        lead=_("以现行评估为依据，指明符合四项条件中的哪一项；第(1)项由系统按患者情况计算。"),
        done=_("建议已提交，待总指挥同意。"),
        check=_check_propose,
        fields=_propose_fields,
        perform=_propose,
    ),
    Doing(
        slug="answer-reopened",
        title=_("认定无须重新启动"),
        clause="6.4.2",
        lead=_("写明理由；需要重新启动的，按6.2评估、批准。"),
        done=_("已登记。"),
        check=lambda target: check_actor_may_on(target.actor, Right.ASSESS, _reopened(target)),
        fields=lambda _target: {"note": words(label=_("理由"), required=True)},
        perform=lambda target, said: answer_reopened(
            response=_reopened(target), **said, by=target.actor, at=target.at
        ),
        of_row=True,
    ),
)
