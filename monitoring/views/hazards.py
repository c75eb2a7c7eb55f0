"""Hazards: the list, one of them, and each act about it (4.1(f))."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import actor_has, check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from monitoring.actions.hazards import control_hazard, find_hazard, tell_of_hazard, withdraw_hazard
from monitoring.forms.hazards import ControlForm, HazardForm, TellForm
from monitoring.hazard_page import hazard_list, hazard_page
from monitoring.models import Hazard
from monitoring.permissions import (
    check_actor_can_monitor,
    hazard_for,
    is_regulator,
    visible_observations,
)
from monitoring.views.acting import ActPage
from reporting.forms.legs import ReasonForm
from reporting.signal_permissions import visible_signals
from reporting.views.form_page import posted
from reporting.views.quick import DRAFT_KEY
from reporting.views.requests import PageRequest


@require_safe
@never_cache
@login_required
def hazards(request: PageRequest) -> HttpResponse:
    """List the hazards with an open duty, or the others."""
    check_actor_may(request.actor, Right.MONITOR)
    is_open = request.GET.get("state") != "done"
    page, rows = hazard_list(request.actor, is_open=is_open, page=request.GET.get("page", ""))
    context = {"page": page, "rows": rows, "is_open": is_open, "at": database_now()}
    return render(request, "monitoring/hazards/list.html", context)


@require_safe
@never_cache
@login_required
def hazard(request: PageRequest, pk: int) -> HttpResponse:
    """Show one hazard: its duties, what was done, the warnings that came of it."""
    found = hazard_for(request.actor, pk)
    office = request.actor.organisation
    context = {
        "shown": hazard_page(found, request.actor),
        "hazard": found,
        "may_warn": office is not None and actor_has(request.actor, Right.MONITOR) and is_regulator(office),
        "at": database_now(),
    }
    return render(request, "monitoring/hazards/hazard.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_hazard(request: PageRequest) -> HttpResponse:
    """Record a hazard, by itself or found by an observation or a signal."""
    check_actor_may(request.actor, Right.MONITOR)
    at = database_now()
    observation = _named(visible_observations(request.actor), request.GET.get("observation", ""))
    signal = _named(visible_signals(request.actor), request.GET.get("signal", ""))
    form = HazardForm(posted(request), actor=request.actor, at=at, observation=observation, signal=signal)
    page = ActPage(
        title=_("登记隐患或问题"),
        lead=_(
            "登记后有两项义务：依法及时采取有效控制措施，及时通报卫生健康部门和有关方面。预案没有规定小时数。"
        ),
        action=_("登记"),
        done=_("已登记，两项义务待办。"),
        clause="4.1",
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: find_hazard(hazard=form.hazard(), form_token=form.token, by=request.actor, at=at),
        back=resolve_url("monitoring:hazards"),
        lead_on=_page_of,
    )


@require_http_methods(["GET", "POST"])
@login_required
def control(request: PageRequest, pk: int) -> HttpResponse:
    """Record a control measure."""
    found, at = _to_act_on(request, pk), database_now()
    form = ControlForm(posted(request), at=at)
    page = ActPage(
        title=_("登记控制措施"), lead=found.title, action=_("登记"), done=_("已登记。"), clause="4.1"
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: control_hazard(
            hazard=found,
            words=form.cleaned_data["words"],
            done_at=form.cleaned_data["done_at"],
            by=request.actor,
            at=at,
        ),
        back=_page_of(found),
    )


@require_http_methods(["GET", "POST"])
@login_required
def tell(request: PageRequest, pk: int) -> HttpResponse:
    """Tell health and others."""
    found = _to_act_on(request, pk)
    form = TellForm(posted(request), hazard=found)
    page = ActPage(
        title=_("通报卫生健康部门和有关方面"),
        lead=found.title,
        action=_("通报"),
        done=_("已通报，对方会收到消息。"),
        clause="4.1",
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: tell_of_hazard(
            hazard=found,
            recipients=form.told(),
            words=form.cleaned_data["words"],
            by=request.actor,
            at=database_now(),
        ),
        back=_page_of(found),
    )


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Take the finding back."""
    found = _to_act_on(request, pk)
    form = ReasonForm(posted(request))
    page = ActPage(
        title=_("撤回隐患认定"),
        lead=_("撤回后不再有待办义务，记录保留。"),
        action=_("撤回"),
        done=_("已撤回。"),
        clause="4.1",
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: withdraw_hazard(
            hazard=found, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
        back=_page_of(found),
    )


@require_POST
@login_required
def report_hazard(request: PageRequest, pk: int) -> HttpResponse:
    """Open the quick report with what the hazard says, to be completed and filed by a person (5.1(6), 5.2)."""
    found = hazard_for(request.actor, pk)
    check_actor_may(request.actor, Right.FILE_REPORT)
    request.session[DRAFT_KEY] = report_draft(
        area_pk=found.area_id, place_text=found.place_text, food=found.food, note=found.title
    )
    return redirect("reporting:new")


def report_draft(*, area_pk: int, place_text: str, food: str, note: str) -> dict[str, Any]:
    """Return what the quick report starts with."""
    said = {"area": str(area_pk), "place_text": place_text, "suspect_food": food, "note": note}
    return {name: value for name, value in said.items() if value}


def _to_act_on(request: PageRequest, pk: int) -> Hazard:
    found = hazard_for(request.actor, pk)
    check_actor_can_monitor(request.actor, found.area)
    return found


def _named(rows: Any, pk: str) -> Any:
    return rows.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None


def _page_of(found: Any) -> str:
    return resolve_url("monitoring:hazard", pk=found.pk)
