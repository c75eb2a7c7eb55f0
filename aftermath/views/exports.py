"""The ledger as a file, marked with who took it and when; that it was taken is on record (7.1)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from aftermath.page import Thread, costs_of
from aftermath.permissions import check_actor_sees
from audit.clock import database_now
from incidents.selectors import incident_for
from reporting.spreadsheets import XLSX, as_xlsx, stamp
from reporting.views.requests import PageRequest
from response.actions.exports import note_export


@require_GET
@never_cache
@login_required
def ledger(request: PageRequest, number: str) -> HttpResponse:
    """Hand out every item of an incident's ledger, with what was paid of it; names as on the page."""
    incident, at = incident_for(request.actor, number), database_now()
    check_actor_sees(request.actor, incident)
    rows = [_row(each) for each in costs_of(incident, request.actor) if not each.entry.is_withdrawn]
    headings = [
        _("费用种类"), _("收款单位或人员"), _("应付金额（元）"), _("已付金额（元）"), _("未付金额（元）"),
        _("应付日期"), _("依据或凭证（文号、文件）"), _("付款凭证"), _("可追偿"), _("登记单位"), _("登记时间"),
        _("更正次数"),
    ]  # fmt: skip
    title = _("善后台账 %s") % incident.number
    return handed_out(
        request, table=f"aftermath-{incident.number}", title=title, headings=headings, rows=rows, at=at
    )


def handed_out(
    request: PageRequest,
    *,
    table: str,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Any]],
    at: datetime,
) -> HttpResponse:
    """Return a table as a workbook that says who took it and when, and put on record that it was taken."""
    note_export(table=table, rows=len(rows), by=request.actor, at=at)
    office = request.actor.organisation.name if request.actor.organisation else ""
    marks = [(_("导出人"), f"{request.user} {office}"), (_("导出时间（北京时间）"), stamp(at))]
    made = as_xlsx(title=title, marks=marks, headings=headings, rows=rows)
    name = f"{table}-{stamp(at).replace(' ', '-').replace(':', '')}.xlsx"
    return HttpResponse(
        made, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _row(line: Thread[Any]) -> Sequence[Any]:
    cost = line.entry
    proofs = [each.entry.proof for each in line.payments if not each.entry.is_withdrawn]
    return [
        cost.get_kind_display(),
        line.name,
        cost.amount,
        line.paid,
        cost.amount - line.paid,
        cost.due_on or "",
        cost.proof,
        "；".join(proofs),
        _("是") if cost.liability_id else "",
        cost.organisation.name,
        stamp(cost.recorded_at),
        len(line.earlier),
    ]
