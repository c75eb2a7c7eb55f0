"""Warnings within the house: the list, one of them, writing and signing (4.2)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.clock import database_now
from monitoring.actions.issuing import sign_warning
from monitoring.actions.warnings import begin_warning, draft_bulletin, drop_draft
from monitoring.drafts import issuers_of, open_draft
from monitoring.forms.warnings import BulletinForm, content_before, prefilled
from monitoring.models import BulletinKind, Hazard, WarningState
from monitoring.permissions import (
    check_actor_can_warn,
    check_actor_issues,
    is_regulator,
    visible_hazards,
    warning_for,
)
from monitoring.policies import check_can_draft
from monitoring.values import WarningBasis
from monitoring.views.acting import ActPage
from monitoring.warning_page import warning_list, warning_page
from reporting.forms.legs import ReasonForm
from reporting.models import Signal
from reporting.signal_permissions import visible_signals
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest

TITLES = {
    BulletinKind.ALERT: gettext_lazy("拟预警"),
    BulletinKind.UPDATE: gettext_lazy("拟更新"),
    BulletinKind.LIFT: gettext_lazy("拟解除"),
}


@require_safe
@never_cache
@login_required
def warnings(request: PageRequest) -> HttpResponse:
    """List the warnings that the office issues or was sent; the city's watchers see all."""
    state, office = request.GET.get("state", ""), request.actor.organisation
    context = {
        "page": warning_list(request.actor, state=state, page=request.GET.get("page", "")),
        "states": WarningState.choices,
        "state": state,
        "may_warn": office is not None and is_regulator(office),
        "at": database_now(),
    }
    return render(request, "monitoring/warnings/list.html", context)


@require_safe
@never_cache
@login_required
def warning(request: PageRequest, pk: int) -> HttpResponse:
    """Show one warning with its bulletins, receipts and measures."""
    found = warning_for(request.actor, pk)
    context = {"shown": warning_page(found, request.actor), "warning": found, "at": database_now()}
    return render(request, "monitoring/warnings/warning.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_warning(request: PageRequest) -> HttpResponse:
    """Write the first draft, by itself or of a hazard or a signal."""
    lead = check_actor_can_warn(request.actor)
    hazard = _named(visible_hazards(request.actor), request.GET.get("hazard", ""))
    signal = _named(visible_signals(request.actor), request.GET.get("signal", ""))
    form = BulletinForm(
        posted(request),
        lead=lead,
        kind=BulletinKind.ALERT,
        initial=prefilled(None, hazard, signal),
    )
    return _page(BulletinKind.ALERT).answer(
        request,
        form=form,
        perform=lambda: begin_warning(
            text=form.text(),
            basis=_basis(hazard, signal),
            form_token=form.token,
            by=request.actor,
            at=database_now(),
        ),
        back=resolve_url("monitoring:warnings"),
        lead_on=lambda made: resolve_url("monitoring:warning", pk=getattr(made, "pk", 0)),
    )


@require_http_methods(["GET", "POST"])
@login_required
def draft(request: PageRequest, pk: int) -> HttpResponse:
    """Write what is to be said next, or write the draft anew."""
    found = warning_for(request.actor, pk)
    check_actor_issues(request.actor, [each.code for each in issuers_of(found)])
    kind = _kind(request, found.state)
    check_can_draft(found, kind)
    before, content = open_draft(found), content_before(found)
    fresh = content if before is not None and before.kind == kind else _anew(content)
    form = BulletinForm(
        posted(request), lead=found.organisation, kind=kind, initial=prefilled(fresh, None, None)
    )
    return _page(kind).answer(
        request,
        form=form,
        perform=lambda: draft_bulletin(
            warning=found, kind=kind, text=form.text(), by=request.actor, at=database_now()
        ),
        back=resolve_url("monitoring:warning", pk=pk),
    )


@require_http_methods(["GET", "POST"])
@login_required
def drop(request: PageRequest, pk: int) -> HttpResponse:
    """Give a draft up, with a reason."""
    found = warning_for(request.actor, pk)
    check_actor_issues(request.actor, [each.code for each in issuers_of(found)])
    form = ReasonForm(posted(request))
    page = ActPage(
        title=_("作废文稿"),
        lead=_("从未发布的预警随之作废；已发布的预警照旧有效。"),
        action=_("作废"),
        done=_("文稿已作废，记录保留。"),
        clause="4.2.1",
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: drop_draft(
            warning=found, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
        back=resolve_url("monitoring:warning", pk=pk),
    )


@require_POST
@login_required
def sign(request: PageRequest, pk: int) -> HttpResponse:
    """Sign what was read; the last issuer's signature issues it."""
    found = warning_for(request.actor, pk)
    sign_warning(warning=found, seen=request.POST.get("seen", "-"), by=request.actor, at=database_now())
    return redirect("monitoring:warning", pk=pk)


def _page(kind: BulletinKind) -> ActPage:
    return ActPage(
        title=TITLES[kind],
        lead=_("存为文稿，由本部门另一位同事签发后才发布；联合发布的，各部门都签发后才发布。"),
        action=_("存为文稿"),
        done=_("文稿已保存，待签发。"),
        clause="4.2.1" if kind == BulletinKind.ALERT else "4.2.2",
    )


def _kind(request: PageRequest, state: str) -> BulletinKind:
    if state == WarningState.DRAFT:
        return BulletinKind.ALERT
    return BulletinKind.LIFT if request.GET.get("kind") == BulletinKind.LIFT else BulletinKind.UPDATE


def _anew(content: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return what a new bulletin starts with: who and where as before, what is said anew."""
    left_out = {"headline", "harm", "trend", "advice", "text_en", "headline_en"}
    return {name: value for name, value in (content or {}).items() if name not in left_out} or None


def _basis(hazard: Hazard | None, signal: Signal | None) -> WarningBasis:
    """Return what the warning rests on; of a drill's hazard it is a drill too."""
    is_drill = any(each is not None and each.is_drill for each in (hazard, signal))
    return WarningBasis(hazard=hazard, signal=signal, is_drill=is_drill)


def _named(rows: Any, pk: str) -> Any:
    return rows.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None
