"""Tables as files, marked with who took them and when; that they were taken is on record."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.requests import ActorRequest
from audit.clock import database_now
from reporting.spreadsheets import XLSX, as_xlsx, stamp
from response.actions.exports import note_export
from response.exports import TABLES


@require_GET
@never_cache
@login_required
def export(request: ActorRequest, table: str) -> HttpResponse:
    """Hand out what a page shows, narrowed by the same filters, by the same rights."""
    if table not in TABLES:
        raise Http404
    own, at = TABLES[table], database_now()
    asked = request.GET.dict()
    rows = own.rows(request.actor, asked, at)
    note_export(table=table, rows=len(rows), by=request.actor, at=at)
    narrowed = " ".join(f"{name}={value}" for name, value in sorted(asked.items()) if value)
    office = request.actor.organisation.name if request.actor.organisation else ""
    marks = [
        (_("导出人"), f"{request.user} {office}"),
        (_("导出时间（北京时间）"), stamp(at)),
        (_("条件"), narrowed or _("全部")),
    ]
    made = as_xlsx(title=str(own.title), marks=marks, headings=own.headings(), rows=rows)
    name = f"{table}-{stamp(at).replace(' ', '-').replace(':', '')}.xlsx"
    return HttpResponse(
        made, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
