"""The answer to a report, and taking back a mistaken one."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audit.clock import database_now
from reporting.actions.reports import withdraw_report
from reporting.answer_page import answer_page, report_for
from reporting.forms.legs import ReasonForm
from reporting.permissions import check_actor_can_withdraw
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest


@require_safe
@login_required
def report(request: PageRequest, ref: UUID) -> HttpResponse:
    """Show level, clause, running clocks and what to do next (5.1(8), 6.1)."""
    page = answer_page(report_for(request.actor, ref), request.actor, database_now())
    return render(request, "reporting/report/answer.html", {"page": page, "incident": page.incident})


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: PageRequest, ref: UUID) -> HttpResponse:
    """Withdraw a mistaken report with a reason; nothing is deleted (5.1)."""
    mistaken = report_for(request.actor, ref)
    check_actor_can_withdraw(request.actor, mistaken)
    form = ReasonForm(posted(request))
    page = FormPage(
        title=_("撤回报告"),
        clause="5.1",
        lead=_("撤回后，这份报告的事实不再计入定级；原内容和理由保留在案，已开始的时限不会因此停止。"),
        action=_("撤回这份报告"),
        done=_("报告已撤回，原内容保留在案。"),
    )
    return page.answer(
        request,
        form=form,
        incident=mistaken.incident,
        then=resolve_url("reporting:report", ref=ref),
        perform=lambda: withdraw_report(
            report=mistaken, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
    )
