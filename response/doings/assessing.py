"""The acts of the assessment (6.1), and how the patients are (6.4.2(1))."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import MomentField, PeopleField, choice, line, tick, words
from accounts.models import Organisation
from accounts.rights import Right
from incidents.permissions import check_actor_may_with
from incidents.policies import check_is_open
from plan.agents import agents
from plan.levels import IncidentLevel
from plan.termination import TERMINATION_CONDITIONS
from response.actions.agents import find_agent
from response.actions.assessments import (
    answer_data_request,
    report_condition,
    request_data,
    write_assessment,
)
from response.actions.epidemics import open_epidemic_branch
from response.actions.experts import appoint_expert
from response.agent_fields import listed_agents
from response.doings.doing import Doing, Fields, Target, several
from response.models import DataRequest, Expert
from response.permissions import check_actor_is, check_actor_runs_epidemics
from response.policies.assessment import check_is_unanswered


def _may(right: Right) -> Any:
    def check(target: Target) -> None:
        check_actor_may_with(target.actor, right, target.incident)
        check_is_open(target.incident)

    return check


def _assessment(_target: Target) -> Fields:
    known = [(level.value, f"{level.numeral} {level.label_zh}") for level in IncidentLevel]
    return {
        "harm": words(label=_("健康损害后果及严重程度"), required=True),
        "extent": words(label=_("影响范围及严重程度"), required=True),
        "trend": words(label=_("发展蔓延趋势"), required=True),
        "present_level": choice(
            label=_("目前相当于的级别"), choices=[("", _("请选择")), *known], required=True
        ),
        "conditions": several(
            label=_("符合的终止条件"),
            choices=[(each.clause, f"{each.clause} {each.text_zh}") for each in TERMINATION_CONDITIONS],
            help_text=_("认为可以终止时指明；没有指明的，不能据以建议终止。"),
        ),
        "expert_opinions": words(label=_("专家意见")),
        "measures": words(label=_("应采取的措施")),
    }


def departments() -> list[tuple[str, str]]:
    """Return the bodies that may be asked or ordered: all but hospitals, by code."""
    return list(Organisation.objects.exclude(kind="hospital").order_by("pk").values_list("code", "name"))


def _write(target: Target, said: dict[str, Any]) -> object:
    said["present_level"] = IncidentLevel(said["present_level"])
    return write_assessment(incident=target.incident, **said, by=target.actor, at=target.at)


def _request_fields(_target: Target) -> Fields:
    return {
        "department": choice(label=_("部门"), choices=departments(), required=True),
        "what": words(label=_("需要的信息和资料"), required=True, max_length=300, rows=2),
        "due_at": MomentField(label=_("提供的时间")),
    }


def _request(target: Target, said: dict[str, Any]) -> object:
    said["department"] = Organisation.objects.get(code=said["department"])
    return request_data(incident=target.incident, **said, by=target.actor, at=target.at)


def _asked(target: Target) -> DataRequest:
    rows = DataRequest.objects.filter(incident__in=target.family).select_related("incident", "department")
    return target.one(rows)


def _check_asked(target: Target) -> None:
    check_actor_is(target.actor, _asked(target).department)
    check_is_unanswered(_asked(target))


def _condition(_target: Target) -> Fields:
    return {
        "as_of": MomentField(label=_("截至时间")),
        "patients": PeopleField(label=_("患者总数")),
        "in_hospital": PeopleField(label=_("仍在院人数"), required=False),
        "untraced": PeopleField(label=_("失去联系的人数"), required=False),
        "all_treated": tick(label=_("患者全部得到救治")),
        "stable_since": MomentField(
            label=_("最后一名患者病情稳定的时间"), required=False, help_text=_("病情反复的重新起算。")
        ),
        "last_onset_at": MomentField(label=_("末例患者发病时间"), required=False),
    }


def _experts() -> list[tuple[str, Any]]:
    pool = Expert.objects.filter(left_at__isnull=True).order_by("field", "name", "pk")
    return [("", _("请选择")), *((str(each.pk), f"{each.field} {each.name} {each.unit}") for each in pool)]


def _agent(target: Target) -> Fields:
    agent = choice(
        label=_("致病因子及其潜伏期"),
        choices=listed_agents(),
        help_text=_("潜伏期不是“见于出处”的，须由专家确认后才能据以判断终止条件。"),
    )
    other = line(label=_("表中没有的致病因子"), max_length=60)
    suspected = target.incident.suspect_agent
    agent.initial, other.initial = (suspected, "") if suspected in agents() else ("", suspected)
    return {
        "agent": agent,
        "other": other,
        "expert": line(label=_("确认或另定潜伏期的专家"), max_length=80),
        "incubation_h": forms.IntegerField(
            label=_("专家另定的最长潜伏期（小时）"),
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "form-control num"}),
        ),
        "last_exposure_at": MomentField(
            label=_("末次暴露时间"), required=False, help_text=_("专家认为应从末次暴露起算的填写。")
        ),
    }


def _report(target: Target, said: dict[str, Any]) -> object:
    said |= {name: said[name] or 0 for name in ("in_hospital", "untraced")}
    return report_condition(incident=target.incident, **said, by=target.actor, at=target.at)


ASSESSING = (
    Doing(
        slug="assess",
        title=_("作出事故评估"),
        clause="6.1",
        lead=_("三部分缺一不可；级别另行核定，现行评估是降低响应级别的依据。"),
        done=_("评估已登记。"),
        check=_may(Right.ASSESS),
        fields=_assessment,
        perform=_write,
    ),
    Doing(
        slug="request-data",
        title=_("要求部门提供资料"),
        clause="6.1",
        lead=_("有关部门应当按规定及时提供相关信息和资料。"),
        done=_("已通知该部门。"),
        check=_may(Right.ASSESS),
        fields=_request_fields,
        perform=_request,
    ),
    Doing(
        slug="answer-data",
        title=_("提供资料"),
        clause="6.1",
        lead=_("写明提供了什么、存放在何处。"),
        done=_("已登记。"),
        check=_check_asked,
        fields=lambda _target: {"answer": words(label=_("提供的资料"), required=True)},
        perform=lambda target, said: answer_data_request(
            request=_asked(target), **said, by=target.actor, at=target.at
        ),
        of_row=True,
    ),
    Doing(
        slug="epidemic",
        title=_("登记涉及传染病疫情"),
        clause="6.2.4",
        lead=_("疫情由卫生健康部门按《中华人民共和国传染病防治法》等规定处置，食品安全事故的处置继续进行。"),
        done=_("已登记，并告知有关单位。"),
        check=lambda target: check_actor_runs_epidemics(target.actor, target.incident),
        fields=lambda _target: {
            "disease": line(label=_("传染病"), max_length=80, required=True),
            "note": words(label=_("已采取的防控措施")),
        },
        perform=lambda target, said: open_epidemic_branch(
            incident=target.incident, **said, by=target.actor, at=target.at
        ),
    ),
    Doing(
        slug="appoint-expert",
        title=_("聘请专家"),
        clause="3.4.6",
        lead=_("从专家库中聘请，为事故的分析评估和响应的调整、解除提供决策建议；不必等待成立专家咨询组。"),
        done=_("已聘请。"),
        check=_may(Right.ASSESS),
        fields=lambda _target: {
            "expert": choice(label=_("专家"), choices=_experts(), required=True),
        },
        perform=lambda target, said: appoint_expert(
            incident=target.incident,
            expert=Expert.objects.get(pk=said["expert"]),
            by=target.actor,
            at=target.at,
        ),
    ),
    Doing(
        slug="agent",
        title=_("判定致病因子"),
        clause="6.4.2(1)",
        lead=_("末例患者后须经过最长潜伏期；致病因子不明的，无法判断，不视为符合。"),
        done=_("致病因子已登记。"),
        check=_may(Right.RECORD_FACT),
        fields=_agent,
        perform=lambda target, said: find_agent(
            incident=target.incident, **said, by=target.actor, at=target.at
        ),
    ),
    Doing(
        slug="condition",
        title=_("报告患者总数和总体情况"),
        clause="6.4.2(1)",
        lead=_("只在没有逐名登记患者时据以计算最早可以终止的时间；不登记姓名。"),
        done=_("患者情况已更新。"),
        check=_may(Right.RECORD_FACT),
        fields=_condition,
        perform=_report,
    ),
)
