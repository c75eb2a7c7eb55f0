"""The acts that start a response by the city (1.3, 6.2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import MomentField, line, words
from accounts.rights import Right
from incidents.policies import check_is_open
from plan.levels import ResponseLevel
from response.actions.activation import (
    activate_response,
    answer_activation,
    apply_for_activation,
    take_over,
    weigh_impact,
)
from response.actions.papers import record_paper
from response.doings.doing import Doing, Target, level_field, spoken_fields, spoken_of, yes_no
from response.models import Decision
from response.permissions import check_actor_in_city, check_actor_is
from response.policies.activation import (
    BY_CITY,
    check_can_activate,
    check_can_take_over,
    check_can_weigh,
    check_is_no_preparer,
)
from response.policies.rounds import ACTIVATIONS, check_owes_paper


def due_level(target: Target) -> ResponseLevel:
    """Return the level the city would start now: the one assessed, Ⅲ where none of the city's is."""
    return next((each for each in BY_CITY if each == target.incident.confirmed_level), ResponseLevel.III)


def _city(target: Target, right: Right) -> None:
    check_actor_in_city(target.actor, right, target.incident)
    check_is_open(target.incident)


def _check_activate(target: Target) -> None:
    _city(target, Right.ACTIVATE)
    check_can_activate(target.incident, due_level(target), target.decisions, target.city)


def _check_take_over(target: Target) -> None:
    _city(target, Right.APPROVE)
    check_can_take_over(target.incident, ResponseLevel.IV, target.city)


def _check_weigh(target: Target) -> None:
    _city(target, Right.WEIGH)
    check_can_weigh(target.incident)


def _check_answer(target: Target) -> None:
    _city(target, Right.APPROVE)
    act = ACTIVATIONS[due_level(target)]
    check_is_no_preparer(target.decisions, target.incident, [act], target.actor.ref)


def _check_paper(target: Target) -> None:
    check_actor_is(target.actor, _oral(target).organisation)
    check_owes_paper(_oral(target), target.decisions)


def _answer(target: Target, said: dict[str, Any]) -> object:
    return answer_activation(
        incident=target.incident,
        level=ResponseLevel(said["level"]),
        is_approved=said["answer"] == "yes",
        spoken=spoken_of(said),
        by=target.actor,
        at=target.at,
    )


def _oral(target: Target) -> Decision:
    rows = Decision.objects.filter(incident__in=target.family, is_oral=True)
    return target.one(rows.select_related("incident", "organisation"))


ACTIVATING = (
    Doing(
        slug="weigh",
        title=_("综合评估事故影响及其趋势"),
        clause="6.2.1",
        lead=_("经初步评估为特别重大的，市食药安委立即作综合评估，再报市政府批准。"),
        done=_("综合评估已登记，可以报市政府批准。"),
        check=_check_weigh,
        fields=lambda _target: {
            "impact": words(label=_("事故影响"), required=True),
            "trend": words(label=_("事故趋势"), required=True),
        },
        perform=lambda target, said: weigh_impact(
            incident=target.incident, **said, by=target.actor, at=target.at
        ),
    ),
    Doing(
        slug="apply-activation",
        title=_("申请启动应急响应"),
        clause="3.2",
        lead=_("申请是应尽的职责，不是启动的前提；没有答复不等于同意。"),
        done=_("申请已提交市政府和市食药安委。"),
        check=lambda target: _city(target, Right.APPLY),
        fields=lambda _target: {"level": level_field(BY_CITY), "note": words(label=_("申请理由"))},
        perform=lambda target, said: apply_for_activation(
            incident=target.incident,
            level=ResponseLevel(said["level"]),
            note=said["note"],
            by=target.actor,
            at=target.at,
        ),
    ),
    Doing(
        slug="answer-activation",
        title=_("登记市政府的批准或同意"),
        clause="6.2",
        lead=_("写明由谁、以什么身份、何时作出。先口头后书面的，书面到后另行登记。"),
        done=_("已登记。"),
        check=_check_answer,
        fields=lambda _target: {
            "level": level_field(BY_CITY),
            "answer": yes_no(_("批准或同意"), _("不同意")),
            **spoken_fields(),
        },
        perform=_answer,
    ),
    Doing(
        slug="activate",
        title=_("启动应急响应"),
        clause="6.2",
        lead=_("启动后，市食药安委转为市应急指挥部，市食药安办转为指挥部办公室。"),
        done=_("应急响应已启动。"),
        check=_check_activate,
        fields=lambda _target: {"level": level_field(BY_CITY)},
        perform=lambda target, said: activate_response(
            incident=target.incident,
            level=ResponseLevel(said["level"]),
            by=target.actor,
            at=target.at,
        ),
    ),
    Doing(
        slug="take-over",
        title=_("决定由市级负责处置"),
        clause="1.3",
        lead=_("市政府的决定不改变事故级别；县级的处置持续到市级接手。"),
        done=_("已由市级负责处置。"),
        check=_check_take_over,
        fields=lambda _target: {
            "level": level_field([ResponseLevel.IV, ResponseLevel.III]),
            **spoken_fields(),
        },
        perform=lambda target, said: take_over(
            incident=target.incident,
            level=ResponseLevel(said["level"]),
            spoken=spoken_of(said),
            by=target.actor,
            at=target.at,
        ),
    ),
    Doing(
        slug="paper",
        title=_("补登书面文件"),
        clause="6.2",
        lead=_("口头决定自作出时有效，书面迟到不影响其效力。"),
        done=_("书面文件已登记。"),
        check=_check_paper,
        fields=lambda _target: {
            "document": line(label=_("文号"), max_length=80, required=True),
            "signed_at": MomentField(label=_("签署时间")),
        },
        perform=lambda target, said: record_paper(
            decision=_oral(target), **said, by=target.actor, at=target.at
        ),
        of_row=True,
    ),
)
