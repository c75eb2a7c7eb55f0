"""May this group be set up, changed, stood down, reported for now? (3.4, A36)"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import Organisation
from plan.groups import Group, group_of
from plan.refusal import PlanRefusal
from response.models import GroupMember, Response, ResponseState, WorkingGroup


def check_response_runs(response: Response) -> None:
    """Raise a refusal (409) unless the response, and so its headquarters, is active (3.1)."""
    if response.state == ResponseState.ACTIVE:
        return
    raise PlanRefusal(
        _("应急响应已不在进行中，应急指挥部不再下设工作组。"),
        clause="3.4",
        code="response_not_active",
        status=409,
        next_step=_("后续工作由各部门按职责办理。"),
    )


def check_is_new(standing: Sequence[WorkingGroup], name: str) -> None:
    """Raise a refusal unless the group has a name (422) that no standing one bears (409)."""
    if not name.strip():
        raise PlanRefusal(_("请填写工作组名称。"), clause="3.4", code="group_without_name")
    if any(group.name == name for group in standing):
        raise PlanRefusal(_("%s已经成立。") % name, clause="3.4", code="group_exists", status=409)


def check_lead(
    group: Group | None, lead: Organisation | None, lawful: Sequence[Organisation], *, note: str
) -> None:
    """Raise a refusal (422) unless the group is led as the plan says (3.4.1–3.4.6, A36).

    lawful: who may lead by the plan; one is the lead, several or none is a choice, whose ground is given.
    """
    if group is Group.EXPERTS:
        return
    if group is None or len(lawful) != 1:
        if lead is None:
            raise PlanRefusal(
                _("须由应急指挥部指定牵头单位。"),
                clause="3.4.2" if group is Group.HAZARD_CONTROL else "3.4",
                code="lead_needs_choice",
                next_step=_("事故发生环节不明或涉及多个环节的，由应急指挥部确定。"),
            )
        if group is not None and not note.strip():
            raise PlanRefusal(_("请写明指定牵头单位的理由。"), clause="3.4.2", code="lead_without_reason")
        return
    if lead is not None and lead != lawful[0]:
        raise PlanRefusal(_("该组依预案由%s牵头。") % lawful[0].name, clause="3.4", code="lead_is_lawful")


def check_stands(group: WorkingGroup) -> None:
    """Raise a refusal (409) if the group has been stood down."""
    if group.stood_down_at is not None:
        raise PlanRefusal(_("%s已撤销。") % group.name, clause="3.4", code="group_stood_down", status=409)


def check_can_name_by_function(group: WorkingGroup, reason: str) -> str:
    """Return what the plan names by function alone in this group; a refusal (422) where it does not, or without a reason."""
    named = group_of(Group(group.group)).others_zh if group.group else ()
    if not named:
        raise PlanRefusal(
            _("预案只在事故调查组列有行业主管部门。"),
            clause="3.4.1",
            code="group_without_line_department",
            next_step=_("其他单位请直接增加为成员单位。"),
        )
    if not reason.strip():
        raise PlanRefusal(
            _("预案没有列明行业主管部门：请写明指定该单位的理由。"),
            clause="3.4.1",
            code="line_department_without_reason",
            next_step=_("例如：事故发生在学校食堂，由教育部门主管。"),
        )
    return named[0]


def check_can_leave(member: GroupMember) -> None:
    """Raise a refusal (409) for a member that the plan names, or that has left (3.4: the lists are open, A36)."""
    if member.is_named:
        raise PlanRefusal(
            _("%s是预案列明的成员单位，不能移出。") % member.organisation.name,
            clause="3.4",
            code="named_member_stays",
            status=409,
        )
    if member.left_at is not None:
        raise PlanRefusal(_("该单位已移出。"), clause="3.4", code="member_has_left", status=409)


def check_interval(minutes: int) -> None:
    """Raise a refusal (422) for an interval that is none."""
    if minutes < 1:
        raise PlanRefusal(
            _("报告间隔至少为1分钟。"), clause="3.4", code="interval_too_short", next_step=_("请按分钟填写。")
        )
