"""The triage of public reports: the list, one report, and each act on it (5.1(1), 5.1(2), 5.1(4), A46)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms.plan_form import PlanForm
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from reporting.actions.triage import (
    close_public_report,
    pass_on_public_report,
    read_contact,
    start_triage,
    take_up_public_report,
)
from reporting.forms.legs import ReasonForm
from reporting.forms.triage import CloseForm, PassOnForm, TakeUpForm
from reporting.models import PublicPhoto, PublicReport
from reporting.photos import take_out
from reporting.public_choices import PublicOutcome
from reporting.triage_page import held_count, public_report_for, triage_list, triage_page
from reporting.triage_permissions import check_actor_can_triage
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest


@require_safe
@login_required
def reports(request: PageRequest) -> HttpResponse:
    """List the public reports of the office's county; the city office's are all, to be seen alone."""
    check_actor_may(request.actor, Right.SEE_TRIAGE)
    decided = request.GET.get("state") == "decided"
    context = {
        "page": triage_list(request.actor, decided=decided, page=request.GET.get("page")),
        "decided": decided,
        "held": held_count(request.actor),
        "at": database_now(),
    }
    return render(request, "reporting/triage/list.html", context)


@never_cache
@require_safe
@login_required
def report(request: PageRequest, pk: int) -> HttpResponse:
    """Show one public report with all that was said; who sent it is asked for apart."""
    return _detail(request, public_report_for(request.actor, pk))


@require_POST
@login_required
def start(request: PageRequest, pk: int) -> HttpResponse:
    """Say that somebody looks at it."""
    found = public_report_for(request.actor, pk)
    start_triage(report=found, by=request.actor, at=database_now())
    messages.success(request, _("已开始核实，报告人凭受理号可以看到。"))
    return redirect("reporting:triage_report", pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def take_up(request: PageRequest, pk: int) -> HttpResponse:
    """Open an incident for it, or let it join one (5.1, 5.2)."""
    found = _to_act_on(request, pk)
    at = database_now()
    form = TakeUpForm(posted(request), report=found, actor=request.actor, at=at)
    filed = form.attempt(lambda: take_up_public_report(report=found, **form.said(), by=request.actor, at=at))
    if filed is not None:
        return redirect("reporting:report", ref=filed.ref)
    return render(
        request, "reporting/triage/take_up.html", {"report": found, "form": form}, status=form.status
    )


@require_http_methods(["GET", "POST"])
@login_required
def close(request: PageRequest, pk: int) -> HttpResponse:
    """Close it with a reason."""
    found = _to_act_on(request, pk)
    form = CloseForm(posted(request))
    return _act(
        request,
        found,
        form,
        lambda: close_public_report(
            report=found,
            outcome=PublicOutcome(form.cleaned_data["outcome"]),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=database_now(),
        ),
        title=_("办结，不登记事故"),
        lead=_("报告人凭受理号可以看到答复；补充新情况后会重新列入待分办。"),
        done=_("已办结。"),
    )


@require_http_methods(["GET", "POST"])
@login_required
def pass_on(request: PageRequest, pk: int) -> HttpResponse:
    """Pass it on to the county it belongs to (A46)."""
    found = _to_act_on(request, pk)
    form = PassOnForm(posted(request), report=found)
    return _act(
        request,
        found,
        form,
        lambda: pass_on_public_report(
            report=found,
            area=form.chosen,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=database_now(),
        ),
        title=_("转给事发地监管部门"),
        lead=_("对方立即收到消息。举报人的联系方式不随之移送。"),
        done=_("已转办。"),
        then="reporting:triage",
    )


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def contact(request: PageRequest, pk: int) -> HttpResponse:
    """Show who sent it to whoever may know and says why; the reading is on record."""
    found = public_report_for(request.actor, pk)
    form = ReasonForm(posted(request))
    known = form.attempt(
        lambda: read_contact(
            report=found,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=database_now(),
        )
    )
    if known is not None:
        return _detail(request, found, contacts=known)
    lead = _("只为核实情况查看；查看人、时间和理由记入存证。")
    return _form_page(request, found, form, title=_("查看联系方式"), lead=lead)


@never_cache
@require_safe
@login_required
def photo(request: PageRequest, pk: int) -> HttpResponse:
    """Hand out one photo, to whoever may see its report."""
    found = get_object_or_404(PublicPhoto, pk=pk)
    public_report_for(request.actor, found.report_id)
    return HttpResponse(take_out(found), content_type="image/jpeg")


def _to_act_on(request: PageRequest, pk: int) -> PublicReport:
    found = public_report_for(request.actor, pk)
    check_actor_can_triage(request.actor, found)
    return found


def _detail(request: PageRequest, found: PublicReport, **more: Any) -> HttpResponse:
    context = {"page": triage_page(found, request.actor), **more}
    return render(request, "reporting/triage/report.html", context)


def _act(
    request: PageRequest,
    found: PublicReport,
    form: PlanForm,
    perform: Callable[[], object],
    *,
    done: str,
    then: str = "",
    **page: str,
) -> HttpResponse:
    if form.is_bound and form.attempt(perform) is not None:
        messages.success(request, done)
        return redirect(then) if then else redirect("reporting:triage_report", pk=found.pk)
    return _form_page(request, found, form, **page)


def _form_page(
    request: PageRequest, found: PublicReport, form: PlanForm, *, title: str, lead: str
) -> HttpResponse:
    context = {"report": found, "form": form, "title": title, "lead": lead}
    return render(request, "reporting/triage/form.html", context, status=form.status)
