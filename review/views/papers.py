"""The papers of an incident: their list, each one's page, its text and its files (7.2)."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit.clock import database_now
from incidents.permissions import check_actor_may_with
from incidents.selectors import incident_for
from plan.papers import CLAUSE, PAPERS, PaperKind
from reporting.documents.docx import as_docx
from reporting.documents.pdf import as_pdf
from reporting.models import FileFormat
from reporting.views.documents import MEDIA
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from review.actions.papers import draft_paper, edit_paper
from review.forms.papers import PaperForm, SeenPaperForm
from review.models import Paper
from review.papers_page import PaperPage, paper_page, papers_page
from review.permissions import RIGHT_OF, check_actor_writes_paper
from review.policies import check_is_unsigned_paper


def address_of(paper: Paper) -> str:
    """Return the address of a paper's page."""
    return resolve_url("review:paper", number=paper.incident.number, pk=paper.pk)


@require_safe
@never_cache
@login_required
def papers(request: PageRequest, number: str) -> HttpResponse:
    """Show the three papers of an incident, its team and its improvements (7.2)."""
    page = papers_page(request.actor, number, database_now())
    return render(request, "review/papers/list.html", {"page": page, "incident": page.incident})


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def new_paper(request: PageRequest, number: str, kind: str) -> HttpResponse:
    """Begin a paper from the record (7.2)."""
    if kind not in {each.value for each in PaperKind}:
        raise Http404
    incident, own = incident_for(request.actor, number), PaperKind(kind)
    check_actor_may_with(request.actor, RIGHT_OF[own], incident)
    form = SeenPaperForm(posted(request))
    page = FormPage(
        title=_("起草%s") % own.label_zh,
        clause=CLAUSE,
        lead=_("预案原文：%s。系统按记录起草，每句注明出处，再由人修改、签发。") % PAPERS[own].text_zh,
        action=_("起草"),
        done=_("已按记录起草，请核对。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("review:papers", number=number),
        lead_on=address_of,
        perform=lambda: draft_paper(incident=incident, kind=own, by=request.actor, at=database_now()),
    )


@require_safe
@never_cache
@login_required
def paper(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Show a paper as it would be printed or was signed, with where each sentence came from (7.2)."""
    page = paper_page(request.actor, number, pk, database_now())
    return render(request, "review/papers/page.html", {"page": page, "incident": page.incident})


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def edit(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Change the text of a paper that is not signed (7.2)."""
    page = paper_page(request.actor, number, pk, database_now())
    own = page.row.paper
    check_actor_writes_paper(request.actor, page.incident, own.kind, own.body)
    if page.draft is None:
        check_is_unsigned_paper(is_signed=True)
        raise Http404
    form = PaperForm(posted(request), draft=page.draft)
    if form.is_bound:
        done = form.attempt(lambda: _edited(request, own, form))
        if done is not None:
            messages.success(request, _("已保存。"))
            return redirect(address_of(own))
    context = {"page": page, "form": form, "incident": page.incident}
    return render(request, "review/papers/edit.html", context, status=form.status)


def _edited(request: PageRequest, paper: Paper, form: PaperForm) -> Paper:
    edit_paper(paper=paper, **form.said(), by=request.actor, at=database_now())
    return paper


@require_safe
@never_cache
@login_required
def paper_file(request: PageRequest, number: str, pk: int, file_format: str) -> HttpResponse:
    """Give a paper as PDF or DOCX: as it was signed, byte for byte, or a draft marked as one (7.2)."""
    if file_format not in FileFormat.values:
        raise Http404
    page, own = paper_page(request.actor, number, pk, database_now()), FileFormat(file_format)
    name = f"{page.incident.number}-{page.row.paper.kind}-{page.row.paper.version}.{own}"
    return HttpResponse(
        _bytes(page, own),
        content_type=MEDIA[own],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _bytes(page: PaperPage, own: FileFormat) -> bytes:
    if page.row.signed is not None:
        return bytes(page.row.signed.files.get(file_format=own).content)
    if own == FileFormat.PDF:
        return as_pdf(page.sheet, font_dir=settings.FONT_DIR)
    return as_docx(page.sheet, made_at=page.at)
