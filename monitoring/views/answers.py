"""What recipients do with a warning, and the forms in which it leaves the house (4.2.1(b))."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from monitoring.actions.answers import answer_warning, confirm_warning
from monitoring.cap import CAP_TYPE
from monitoring.drafts import addressee, issuers_of, open_draft
from monitoring.forms.hazards import ControlForm
from monitoring.models import FoodWarning
from monitoring.notice import notice_sheet
from monitoring.permissions import check_actor_issues, warning_for
from monitoring.policies import check_is_issued
from monitoring.sharing_page import sharing_page
from monitoring.views.acting import ActPage
from monitoring.views.hazards import report_draft
from monitoring.warning_page import Shown, draft_message, message_of, place_names, warning_page
from reporting.documents.pdf import as_pdf
from reporting.views.form_page import posted
from reporting.views.quick import DRAFT_KEY
from reporting.views.requests import PageRequest


@require_POST
@login_required
def confirm(request: PageRequest, pk: int) -> HttpResponse:
    """Sign for it."""
    confirm_warning(warning=warning_for(request.actor, pk), by=request.actor, at=database_now())
    messages.success(request, _("已签收；请登记采取的措施。"))
    return redirect("monitoring:warning", pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def measure(request: PageRequest, pk: int) -> HttpResponse:
    """Say what was done because of it."""
    found, at = warning_for(request.actor, pk), database_now()
    addressee(found, request.actor.organisation, of_issuers=True)
    form = ControlForm(posted(request), at=at)
    page = ActPage(
        title=_("登记采取的措施"), lead=found.number, action=_("登记"), done=_("已登记。"), clause="4.2.1"
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: answer_warning(
            warning=found,
            words=form.cleaned_data["words"],
            done_at=form.cleaned_data["done_at"],
            by=request.actor,
            at=at,
        ),
        back=resolve_url("monitoring:warning", pk=pk),
    )


@require_POST
@login_required
def report_warning(request: PageRequest, pk: int) -> HttpResponse:
    """Open the quick report with what the warning says, to be completed and filed by a person (5.1(6), 5.2)."""
    found = warning_for(request.actor, pk)
    check_actor_may(request.actor, Right.FILE_REPORT)
    check_is_issued(found)
    said = warning_page(found, request.actor).bulletins[-1].content
    areas = place_names()
    request.session[DRAFT_KEY] = report_draft(
        area_pk=areas[said["areas"][0]].pk, place_text="", food=said["food"], note=said["headline"]
    )
    return redirect("reporting:new")


@require_safe
@never_cache
@login_required
def notice_file(request: PageRequest, pk: int) -> HttpResponse:
    """Hand the latest bulletin out as a printable notice; what is not issued says so and is for its issuers alone."""
    found, at = warning_for(request.actor, pk), database_now()
    shown, page = _latest(request, found), warning_page(found, request.actor)
    departments = Organisation.objects.filter(code__in=shown.content["departments"]).order_by("pk")
    sheet = notice_sheet(found, shown, issuers=page.issuers, departments=list(departments), at=at)
    made = as_pdf(sheet, font_dir=settings.FONT_DIR)
    headers = {"Content-Disposition": f'attachment; filename="{found.number}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@require_safe
@never_cache
@login_required
def cap_file(request: PageRequest, pk: int) -> HttpResponse:
    """Hand the latest bulletin out as a message of CAP 1.2; a draft is one of that status."""
    found = warning_for(request.actor, pk)
    shown, draft = _latest(request, found), open_draft(found)
    if shown.bulletin is not None or draft is None:
        made = message_of(shown.bulletin or found.bulletins.latest("serial"))
    else:
        made = draft_message(found, draft, at=database_now())
    headers = {"Content-Disposition": f'attachment; filename="{found.number}.xml"'}
    return HttpResponse(made.xml(), content_type=CAP_TYPE, headers=headers)


@require_safe
@login_required
def sharing(request: PageRequest) -> HttpResponse:
    """Show what of the platform went to whom (4.1(c))."""
    check_actor_may(request.actor, Right.MONITOR)
    context = {"page": sharing_page(request.actor, request.GET.get("page", "")), "at": database_now()}
    return render(request, "monitoring/sharing.html", context)


def _latest(request: PageRequest, found: FoodWarning) -> Shown:
    """Return the latest bulletin; its draft before there is any, to its issuers alone (403)."""
    page = warning_page(found, request.actor)
    if page.bulletins:
        return page.bulletins[-1]
    check_actor_issues(request.actor, [each.code for each in issuers_of(found)])
    if page.draft is None:
        check_is_issued(found)
    return page.draft or page.bulletins[-1]
