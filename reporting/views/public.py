"""The public door: a report without an account, its receipt, and what became of it; in Chinese and in English.

A receipt travels in forms alone, never in an address: addresses stay in histories and logs.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actors import ANONYMOUS
from accounts.networks import client_address
from audit.clock import database_now
from reporting.actions.public import add_to_public_report, file_public_report
from reporting.forms.public import AdditionForm, PublicReportForm, ReceiptForm
from reporting.models import PublicReport
from reporting.receipts import receipt_digests, receipt_of
from reporting.sources import is_flooding, source_of
from reporting.views.requests import PageRequest


def in_language(view: Callable[[PageRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view speak the language of its address; the middleware sets it anew with the next request."""

    @wraps(view)
    def speaking(request: PageRequest, *, language: str) -> HttpResponse:
        request.LANGUAGE_CODE = language
        # What is sent is told to offices, in their language; only the page that answers is in the sender's.
        if request.method == "GET":
            translation.activate(language)
        return view(request)

    return speaking


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@in_language
def new(request: PageRequest) -> HttpResponse:
    """Show and take a report by anybody (5.1(1), 5.1(2), 5.1(4), 5.2); sent twice, it is one."""
    at = database_now()
    if request.method == "GET":
        return _page(request, "new", {"form": PublicReportForm(at=at)})
    source = source_of(client_address(request))
    # Of a flood no photo is even opened; its words are taken.
    files = None if is_flooding(source, at=at) else request.FILES
    form = PublicReportForm(request.POST, files, at=at)
    report = form.attempt(
        lambda: file_public_report(
            stated=form.stated(),
            form_token=form.token,
            source=source,
            photos=form.pictures,
            by=ANONYMOUS,
            at=at,
        )
    )
    if report is None:
        return _page(request, "new", {"form": form}, status=form.status)
    context = {
        "report": report,
        "receipt": receipt_of(form.token),
        "token": form.cleaned_data["form_token"],
        "is_repeat": report.received_at != at,
        "lacks_photos": bool(request.FILES) and not report.photos.exists(),
    }
    return _page(request, "receipt", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@in_language
def status(request: PageRequest) -> HttpResponse:
    """Show the sender what became of a report: its state and, if it was closed, why; nothing else."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "status", {"form": form}, status=form.status)
    report = _report_of(form.cleaned_data["receipt"])
    if report is None:
        form.add_error("receipt", _("没有这个受理号，请核对后再试。"))
        return _page(request, "status", {"form": form}, status=form.status)
    adding = AdditionForm(initial={"receipt": form.cleaned_data["receipt"]}, at=database_now())
    return _page(request, "found", {"report": report, "form": adding})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@in_language
def add(request: PageRequest) -> HttpResponse:
    """Take what the sender of a report adds (5.2)."""
    if request.method == "GET":
        return redirect(reverse("public:status", current_app=_namespace(request)))
    at = database_now()
    report = _report_of(request.POST.get("receipt", ""))
    if report is None:
        return redirect(reverse("public:status", current_app=_namespace(request)))
    form = AdditionForm(request.POST, request.FILES, at=at)
    added = form.attempt(
        lambda: add_to_public_report(
            report=report, said=form.said(), photos=form.pictures, by=ANONYMOUS, at=at
        )
    )
    if added is None:
        return _page(request, "found", {"report": report, "form": form}, status=form.status)
    fresh = AdditionForm(initial={"receipt": form.cleaned_data["receipt"]}, at=at)
    return _page(request, "found", {"report": added, "form": fresh, "has_added": True})


def _report_of(receipt: str) -> PublicReport | None:
    return PublicReport.objects.filter(receipt_digest__in=receipt_digests(receipt)).first()


def _page(request: PageRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show a page of the public door, with the way to the same page in the other language."""
    other = "public" if _namespace(request) == "public_en" else "public_en"
    match = request.resolver_match
    view = "status" if match is not None and match.url_name == "add" else match and match.url_name
    context |= {"is_public": True, "other_language": reverse(f"public:{view}", current_app=other)}
    return render(request, f"reporting/public/{name}.html", context, status=status)


def _namespace(request: PageRequest) -> str:
    return request.resolver_match.namespace if request.resolver_match else "public"
