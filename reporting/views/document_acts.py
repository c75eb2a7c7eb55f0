"""What is done with a report that is written: check, sign, countersign, send, correct by a new version, confirm."""

from collections.abc import Callable, Mapping
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.selectors import display_names
from audit.clock import database_now
from incidents.selectors import family_ids, incident_for
from reporting.actions.countersigning import countersign_document
from reporting.actions.dispatching import confirm_receipt, send_document
from reporting.actions.documents import check_document, draft_new_version
from reporting.actions.signing import sign_document
from reporting.document_page import DocumentPage, document_page
from reporting.document_permissions import check_actor_writes
from reporting.document_policies import is_alone
from reporting.forms.documents import ReceiptForm, SeenForm, SendForm, SignForm
from reporting.models import Document, DocumentDispatch, SendChannel, SignedDocument
from reporting.permissions import check_actor_can_record_delivery
from reporting.signers import others_on_duty
from reporting.views.documents import address_of
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest

Act = Callable[[PageRequest, DocumentPage], HttpResponse]


@require_http_methods(["GET", "POST"])
@login_required
def document_act(request: PageRequest, number: str, pk: int, act: str) -> HttpResponse:
    """Ask for what an act needs, then do it (5.1(8))."""
    if act not in ACTS:
        raise Http404
    page = document_page(request.actor, number, pk, database_now())
    check_actor_writes(request.actor, page.incident, page.document)
    return ACTS[act](request, page)


@require_http_methods(["GET", "POST"])
@login_required
def receipt(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Confirm that a recipient has a report (5.1(8), A18)."""
    incident = incident_for(request.actor, number)
    sent = DocumentDispatch.objects.select_related("signed__document__bearer", "recipient").filter(
        signed__document__incident__in=family_ids(incident), pk=pk
    )
    dispatch = sent.first()
    if dispatch is None:
        raise Http404
    bearer = dispatch.signed.document.bearer
    check_actor_can_record_delivery(request.actor, incident, bearer=bearer, recipient=dispatch.recipient)
    form = ReceiptForm(posted(request), came_by_system=dispatch.channel == SendChannel.SYSTEM)
    page = FormPage(
        title=_("确认收到"),
        clause="5.1(8)",
        lead=_("由接收单位确认，或由报送单位电话核实后登记；时限以对方收到的时间为准。"),
        action=_("确认收到"),
        done=_("已登记收到。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("reporting:documents", number=number),
        perform=lambda: confirm_receipt(
            dispatch=dispatch, **form.cleaned_data, by=request.actor, at=database_now()
        ),
    )


def _check(request: PageRequest, page: DocumentPage) -> HttpResponse:
    form = SeenForm(posted(request), initial={"seen": page.document.edited_at.isoformat()})
    asked = FormPage(
        title=_("核稿"),
        lead=_("请先通读全文；核稿人不能是拟稿人。"),
        action=_("已核对，通过"),
        done=_("已核稿。"),
    )
    return _answer(
        request,
        page,
        form,
        asked,
        lambda: check_document(
            document=page.document, seen=form.cleaned_data["seen"], by=request.actor, at=database_now()
        ),
    )


def _sign(request: PageRequest, page: DocumentPage) -> HttpResponse:
    alone = is_alone(page.document, request.actor.ref)
    others = others_on_duty(page.document.bearer, request.actor.ref, page.at) if alone else frozenset()
    form = SignForm(posted(request), initial={"seen": page.digest}, is_alone=alone, others=others)
    lead = _("签发后内容连同所依据的事实即行固定，不能再改；印章由单位另行加盖。")
    if others:
        names = "、".join(sorted(display_names(others).values()))
        lead += _("您是拟稿人，值班表上另有%s，请由其签发。") % names
    asked = FormPage(
        title=_("签发"),
        clause="5.1(8)",
        lead=lead,
        action=_("签发"),
        done=_("已签发，请报送。"),
    )
    return _answer(
        request,
        page,
        form,
        asked,
        lambda: sign_document(
            document=page.document, **form.cleaned_data, by=request.actor, at=database_now()
        ),
    )


def _countersign(request: PageRequest, page: DocumentPage) -> HttpResponse:
    signed, form = _signed(page), SeenForm(posted(request))
    asked = FormPage(
        title=_("补签"),
        lead=_("这份报告由一人拟稿并签发，由另一人事后核对补签。"),
        action=_("补签"),
        done=_("已补签。"),
    )
    return _answer(
        request,
        page,
        form,
        asked,
        lambda: countersign_document(signed=signed, by=request.actor, at=database_now()),
    )


def _send(request: PageRequest, page: DocumentPage) -> HttpResponse:
    signed, form = _signed(page), SendForm(posted(request))
    asked = FormPage(
        title=_("报送"),
        clause="5.1(8)",
        lead=_("书面报告以接收单位收到为准；报送后请电话核实。"),
        action=_("报送"),
        done=_("已报送，请电话核实对方收到。"),
    )
    return _answer(
        request,
        page,
        form,
        asked,
        lambda: send_document(signed=signed, **form.said(), by=request.actor, at=database_now()),
    )


def _renew(request: PageRequest, page: DocumentPage) -> HttpResponse:
    signed, form = _signed(page), SeenForm(posted(request))
    asked = FormPage(
        title=_("作新版本"),
        clause="5.1",
        lead=_("原报告保留，新版本注明它所替换的一版；有新情况的，请起草续报。"),
        action=_("起草新版本"),
        done=_("已按原文起草新版本，请修改。"),
    )
    return _answer(
        request,
        page,
        form,
        asked,
        lambda: draft_new_version(signed=signed, by=request.actor, at=database_now()),
        lead_on=address_of,
    )


def _answer(
    request: PageRequest,
    page: DocumentPage,
    form: SeenForm | SendForm,
    asked: FormPage,
    perform: Callable[[], object],
    *,
    lead_on: Callable[[Document], str] | None = None,
) -> HttpResponse:
    own = address_of(page.document)
    return asked.answer(
        request, form=form, incident=page.incident, then=own, lead_on=lead_on, perform=perform
    )


def _signed(page: DocumentPage) -> SignedDocument:
    if page.row.signed is None:
        raise Http404
    return page.row.signed


ACTS: Final[Mapping[str, Act]] = {
    "check": _check,
    "sign": _sign,
    "countersign": _countersign,
    "send": _send,
    "renew": _renew,
}
