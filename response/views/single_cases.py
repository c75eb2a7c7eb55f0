"""A hospital's single cases: its own list, a workbook of them with every row's fate first, a withdrawal (4.1(d))."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from reporting.actions.single_cases import import_single_cases, withdraw_single_case
from reporting.api.single_case_input import read_single_case
from reporting.forms.legs import ReasonForm
from reporting.intake import keep_raw_file
from reporting.models import SingleCase
from reporting.own_cases import own_cases
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest
from response.line_list_forms import SingleCasesForm
from response.line_lists.cells import XLSX_TYPE, media_type, rows_of
from response.line_lists.preview import packed, unpacked
from response.line_lists.reading import read_list
from response.line_lists.single import single_preview
from response.line_lists.template import template

PURPOSE = "single-cases"


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def single_cases(request: PageRequest) -> HttpResponse:
    """List the hospital's cases and their fate; take a workbook and show what would become of each row."""
    hospital = check_actor_may(request.actor, Right.SEND_CLUSTER)
    form, at = SingleCasesForm(posted(request), request.FILES or None), database_now()
    if not form.is_bound:
        return _page(request, hospital, form)
    raw: bytes = form.cleaned_data["workbook"].read() if form.is_valid() else b""
    preview = form.attempt(lambda: single_preview(read_list(rows_of(raw)), by=request.actor, at=at))
    if preview is None:
        return _page(request, hospital, form)
    carried = packed(PURPOSE, preview.body, raw, request.actor) if preview.body is not None else ""
    context = {"preview": preview, "carried": carried, "at": at}
    return render(request, "response/single_cases/preview.html", context)


@require_POST
@never_cache
@login_required
def confirm_cases(request: PageRequest) -> HttpResponse:
    """Take what was previewed, checked anew; all of it or nothing."""
    check_actor_may(request.actor, Right.SEND_CLUSTER)
    (body, raw), at = unpacked(PURPOSE, request.POST.get("carried", ""), request.actor), database_now()
    intake = keep_raw_file(raw=raw, content_type=media_type(raw), by=request.actor, at=at)
    cases = [read_single_case(case, at=at) for case in body["cases"]]
    fates = import_single_cases(cases=cases, intake=intake, by=request.actor, at=at)
    new = sum(fate.is_new for fate in fates)
    known = _("；另有%d例先前已受理，没有变化") % (len(fates) - new) if new < len(fates) else ""
    messages.success(request, _("已受理%(new)d例%(known)s。") % {"new": new, "known": known})
    return redirect("response:single_cases")


@require_safe
@login_required
def single_case_template(request: PageRequest) -> HttpResponse:
    """Hand out the workbook to fill in."""
    check_actor_may(request.actor, Right.SEND_CLUSTER)
    headers = {"Content-Disposition": 'attachment; filename="single-cases.xlsx"'}
    return HttpResponse(template(_("散发病例")), content_type=XLSX_TYPE, headers=headers)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def withdraw_case(request: PageRequest, pk: int) -> HttpResponse:
    """Take a case back, with a reason."""
    hospital = check_actor_may(request.actor, Right.SEND_CLUSTER)
    case = SingleCase.objects.filter(organisation=hospital, pk=pk).first()
    if case is None:
        raise Http404
    form = ReasonForm(posted(request))
    made = form.attempt(
        lambda: withdraw_single_case(
            case=case, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        )
    )
    if made is not None:
        messages.success(request, _("病例已撤回，各次修订保留。"))
        return redirect("response:single_cases")
    return render(
        request, "response/single_cases/withdraw.html", {"form": form, "case": case}, status=form.status
    )


def _page(request: PageRequest, hospital: Organisation, form: SingleCasesForm) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "shown": own_cases(hospital, database_now(), page=request.GET.get("page")),
    }
    return render(request, "response/single_cases/list.html", context, status=form.status)
