"""A register comes as a workbook: every row's fate first, then all of it or nothing (3.2)."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Jurisdiction
from audit.clock import database_now
from readiness.actions.entries import import_entries
from readiness.forms import WorkbookForm
from readiness.permissions import area_for, check_actor_keeps
from readiness.preview import Preview, lost, packed, place_of, preview_of, unpacked
from readiness.register import Register
from readiness.registers import register_of
from readiness.sheets import read_file, template
from reporting.spreadsheets import XLSX
from reporting.views.requests import PageRequest


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def import_page(request: PageRequest, code: str, register: str) -> HttpResponse:
    """Take a workbook and show what would become of each row; nothing is stored (3.2)."""
    area, own = _kept(request, code, register)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    context: dict[str, Any] = {"area": area, "register": own, "form": form, "at": database_now()}
    if not form.is_bound:
        return render(request, "readiness/register/import.html", context)
    raw: bytes = form.cleaned_data["workbook"].read() if form.is_valid() else b""
    preview = form.attempt(lambda: _preview(own, area, raw))
    if preview is None:
        return render(request, "readiness/register/import.html", context, status=form.status)
    place = place_of(own, area, request.actor)
    carried = packed(preview, raw, place) if preview.is_right else ""
    return render(
        request, "readiness/register/preview.html", {**context, "preview": preview, "carried": carried}
    )


@require_POST
@never_cache
@login_required
def confirm_import(request: PageRequest, code: str, register: str) -> HttpResponse:
    """Take in what was previewed, if it would still do the same (3.2)."""
    area, own = _kept(request, code, register)
    digest, raw = unpacked(request.POST.get("carried", ""), place_of(own, area, request.actor), own.clause)
    preview = _preview(own, area, raw)
    if preview.digest != digest:
        raise lost(own.clause)
    number = import_entries(
        register=own.slug,
        area=area,
        rows=[row.said for row in preview.sheet.entries],
        sha256=hashlib.sha256(raw).hexdigest(),
        by=request.actor,
        at=database_now(),
    )
    messages.success(request, _("已导入，新增或更新%d行。") % number)
    return redirect("readiness:register", area.code, own.slug)


@require_safe
@login_required
def register_template(request: PageRequest, code: str, register: str) -> HttpResponse:
    """Hand out the workbook to fill in."""
    _area, own = _kept(request, code, register)
    headers = {"Content-Disposition": f'attachment; filename="{own.slug}.xlsx"'}
    return HttpResponse(template(own), content_type=XLSX, headers=headers)


def _kept(request: PageRequest, code: str, register: str) -> tuple[Jurisdiction, Register]:
    area, own = area_for(request.actor, code), register_of(register)
    check_actor_keeps(request.actor, own, area)
    return area, own


def _preview(own: Register, area: Jurisdiction, raw: bytes) -> Preview:
    return preview_of(own, area, read_file(own, raw), today=timezone.localdate(database_now()))
