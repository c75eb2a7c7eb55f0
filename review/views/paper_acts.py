"""What is done with a paper that is written: sign, send, correct by a new version, confirm (7.2)."""

from collections.abc import Callable, Mapping
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit.clock import database_now
from incidents.selectors import family_ids, incident_for
from plan.papers import CLAUSE, PaperKind
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from review.actions.papers import renew_paper
from review.actions.sending_papers import confirm_paper, send_paper
from review.actions.signing_papers import sign_paper
from review.forms.papers import PaperReceiptForm, SeenPaperForm, SendPaperForm
from review.models import PaperDispatch, SignedPaper
from review.papers_page import PaperPage, bodies_concerned, paper_page
from review.permissions import check_actor_follows_dispatch, check_actor_writes_paper
from review.selectors import addressees_of
from review.views.papers import address_of

Act = Callable[[PageRequest, PaperPage], HttpResponse]


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def paper_act(request: PageRequest, number: str, pk: int, act: str) -> HttpResponse:
    """Ask for what an act needs, then do it (7.2)."""
    if act not in ACTS:
        raise Http404
    page = paper_page(request.actor, number, pk, database_now())
    own = page.row.paper
    check_actor_writes_paper(request.actor, page.incident, own.kind, own.body)
    return ACTS[act](request, page)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def receipt(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Confirm that a recipient has a paper (7.2)."""
    incident = incident_for(request.actor, number)
    sent = PaperDispatch.objects.select_related("signed__incident", "signed__paper__body", "recipient")
    dispatch = sent.filter(signed__incident__in=family_ids(incident), pk=pk).first()
    if dispatch is None:
        raise Http404
    check_actor_follows_dispatch(request.actor, incident, dispatch)
    form = PaperReceiptForm(posted(request))
    asked = FormPage(
        title=_("确认收到"),
        clause=CLAUSE,
        lead=_("由接收单位确认，或由起草单位电话核实后登记。"),
        action=_("确认收到"),
        done=_("已登记收到。"),
    )
    return asked.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("review:papers", number=number),
        perform=lambda: confirm_paper(
            dispatch=dispatch, **form.cleaned_data, by=request.actor, at=database_now()
        ),
    )


def _sign(request: PageRequest, page: PaperPage) -> HttpResponse:
    number = page.draft.number if page.draft else None
    form = SeenPaperForm(posted(request), initial={"seen": number})
    asked = FormPage(
        title=_("签发"),
        clause=CLAUSE,
        lead=_("签发后内容连同每句的出处即行固定，不能再改；印章由单位另行加盖。"),
        action=_("签发"),
        done=_("已签发，请报送。"),
    )
    return asked.answer(
        request,
        form=form,
        incident=page.incident,
        then=address_of(page.row.paper),
        perform=lambda: sign_paper(
            paper=page.row.paper, seen=form.cleaned_data["seen"], by=request.actor, at=database_now()
        ),
    )


def _send(request: PageRequest, page: PaperPage) -> HttpResponse:
    signed, incident = _signed(page), page.incident
    named = addressees_of(PaperKind(page.row.paper.kind), incident)
    known = {each.pk for each in named}
    others = [each for each in bodies_concerned(incident) if each.pk not in known]
    form = SendPaperForm(posted(request), named=named, others=others)
    asked = FormPage(
        title=_("报送或通报"),
        clause=CLAUSE,
        lead=_("总结评估按事故级别分别报告上级食药安委和同级政府；市食药安办的改进意见通报有关单位。"),
        action=_("送出"),
        done=_("已送出，请核实对方收到。"),
    )
    return asked.answer(
        request,
        form=form,
        incident=incident,
        then=address_of(page.row.paper),
        perform=lambda: send_paper(signed=signed, **form.said(), by=request.actor, at=database_now()),
    )


def _renew(request: PageRequest, page: PaperPage) -> HttpResponse:
    signed, form = _signed(page), SeenPaperForm(posted(request))
    asked = FormPage(
        title=_("作新版本"),
        clause=CLAUSE,
        lead=_("原文书保留，新版本注明它所替换的一版。"),
        action=_("起草新版本"),
        done=_("已按原文起草新版本，请修改。"),
    )
    return asked.answer(
        request,
        form=form,
        incident=page.incident,
        then=address_of(page.row.paper),
        lead_on=address_of,
        perform=lambda: renew_paper(signed=signed, by=request.actor, at=database_now()),
    )


def _signed(page: PaperPage) -> SignedPaper:
    if page.row.signed is None:
        raise Http404
    return page.row.signed


ACTS: Final[Mapping[str, Act]] = {"sign": _sign, "send": _send, "renew": _renew}
