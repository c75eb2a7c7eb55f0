"""Signals: the list, one of them with its evidence, and each judgement (4.1, 8.2, 5.1(6))."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.plan_form import PlanForm
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from reporting.actions.judging import dismiss_signal, take_back_judgement, take_up_signal
from reporting.forms.legs import ReasonForm
from reporting.models import Signal
from reporting.signal_permissions import check_actor_can_judge, signal_for
from reporting.signalling.parameters import TABLE
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest
from response.signal_forms import TakeUpSignalForm
from response.signal_page import county_names, signal_list, signal_page


@require_safe
@login_required
def signal_list_page(request: PageRequest) -> HttpResponse:
    """List the signals that concern the office's county; the city's are all (4.1, 8.2)."""
    check_actor_may(request.actor, Right.SEE_SIGNALS)
    decided = request.GET.get("state") == "decided"
    page, names = signal_list(request.actor, decided=decided, page=request.GET.get("page")), county_names()
    context = {
        "page": page,
        "rows": [(each, [names[pk] for pk in each.counties]) for each in page.object_list],
        "decided": decided,
        "parameters": TABLE,
        "at": database_now(),
    }
    return render(request, "response/signalling/list.html", context)


@require_safe
@never_cache
@login_required
def signal(request: PageRequest, pk: int) -> HttpResponse:
    """Show one signal with the cases it rests on, and what the level would be."""
    found, at = signal_for(request.actor, pk), database_now()
    return render(
        request,
        "response/signalling/signal.html",
        {"shown": signal_page(found, request.actor, at=at), "signal": found, "at": at},
    )


@require_http_methods(["GET", "POST"])
@login_required
def take_up(request: PageRequest, pk: int) -> HttpResponse:
    """Open an incident for it, or let its cases count in one (5.1(6), A12)."""
    found = _to_judge(request, pk)
    form = TakeUpSignalForm(posted(request), signal=found, actor=request.actor)
    report = form.attempt(
        lambda: take_up_signal(signal=found, **form.said(), by=request.actor, at=database_now())
    )
    if report is not None:
        messages.success(request, _("已登记，级别已按现有病例评估；报告时限从事故页面查看。"))
        return redirect("response:incident", number=report.incident.number)
    page = {
        "title": _("登记为事故或并入事故"),
        "lead": _("病例按各医院分别计入发病人数，附病例清单；事发时间取首例发病时间，可以更正。"),
        "action": _("登记"),
    }
    return _form(request, found, form, page)


@require_http_methods(["GET", "POST"])
@login_required
def dismiss(request: PageRequest, pk: int) -> HttpResponse:
    """Find that it is no outbreak, with a reason."""
    page = {
        "title": _("不予立案"),
        "lead": _("病例保留；明显增多时系统会再次提出。决定可以撤回。"),
        "action": _("不予立案"),
    }
    return _decide(request, pk, dismiss_signal, page, done=_("已办理，理由已记录。"))


@require_http_methods(["GET", "POST"])
@login_required
def take_back_signal(request: PageRequest, pk: int) -> HttpResponse:
    """Take the decision back: it waits again."""
    page = {
        "title": _("撤回决定"),
        "lead": _("信号重新待判断；由它计入事故的病例不再计入，级别重新评估，记录保留。"),
        "action": _("撤回决定"),
    }
    return _decide(request, pk, take_back_judgement, page, done=_("决定已撤回，信号重新待判断。"))


def _to_judge(request: PageRequest, pk: int) -> Signal:
    found = signal_for(request.actor, pk)
    check_actor_can_judge(request.actor, found)
    return found


def _decide(
    request: PageRequest, pk: int, act: Callable[..., Signal], page: dict[str, str], *, done: str
) -> HttpResponse:
    found = _to_judge(request, pk)
    form = ReasonForm(posted(request))
    made = form.attempt(
        lambda: act(signal=found, reason=form.cleaned_data["reason"], by=request.actor, at=database_now())
    )
    if made is not None:
        messages.success(request, done)
        return redirect("response:signal", pk=pk)
    return _form(request, found, form, page)


def _form(request: PageRequest, found: Signal, form: PlanForm, page: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "page": page, "signal": found}
    return render(request, "response/signalling/form.html", context, status=form.status)
