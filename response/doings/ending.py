"""Raising, lowering and ending a response (6.4)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import line, words
from accounts.rights import Right
from plan.adjustment import LOWER_GROUND, RAISE_GROUNDS
from plan.levels import ResponseLevel
from plan.termination import TERMINATION_CONDITIONS
from response.actions.adjustment import apply_adjustment, decide_adjustment
from response.actions.reopening import answer_reopened
from response.actions.termination import answer_proposal, propose_end
from response.doings.doing import Doing, Fields, Target, level_field, response_of, several, yes_no
from response.models import Decision, Response, Step
from response.permissions import (
    check_actor_commands,
    check_actor_in_city,
    check_actor_may_on,
    check_actor_proposes_end,
)
from response.policies.adjustment import check_has_city_headquarters
from response.policies.command import check_is_running
from response.policies.termination import check_assessed
from response.selectors.command import commander_of
from response.selectors.grounds import grounds_on_record
from response.selectors.recovery import latest_report
from response.selectors.running import began_at, responses_of

ELEMENTS = [element for ground in (*RAISE_GROUNDS, LOWER_GROUND) for element in ground.elements]
FINDINGS = [
    finding
    for condition in TERMINATION_CONDITIONS
    if not condition.needs_patients
    for finding in condition.findings
]


def _check_apply(target: Target) -> None:
    check_actor_in_city(target.actor, Right.APPLY, target.incident)
    response = target.city or target.response
    check_is_running(response, "6.4.1")
    check_has_city_headquarters(response)


def _adjust_fields(target: Target) -> Fields:
    evidence = {element.value: words(label=element.label_zh, rows=1) for element in ELEMENTS}
    for element, text in grounds_on_record(target.incident, target.at).items():
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


def _waiting(target: Target, step: Step) -> Decision:
    rows = Decision.objects.filter(incident__in=target.family, step=step, response__isnull=False)
    return target.one(rows.select_related("response__incident", "response__county"))


def _propose_fields(_target: Target) -> Fields:
    names = [(each.clause, each.text_zh) for each in TERMINATION_CONDITIONS]
    evidence = {finding.value: words(label=finding.label_zh, rows=1) for finding in FINDINGS}
    return {
        "conditions": several(label=_("符合的终止条件"), choices=names),
        **evidence,
        "handed_to": line(label=_("移交的部门（不属于食品安全事故的）"), max_length=60),
        "note": words(label=_("理由")),
    }


def _propose(target: Target, said: dict[str, Any]) -> object:
    return propose_end(
        response=target.ending,
        conditions=said["conditions"],
        findings={finding: said[finding.value] for finding in FINDINGS if said[finding.value]},
        handed_to=said["handed_to"],
        note=said["note"],
        by=target.actor,
        at=target.at,
    )


def _check_propose(target: Target) -> None:
    check_actor_proposes_end(target.actor, target.ending)
    check_is_running(target.ending, "6.4.2")
    check_assessed(latest_report(target.incident), started_at=began_at(target.ending))


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
        slug="decide-adjustment",
        title=_("审议响应级别调整"),
        clause="3.1",
        lead=_("由市应急指挥部审议批准；事故级别不随之变动。"),
        done=_("已作出决定。"),
        check=lambda target: check_actor_may_on(
            target.actor, Right.DECIDE_ADJUSTMENT, response_of(_waiting(target, Step.APPLY))
        ),
        fields=lambda _target: {
            "answer": yes_no(_("批准"), _("不予批准")),
            "note": words(label=_("意见")),
        },
        perform=lambda target, said: decide_adjustment(
            application=_waiting(target, Step.APPLY),
            is_approved=said["answer"] == "yes",
            note=said["note"],
            by=target.actor,
            at=target.at,
        ),
        of_row=True,
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
        slug="answer-end",
        title=_("总指挥答复终止建议"),
        clause="6.4.2",
        lead=_("同意即结束应急响应；此刻重新核对各项条件。"),
        done=_("已答复。"),
        check=lambda target: check_actor_commands(
            target.actor, commander_of(response_of(_waiting(target, Step.PROPOSE)))
        ),
        fields=lambda _target: {
            "answer": yes_no(_("同意终止"), _("不同意")),
            "note": words(label=_("意见")),
        },
        perform=lambda target, said: answer_proposal(
            proposal=_waiting(target, Step.PROPOSE),
            is_approved=said["answer"] == "yes",
            note=said["note"],
            by=target.actor,
            at=target.at,
        ),
        of_row=True,
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
