"""The working groups of an incident: task boards, members, reports (3.4)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Organisation
from accounts.rights import RIGHTS, Right
from audit.clock import database_now
from incidents.models import Incident
from incidents.selectors import family_ids, incident_for
from plan.groups import Group, group_of
from plan.offices import OfficeKind
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.actions.group_reports import report_of_group
from response.actions.groups import (
    add_member,
    name_line_department,
    remove_member,
    set_interval,
    set_up_group,
    stand_down_group,
)
from response.group_page import groups_page
from response.measure_forms import GroupChangeForm, GroupForm, GroupReportForm
from response.measure_permissions import check_actor_reports_for
from response.models import GroupMember, Headquarters, WorkingGroup
from response.permissions import check_actor_may_on
from response.selectors.groups import groups_of
from response.selectors.measures import ground_of

# Bodies that act on incidents can be in a group.
BODIES = [kind.value for kind in OfficeKind if Right.TAKE_MEASURES in RIGHTS.get(kind, ())]


@require_safe
@login_required
def groups(request: PageRequest, number: str) -> HttpResponse:
    """Show the six task boards, and the groups with their reports (3.4)."""
    incident = incident_for(request.actor, number)
    return render(request, "response/groups/list.html", groups_context(request, incident))


def groups_context(request: PageRequest, incident: Incident) -> dict[str, Any]:
    """Return what the page and its moving part show."""
    at = database_now()
    return {"incident": incident, "page": groups_page(incident, request.actor, at), "at": at}


@require_http_methods(["GET", "POST"])
@login_required
def set_up(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Set up a group of this headquarters (3.4, A36)."""
    incident = incident_for(request.actor, number)
    commands = Headquarters.objects.filter(response__incident__in=family_ids(incident))
    headquarters = get_object_or_404(commands.select_related("response__county", "office"), pk=pk)
    check_actor_may_on(request.actor, Right.COMMAND, headquarters.response)
    form = GroupForm(posted(request), organs=_bodies())
    page = FormPage(
        title=_("成立工作组"),
        clause="3.4",
        lead=_("根据处置需要设立，不要求六组齐全；预案列明的牵头和成员单位自动列入。"),
        action=_("成立"),
        done=_("工作组已成立。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=_back(incident),
        perform=lambda: set_up_group(
            headquarters=headquarters, **form.said(), by=request.actor, at=database_now()
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def report(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """File a group's report to the headquarters' office (3.4)."""
    incident = incident_for(request.actor, number)
    group = get_object_or_404(groups_of(incident), pk=pk)
    check_actor_reports_for(request.actor, ground_of(incident), group)
    form = GroupReportForm(posted(request))
    page = FormPage(
        title=_("%s报告") % group.name,
        clause="3.4",
        lead=_("向应急指挥部办公室报告工作开展情况；没有新情况也要报，可以留空。"),
        action=_("报告"),
        done=_("报告已提交。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=_back(incident),
        perform=lambda: report_of_group(
            group=group,
            content=form.cleaned_data["content"],
            form_token=form.token,
            by=request.actor,
            at=database_now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def change(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Add a member, set how often the group reports, or stand it down (3.4)."""
    incident = incident_for(request.actor, number)
    group = get_object_or_404(groups_of(incident), pk=pk)
    check_actor_may_on(request.actor, Right.COMMAND, group.headquarters.response)
    form = GroupChangeForm(
        posted(request),
        organs=_bodies(),
        by_function="、".join(group_of(Group(group.group)).others_zh) if group.group else "",
        initial={"every_min": group.report_every_min},
    )
    page = FormPage(
        title=group.name,
        clause="3.4",
        lead=_("报告间隔由应急指挥部办公室确定，预案没有规定时数；逾期由系统催报。"),
        action=_("保存"),
        done=_("已保存。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=_back(incident),
        perform=lambda: _change(request, group, form),
    )


@require_http_methods(["POST"])
@login_required
def leave(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Take an organisation out of a group (3.4)."""
    incident = incident_for(request.actor, number)
    members = GroupMember.objects.filter(group__in=groups_of(incident))
    member = get_object_or_404(members.select_related("group__headquarters__response"), pk=pk)
    remove_member(member=member, by=request.actor, at=database_now())
    return redirect(_back(incident))


def _change(request: PageRequest, group: WorkingGroup, form: GroupChangeForm) -> WorkingGroup:
    by, at, said = request.actor, database_now(), form.cleaned_data
    if said["member"]:
        add_member(group=group, organisation=form.organs[said["member"]], by=by, at=at)
    if said.get("line_department"):
        named, reason = form.organs[said["line_department"]], said["line_reason"]
        name_line_department(group=group, organisation=named, reason=reason, by=by, at=at)
    if said["every_min"] is not None and said["every_min"] != group.report_every_min:
        set_interval(group=group, every_min=said["every_min"], by=by, at=at)
    return stand_down_group(group=group, by=by, at=at) if said["stands_down"] else group


def _bodies() -> list[Organisation]:
    return list(Organisation.objects.filter(kind__in=BODIES).order_by("pk"))


def _back(incident: Incident) -> str:
    return resolve_url("response:groups", number=incident.number)
