"""The registers of an area: list, search, one row, kept, looked at again, taken out; and the same as a file (3.2)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Jurisdiction
from audit.clock import database_now
from readiness.actions.entries import check_entry, keep_entry, remove_entry
from readiness.forms import EntryForm
from readiness.permissions import area_for, check_actor_keeps, keeps, sees_contacts
from readiness.register import Register
from readiness.registers import STORES, register_of
from readiness.selectors.entries import row_of, rows_of, searched
from reporting.spreadsheets import XLSX, as_xlsx, stamp
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest
from response.actions.exports import note_export

PER_PAGE = 25


@require_safe
@never_cache
@login_required
def register_page(request: PageRequest, code: str, register: str) -> HttpResponse:
    """List a register of an area, searched by words and narrowed to what is short (3.2)."""
    area, own = area_for(request.actor, code), register_of(register)
    at, asked = database_now(), request.GET
    today, text, short = timezone.localdate(at), asked.get("q", ""), asked.get("short", "")
    rows = searched(own, rows_of(own, [area]), text=text, short=short, today=today)
    page = Paginator(rows, PER_PAGE).get_page(asked.get("page"))
    with_contacts = sees_contacts(request.actor)
    context = {
        **_about(request, area, own),
        "page": page,
        "rows": [
            (
                row,
                own.title_of(row, with_contacts=with_contacts),
                [(each, words) for each, words in own.shown(row, with_contacts=with_contacts)],
            )
            for row in page.object_list
        ],
        "q": text,
        "short": short,
        "query": request.GET.urlencode(),
        "with_contacts": with_contacts,
        "at": at,
    }
    return render(request, "readiness/register/list.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def new_entry(request: PageRequest, code: str, register: str) -> HttpResponse:
    """Put a row into a register (3.2)."""
    return _entry_page(request, area_for(request.actor, code), register_of(register), None)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def entry(request: PageRequest, code: str, register: str, pk: int) -> HttpResponse:
    """Change a row of a register (3.2)."""
    return _entry_page(request, area_for(request.actor, code), register_of(register), pk)


@require_POST
@login_required
def check(request: PageRequest, code: str, register: str, pk: int) -> HttpResponse:
    """Say that a row is right as it stands (3.2)."""
    area, own = area_for(request.actor, code), register_of(register)
    row_of(own, [area], pk)
    check_entry(register=own.slug, entry=pk, by=request.actor, at=database_now())
    messages.success(request, _("已记为今天核对。"))
    return redirect("readiness:entry", code, own.slug, pk)


@require_POST
@login_required
def remove(request: PageRequest, code: str, register: str, pk: int) -> HttpResponse:
    """Take a row out of its register (3.2)."""
    area, own = area_for(request.actor, code), register_of(register)
    row_of(own, [area], pk)
    remove_entry(register=own.slug, entry=pk, by=request.actor, at=database_now())
    messages.success(request, _("已移出登记册，其中的联系方式已删除。"))
    return redirect("readiness:register", code, own.slug)


@require_safe
@never_cache
@login_required
def export(request: PageRequest, code: str, register: str) -> HttpResponse:
    """Hand a register out as a workbook, narrowed as the page is, marked with who took it and when; that it was is on record."""
    area, own = area_for(request.actor, code), register_of(register)
    at, asked = database_now(), request.GET
    text, short = asked.get("q", ""), asked.get("short", "")
    today, with_contacts = timezone.localdate(at), sees_contacts(request.actor)
    found = searched(own, rows_of(own, [area]), text=text, short=short, today=today)
    rows = [[words for _own, words in own.shown(row, with_contacts=with_contacts)] for row in found]
    note_export(table=f"register {own.slug} {area.code}", rows=len(rows), by=request.actor, at=at)
    office = request.actor.organisation.name if request.actor.organisation else ""
    narrowed = " ".join(
        filter(None, (text, *(str(each.label) for each in own.shortages if each.slug == short)))
    )
    made = as_xlsx(
        title=str(own.title),
        marks=[
            (_("导出人"), f"{request.user} {office}"),
            (_("导出时间（北京时间）"), stamp(at)),
            (_("区域"), area.name),
            (_("条件"), narrowed or _("全部")),
        ],
        headings=[str(each.heading) for each in own.fields if with_contacts or not each.is_personal],
        rows=rows,
    )
    name = f"{own.slug}-{area.code}-{timezone.localtime(at):%Y%m%d-%H%M}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=XLSX, headers=headers)


def _entry_page(request: PageRequest, area: Jurisdiction, own: Register, pk: int | None) -> HttpResponse:
    row = row_of(own, [area], pk) if pk else None
    check_actor_keeps(request.actor, own, area)
    at = database_now()
    form = EntryForm(
        posted(request),
        register=own,
        today=timezone.localdate(at),
        values=own.values_of(row) if row else {},
    )

    def perform() -> Any:
        return keep_entry(
            register=own.slug, area=area, values=form.said(), entry=pk, by=request.actor, at=database_now()
        )

    if form.is_bound and form.attempt(perform) is not None:
        messages.success(request, _("已保存。"))
        return redirect("readiness:register", area.code, own.slug)
    title = own.title_of(row, with_contacts=True) if row else ""
    context = {**_about(request, area, own), "form": form, "row": row, "title": title, "at": at}
    return render(request, "readiness/register/entry.html", context, status=form.status)


def _about(request: PageRequest, area: Jurisdiction, own: Register) -> dict[str, Any]:
    return {
        "area": area,
        "register": own,
        "keeps": keeps(request.actor, own, area),
        "is_store": own is STORES,
    }
