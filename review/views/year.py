"""The year of the city or of a county: the page, the print and the workbook, from numbers computed once (7.2)."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from reporting.documents.pdf import as_pdf
from reporting.spreadsheets import XLSX, stamp
from reporting.views.requests import PageRequest
from response.actions.exports import note_export
from review.forms.year import YearForm
from review.year.printing import year_sheet
from review.year.report import YearReport, year_report
from review.year.workbook import year_book


@require_safe
@never_cache
@login_required
def year(request: PageRequest) -> HttpResponse:
    """Show a year: incidents, timeliness, drills, what is still open, costs (7.2)."""
    check_actor_may(request.actor, Right.SEE_YEAR)
    at = database_now()
    form = YearForm(request.GET, actor=request.actor, at=at)
    report = year_report(form.asked(), at) if form.is_valid() else None
    context = {"form": form, "report": report, "query": request.GET.urlencode(), "at": at}
    return render(request, "review/year/page.html", context, status=form.status)


@require_safe
@never_cache
@login_required
def year_print(request: PageRequest) -> HttpResponse:
    """Give the year as PDF in the layout of an official document."""

    def made(report: YearReport, office: str) -> bytes:
        page = year_sheet(report, office=office, who=f"{request.user}")
        return as_pdf(page, font_dir=settings.FONT_DIR)

    return _file(request, "pdf", "application/pdf", made)


@require_safe
@never_cache
@login_required
def year_workbook(request: PageRequest) -> HttpResponse:
    """Give the year as a workbook that names who took it and when."""

    def made(report: YearReport, office: str) -> bytes:
        marks = [(_("导出人"), f"{request.user} {office}"), (_("导出时间（北京时间）"), stamp(report.at))]
        return year_book(report, marks)

    return _file(request, "xlsx", XLSX, made)


def _file(
    request: PageRequest, suffix: str, media: str, make: Callable[[YearReport, str], bytes]
) -> HttpResponse:
    """Hand out a year as a file; that it was taken is on record."""
    office, at = check_actor_may(request.actor, Right.SEE_YEAR), database_now()
    form = YearForm(request.GET, actor=request.actor, at=at)
    if not form.is_valid():
        return year(request)
    report = year_report(form.asked(), at)
    rows = sum(len(table.rows) for table in report.tables)
    note_export(table=f"year-{report.year.number}-{suffix}", rows=rows, by=request.actor, at=at)
    where = report.year.county.code if report.year.county else "city"
    name = f"year-{report.year.number}-{where}.{suffix}"
    return HttpResponse(
        make(report, office.name),
        content_type=media,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
