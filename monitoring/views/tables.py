"""A table of observations: every row's fate first, then all of it or nothing (8.2(a))."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Jurisdiction
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from monitoring.actions.observations import record_observations
from monitoring.export import template
from monitoring.forms.observations import TableForm, areas_for
from monitoring.models import Way
from monitoring.table import TableRow, observation_of, read_table
from monitoring.values import ObservationFate
from reporting.intake import keep_raw_file
from reporting.views.requests import PageRequest
from response.line_lists.cells import CSV_TYPE, media_type, rows_of
from response.line_lists.preview import packed, unpacked

# What its preview may be confirmed as, and nothing else.
PURPOSE = "observations"


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def import_table(request: PageRequest) -> HttpResponse:
    """Take a table and show what would become of each row; nothing is stored."""
    check_actor_may(request.actor, Right.MONITOR)
    is_sent = request.method == "POST"
    form = TableForm(request.POST, request.FILES) if is_sent else TableForm()
    areas = areas_for(request.actor)
    names = {each.name: each for each in areas.values()}
    raw: bytes = form.cleaned_data["table"].read() if is_sent and form.is_valid() else b""
    rows = form.attempt(lambda: read_table(rows_of(raw), names)) if is_sent else None
    if rows is None:
        return render(request, "monitoring/tables/form.html", {"form": form}, status=form.status)
    is_readable = not any(row.problems for row in rows)
    fates = _tried(request, rows, areas) if is_readable else []
    for row, fate in zip(rows, fates, strict=False):
        row.problems += [fate.why] if fate.code else []
    is_right = not any(row.problems for row in rows)
    shown = [(row, _fate(row, fates[place] if fates else None)) for place, row in enumerate(rows)]
    context = {
        "rows": sorted(shown, key=lambda pair: not pair[0].problems),
        "tally": sorted(Counter(fate for _row, fate in shown).items()),
        "carried": packed(PURPOSE, {"rows": [row.said for row in rows]}, raw, request.actor)
        if is_right
        else "",
        "at": database_now(),
    }
    return render(request, "monitoring/tables/preview.html", context)


@require_POST
@never_cache
@login_required
def confirm_table(request: PageRequest) -> HttpResponse:
    """Take what was previewed, checked anew; sent twice, nothing is taken twice."""
    check_actor_may(request.actor, Right.MONITOR)
    (body, raw), at = unpacked(PURPOSE, request.POST.get("carried", ""), request.actor), database_now()
    areas = areas_for(request.actor)
    intake = keep_raw_file(raw=raw, content_type=media_type(raw), by=request.actor, at=at)
    fates = record_observations(
        observations=[observation_of(said, areas) for said in body["rows"]],
        way=Way.FILE,
        intake=intake,
        by=request.actor,
        at=at,
    )
    new, refused = sum(fate.is_new for fate in fates), sum(bool(fate.code) for fate in fates)
    said = {"new": new, "known": len(fates) - new - refused, "refused": refused}
    messages.success(request, _("登记%(new)d条，先前已有%(known)d条，未登记%(refused)d条。") % said)
    return redirect("monitoring:overview")


@require_safe
@login_required
def table_template(request: PageRequest) -> HttpResponse:
    """Hand out the table to fill in."""
    check_actor_may(request.actor, Right.MONITOR)
    headers = {"Content-Disposition": 'attachment; filename="observations.csv"'}
    return HttpResponse(template(), content_type=CSV_TYPE, headers=headers)


def _tried(
    request: PageRequest, rows: Sequence[TableRow], areas: Mapping[str, Jurisdiction]
) -> list[ObservationFate]:
    """Return what would become of each row: it is done, and undone."""
    stated = [observation_of(row.said, areas) for row in rows]
    with transaction.atomic():
        fates = record_observations(observations=stated, way=Way.FILE, by=request.actor, at=database_now())
        transaction.set_rollback(True)
    return fates


def _fate(row: TableRow, fate: ObservationFate | None) -> Any:
    if row.problems:
        return _("须更正")
    if fate is None or fate.is_new:
        return _("更正原有") if fate and fate.revision > 1 else _("新增")
    return _("先前已有")
