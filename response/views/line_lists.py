"""A hospital sends a line list as a workbook: every row's fate first, then all of it or nothing (5.1(3))."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from reporting.actions.clusters import accept_cluster
from reporting.api.cluster_input import read_cluster
from reporting.api.decoding import fingerprint
from reporting.intake import keep_raw_file
from reporting.models import Report, ReportKind
from reporting.views.requests import PageRequest
from response.line_list_forms import LineListForm
from response.line_lists.cells import XLSX_TYPE, media_type, rows_of
from response.line_lists.preview import packed, preview_of, unpacked
from response.line_lists.reading import read_list
from response.line_lists.template import template

MOST_LATEST = 20
PURPOSE = "line-list"


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def line_lists(request: PageRequest) -> HttpResponse:
    """Take a workbook and show what would become of each row; nothing is stored (5.1(3))."""
    hospital = check_actor_may(request.actor, Right.SEND_CLUSTER)
    if request.method != "POST":
        return render(
            request, "response/line_lists/form.html", _context(LineListForm(hospital=hospital), hospital)
        )
    form = LineListForm(request.POST, request.FILES, hospital=hospital)
    at = database_now()
    raw: bytes = form.cleaned_data["workbook"].read() if form.is_valid() else b""
    preview = form.attempt(lambda: preview_of(read_list(rows_of(raw)), form.about(), by=request.actor, at=at))
    if preview is None:
        return render(request, "response/line_lists/form.html", _context(form, hospital), status=form.status)
    carried = packed(PURPOSE, preview.body, raw, request.actor) if preview.body is not None else ""
    context = {"preview": preview, "carried": carried, "about": form.cleaned_data, "at": at}
    return render(request, "response/line_lists/preview.html", context)


@require_POST
@never_cache
@login_required
def confirm_list(request: PageRequest) -> HttpResponse:
    """Send what was previewed, checked anew; sent twice, it is one report (5.1(3))."""
    check_actor_may(request.actor, Right.SEND_CLUSTER)
    (body, raw), at = unpacked(PURPOSE, request.POST.get("carried", ""), request.actor), database_now()
    intake = keep_raw_file(raw=raw, content_type=media_type(raw), by=request.actor, at=at)
    answer = accept_cluster(
        cluster=read_cluster(body, at=at),
        intake=intake,
        idempotency_key=f"list:{fingerprint(body)}",
        fingerprint=fingerprint(body),
        by=request.actor,
        at=at,
    )
    said = (
        _("这份清单先前已受理，没有重复登记。")
        if answer.is_replay
        else _("清单已受理，已通知卫生健康和监管部门。")
    )
    messages.success(request, said)
    return redirect("response:line_lists")


@require_safe
@login_required
def line_list_template(request: PageRequest) -> HttpResponse:
    """Hand out the workbook to fill in."""
    check_actor_may(request.actor, Right.SEND_CLUSTER)
    headers = {"Content-Disposition": 'attachment; filename="line-list.xlsx"'}
    return HttpResponse(template(_("病例清单")), content_type=XLSX_TYPE, headers=headers)


def _context(form: LineListForm, hospital: Organisation) -> dict[str, Any]:
    own = Report.objects.filter(organisation=hospital, kind=ReportKind.CLUSTER).order_by(
        "-received_at", "-pk"
    )
    return {
        "form": form,
        "reports": own.select_related("incident", "intake")[:MOST_LATEST],
        "at": database_now(),
    }
