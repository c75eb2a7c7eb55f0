"""Confirming a level, finding that it is no incident, which counties it concerns, whether two are one."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.rights import Right
from audit.clock import database_now
from incidents.actions.findings import find_not_an_incident
from incidents.actions.incidents import involve_county
from incidents.actions.joins import accept_join, decline_join
from incidents.models import CountyRole, Incident, JoinProposal
from incidents.permissions import check_actor_may_with
from incidents.selectors import incident_for, visible_incidents
from plan.levels import IncidentLevel
from reporting.forms.legs import ReasonForm
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.actions.confirming import confirm_on_assessment
from response.forms import CountyForm, JoinForm
from response.incident_list import counties
from response.level_forms import ConfirmForm


@require_http_methods(["GET", "POST"])
@login_required
def confirm(request: PageRequest, number: str) -> HttpResponse:
    """Fix the level, 核定 (6.1; Ⅳ: 6.2.4)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.CONFIRM_LEVEL, incident)
    form = ConfirmForm(posted(request), incident=incident)
    page = FormPage(
        title=_("核定级别"),
        clause="6.1",
        lead=_("系统建议供参考，由本单位根据评估情况核定；报告时限不等核定。"),
        action=_("核定"),
        done=_("级别已核定。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: confirm_on_assessment(
            incident=incident,
            level=IncidentLevel(form.cleaned_data["level"]),
            report=form.report_named,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            by=request.actor,
            at=database_now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def no_incident(request: PageRequest, number: str) -> HttpResponse:
    """Find that it is no food-safety incident (2, A57)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.CONFIRM_LEVEL, incident)
    form = ReasonForm(posted(request))
    page = FormPage(
        title=_("认定不属于食品安全事故"),
        clause="2",
        lead=_("认定后，未完成的报告时限终止，事故不再接受登记；全部记录保留，认定前的履行情况不变。"),
        action=_("作出认定"),
        done=_("已认定不属于食品安全事故。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: find_not_an_incident(
            incident=incident, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def county(request: PageRequest, number: str) -> HttpResponse:
    """Let a further county see the incident; a county of harm bears clocks of its own (A51)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.RECORD_FACT, incident)
    form = CountyForm(posted(request), counties=counties())
    page = FormPage(
        title=_("涉及其他区县（市）"),
        clause="5.1(8)",
        lead=_("就餐或发病地的县级政府各自负有报告义务；仅为生产地的，只作通报。"),
        action=_("列为涉及"),
        done=_("已列为涉及的区县（市）。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: _involve(request, incident, form),
    )


def _involve(request: PageRequest, incident: Incident, form: CountyForm) -> Incident:
    involve_county(
        incident=incident,
        county=form.counties[form.cleaned_data["county"]],
        role=CountyRole(form.cleaned_data["role"]),
        by=request.actor,
        at=database_now(),
    )
    return incident


@require_http_methods(["GET", "POST"])
@login_required
def join(request: PageRequest, pk: int) -> HttpResponse:
    """Decide a proposed join, with a reason (A12, A56)."""
    proposal = JoinProposal.objects.filter(pk=pk).first()
    if proposal is None:
        raise Http404
    pair = [proposal.incident_id, proposal.other_id]
    shown = visible_incidents(request.actor).filter(pk__in=pair).order_by("pk").first()
    if shown is None:
        raise Http404
    check_actor_may_with(request.actor, Right.DECIDE_JOIN, shown)
    form = JoinForm(posted(request))
    page = FormPage(
        title=_("两起事故是否为同一起"),
        lead=_("合并后人数合并计算并重新定级，双方的报告和送达对整起事故有效。"),
        action=_("提交判断"),
        done=_("合并建议已有结论。"),
    )
    return page.answer(
        request,
        form=form,
        incident=shown,
        perform=lambda: _decide(request, proposal, form),
    )


def _decide(request: PageRequest, proposal: JoinProposal, form: JoinForm) -> JoinProposal:
    decide = accept_join if form.cleaned_data["decision"] == "accept" else decline_join
    decide(proposal=proposal, reason=form.cleaned_data["reason"], by=request.actor, at=database_now())
    return proposal
