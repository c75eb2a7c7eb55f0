"""The reports of an incident: their list, a new one, a call, each one's page, its text and its files."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rights import Right
from audit.clock import database_now
from incidents.permissions import check_actor_may_with
from incidents.selectors import family_ids, incident_for
from reporting.actions.documents import draft_document, edit_document, record_call
from reporting.asking import refusal_of
from reporting.document_page import DocumentPage, document_page, document_rows
from reporting.document_permissions import check_actor_writes
from reporting.document_policies import check_is_unsigned
from reporting.documents.docx import as_docx
from reporting.documents.pdf import as_pdf
from reporting.forms.documents import CallForm, DocumentForm, NewDocumentForm
from reporting.models import Document, FileFormat
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest

MEDIA = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def address_of(made: Document) -> str:
    """Return the address of a report's page."""
    return resolve_url("reporting:document", number=made.incident.number, pk=made.pk)


@require_safe
@login_required
def documents(request: PageRequest, number: str) -> HttpResponse:
    """List the reports of an incident, what was sent and what waits to be confirmed (5.1(8))."""
    incident = incident_for(request.actor, number)
    context = {
        "incident": incident,
        "rows": document_rows(family_ids(incident), request.actor),
        "no_delivery": refusal_of(
            lambda: check_actor_may_with(request.actor, Right.RECORD_DELIVERY, incident)
        ),
        "at": database_now(),
    }
    return render(request, "reporting/documents/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_document(request: PageRequest, number: str) -> HttpResponse:
    """Begin a 初报, 续报 or 终报 from the facts on record (5.1(8))."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.RECORD_DELIVERY, incident)
    form = NewDocumentForm(posted(request), incident=incident)
    page = FormPage(
        title=_("起草报告"),
        clause="5.1(8)",
        lead=_("系统按已登记的事实起草，再由人修改、核稿和签发；已有未签发的同一报告时，继续那一份。"),
        action=_("起草"),
        done=_("已按现有事实起草，请核对。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("reporting:documents", number=number),
        lead_on=address_of,
        perform=lambda: draft_document(incident=incident, **form.said(), by=request.actor, at=database_now()),
    )


@require_http_methods(["GET", "POST"])
@login_required
def call(request: PageRequest, number: str) -> HttpResponse:
    """Record a report by phone and begin its 电话记录 (5.1(8))."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.RECORD_DELIVERY, incident)
    at = database_now()
    form = CallForm(posted(request), initial={"called_at": at}, incident=incident)
    page = FormPage(
        title=_("登记电话报告"),
        clause="5.1(8)",
        lead=_("登记后电话报告的时限即告履行；电话记录可随后补充内容并签发。"),
        action=_("登记"),
        done=_("已登记电话报告，并生成电话记录。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("reporting:documents", number=number),
        lead_on=address_of,
        perform=lambda: record_call(incident=incident, **form.said(), by=request.actor, at=at),
    )


@require_safe
@login_required
def document(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Show a report as it would be printed or was signed, and what may be done with it (5.1(8))."""
    page = document_page(request.actor, number, pk, database_now())
    return render(request, "reporting/documents/page.html", {"page": page, "incident": page.incident})


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Change the text of a report that is not signed (5.1(8), 5.2)."""
    page = document_page(request.actor, number, pk, database_now())
    check_actor_writes(request.actor, page.incident, page.document)
    check_is_unsigned(page.document)
    form = DocumentForm(posted(request), page=page)
    if form.is_bound:
        done = form.attempt(
            lambda: edit_document(document=page.document, **form.said(), by=request.actor, at=database_now())
        )
        if done is not None:
            messages.success(request, _("已保存。"))
            return redirect(address_of(page.document))
    context = {"page": page, "form": form, "incident": page.incident}
    return render(request, "reporting/documents/edit.html", context, status=form.status)


@require_safe
@login_required
def document_file(request: PageRequest, number: str, pk: int, file_format: str) -> HttpResponse:
    """Give a report as PDF or DOCX: as it was signed, byte for byte, or a draft marked as one (5.1(8))."""
    if file_format not in FileFormat.values:
        raise Http404
    page = document_page(request.actor, number, pk, database_now())
    own = FileFormat(file_format)
    answer = HttpResponse(_bytes(page, own), content_type=MEDIA[own])
    name = f"{page.incident.number}-{page.document.kind}-{page.document.serial}.{own}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _bytes(page: DocumentPage, own: FileFormat) -> bytes:
    if page.row.signed is not None:
        return bytes(page.row.signed.files.get(file_format=own).content)
    if own == FileFormat.PDF:
        return as_pdf(page.sheet, font_dir=settings.FONT_DIR)
    return as_docx(page.sheet, made_at=page.document.edited_at)
