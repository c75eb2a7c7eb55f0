"""The quick report's page, and the search for registered places it offers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.forms.fields import NOTE_LENGTH
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from reporting.actions.reports import file_first_report
from reporting.forms.quick import QuickReportForm, areas_of
from reporting.place_search import places_like
from reporting.views.requests import PageRequest

DRAFT_KEY = "draft"


@require_http_methods(["GET", "POST"])
def new_report(request: PageRequest) -> HttpResponse:
    """Show and take the quick report (5.2); a lapsed login keeps what was typed."""
    if not request.user.is_authenticated:
        return _keep_for_login(request)
    check_actor_may(request.actor, Right.FILE_REPORT)
    if request.method == "POST":
        return _take(request)
    if "fresh" in request.GET:
        request.session.pop(DRAFT_KEY, None)
        return redirect("reporting:new")
    draft = request.session.get(DRAFT_KEY)
    form = QuickReportForm(initial=dict(draft or {}), actor=request.actor, at=database_now())
    return render(request, "reporting/report/new.html", {"form": form, "kept": draft is not None})


def _take(request: PageRequest) -> HttpResponse:
    at = database_now()
    form = QuickReportForm(request.POST, actor=request.actor, at=at)
    report = form.attempt(
        lambda: file_first_report(stated=form.stated(), form_token=form.token, by=request.actor, at=at)
    )
    if report is None:
        return render(request, "reporting/report/new.html", {"form": form}, status=form.status)
    request.session.pop(DRAFT_KEY, None)
    if report.received_at != at:
        messages.warning(
            request, _("这份报告先前已受理，没有重复登记。内容如有变化，请在事故页更正或补充事实。")
        )
    return _go(request, resolve_url("reporting:report", ref=report.ref))


def _keep_for_login(request: PageRequest) -> HttpResponse:
    """Put what was typed into the session, which the login keeps, and ask to log in again."""
    if request.method == "POST":
        request.session[DRAFT_KEY] = {
            name: request.POST[name][:NOTE_LENGTH]
            for name in QuickReportForm.base_fields
            if name in request.POST
        }
    return _go(request, redirect_to_login(request.path).url)


def _go(request: PageRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


@require_POST
@login_required
def places(request: PageRequest) -> HttpResponse:
    """List registered places for what is typed so far; by POST, so that no address stays in a log."""
    check_actor_may(request.actor, Right.FILE_REPORT)
    areas = {str(area.pk): area for area in areas_of(request.actor)}
    area = areas.get(request.POST.get("area", ""))
    found = places_like(area, request.POST.get("place_text", "")) if area else []
    return render(request, "reporting/report/_places.html", {"places": found})
