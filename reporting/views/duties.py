"""Recording tips, notices, checks, what was passed on and what skipped a level (5.1(4)–(7))."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from incidents.selectors import family_ids, incident_for
from reporting.actions.leaps import record_leap, review_leap
from reporting.actions.misdirected import pass_on
from reporting.actions.notices import learn_of_incident, record_check, send_notice
from reporting.actions.opening import file_notice
from reporting.actions.tips import record_tip
from reporting.forms.duties import CheckForm, LeapForm, LearningForm, NoticeForm, PassOnForm, TipForm
from reporting.forms.legs import ReasonForm
from reporting.forms.opening import OpeningForm
from reporting.notice_order import leaps_seen
from reporting.permissions import check_actor_can_record_operator, check_actor_can_review_leap
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest


@require_http_methods(["GET", "POST"])
@login_required
def tip(request: PageRequest, number: str) -> HttpResponse:
    """Record what a technical body, an association or a person reported or gave as a tip-off (5.1(4))."""
    incident, at = incident_for(request.actor, number), database_now()
    check_actor_can_record_operator(request.actor, incident)
    form = TipForm(posted(request), initial={"received_at": at}, incident=incident)
    page = FormPage(
        title=_("登记技术机构、社会团体、个人的报告或举报"),
        clause="5.1(4)",
        lead=_("应当及时向所在地县级食品安全监管部门报告或举报；预案未定时数。可以匿名。"),
        action=_("登记"),
        done=_("已登记。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: record_tip(incident=incident, **form.said(), by=request.actor, at=at),
    )


@require_http_methods(["GET", "POST"])
@login_required
def learning(request: PageRequest, number: str) -> HttpResponse:
    """Record that an office learnt of the incident, and notify at once (5.1(5), 5.1(6))."""
    incident, at = incident_for(request.actor, number), database_now()
    form = LearningForm(posted(request), initial={"learned_at": at}, incident=incident, actor=request.actor)
    page = FormPage(
        title=_("登记获知并通报"),
        clause="5.1(6)",
        lead=_("获知后立即通报同级食品安全监管部门及其他相关部门，不等核实。"),
        action=_("登记并通报"),
        done=_("已登记；通报情况见事故页。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: learn_of_incident(incident=incident, **form.said(), by=request.actor, at=at),
    )


@require_http_methods(["GET", "POST"])
@login_required
def check(request: PageRequest, number: str) -> HttpResponse:
    """Record the own office's preliminary check (5.1(6))."""
    incident, at = incident_for(request.actor, number), database_now()
    form = CheckForm(posted(request), initial={"checked_at": at})
    page = FormPage(
        title=_("登记初步核实"),
        clause="5.1(6)",
        lead=_("核实后继续收集相关信息，并及时通报后续情况。"),
        action=_("登记"),
        done=_("已登记，请通报后续情况。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: record_check(incident=incident, **form.said(), by=request.actor, at=at),
    )


@require_http_methods(["GET", "POST"])
@login_required
def notice(request: PageRequest, number: str) -> HttpResponse:
    """Send the own office's notice or follow-up, or record when the others had it (5.1(5), 5.1(6), A18)."""
    incident, at = incident_for(request.actor, number), database_now()
    form = NoticeForm(posted(request))
    page = FormPage(
        title=_("通报"),
        clause="5.1(6)",
        lead=_("通报送到所有应通报的单位，各有时间。"),
        action=_("通报"),
        done=_("已通报。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: send_notice(incident=incident, **form.said(), by=request.actor, at=at),
    )


@require_http_methods(["GET", "POST"])
@login_required
def passing_on(request: PageRequest, number: str) -> HttpResponse:
    """Pass on what reached an office that it was not owed to (5.1(6), A46)."""
    incident, at = incident_for(request.actor, number), database_now()
    form = PassOnForm(posted(request), incident=incident, actor=request.actor)
    page = FormPage(
        title=_("转送报错单位的报告"),
        clause="5.1(6)",
        lead=_("收到应报其他部门的报告，须立即转送；应收的单位收到，报告才算送达。"),
        action=_("转送"),
        done=_("已转送。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: pass_on(incident=incident, **form.said(), by=request.actor, at=at),
    )


@require_http_methods(["GET", "POST"])
@login_required
def leap(request: PageRequest, number: str) -> HttpResponse:
    """Record a report that skipped a level; the skipped level gets the facts (5.1(7), A25)."""
    incident, at = incident_for(request.actor, number), database_now()
    form = LeapForm(posted(request), initial={"received_at": at}, incident=incident, actor=request.actor)
    page = FormPage(
        title=_("登记越级报告"),
        clause="5.1(7)",
        lead=_("越级报告一概接收，记明理由；被越过的一级自动得到抄送，举报人信息不抄送。"),
        action=_("登记"),
        done=_("已登记越级报告。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: record_leap(incident=incident, **form.said(), by=request.actor, at=at),
    )


@require_http_methods(["GET", "POST"])
@login_required
def leap_review(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Look at a leap on a ground the plan doesn't name (5.1(7), A25)."""
    incident = incident_for(request.actor, number)
    check_actor_can_review_leap(request.actor)
    found = {each.pk: each for each in leaps_seen(family_ids(incident), request.actor)}
    if pk not in found:
        raise Http404
    form = ReasonForm(posted(request))
    page = FormPage(
        title=_("复核越级报告的理由"),
        clause="5.1(7)",
        lead=_("报告已接收，复核不影响其效力。"),
        action=_("登记复核意见"),
        done=_("已登记复核意见。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: review_leap(
            leap=found[pk], note=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def opening(request: PageRequest) -> HttpResponse:
    """Take a notice that opens an incident or joins one, from here or from outside Ningbo (5.1(5)–(7), A51)."""
    check_actor_may(request.actor, Right.SEE_INCIDENTS)
    at = database_now()
    form = OpeningForm(posted(request), initial={"known_at": at}, actor=request.actor)
    if form.is_bound:
        made = form.attempt(lambda: file_notice(**form.said(), by=request.actor, at=at))
        if made is not None:
            messages.success(request, _("已登记并通报。"))
            return redirect("response:incident", number=made.incident.number)
    return render(request, "reporting/notice.html", {"form": form}, status=form.status)
