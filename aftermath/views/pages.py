"""The aftermath of an incident: its page, its insurance lists, and the declaration that it is finished (7.1, 7.2)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import check_actor_may
from accounts.rights import Right
from aftermath.actions.finishing import declare_aftermath_finished
from aftermath.actions.insurance import tell_insurance_regulator
from aftermath.care_forms import FinishForm, TellForm
from aftermath.models import InsuranceNotice
from aftermath.page import PER_PAGE, aftermath_page, claims_of
from aftermath.permissions import (
    check_actor_finishes,
    check_actor_keeps_insurance,
    check_actor_sees,
    check_actor_sees_insurance,
)
from aftermath.selectors.finishing import regulators_in_charge
from aftermath.selectors.insurance import incident_for_insurance, insured_incidents
from aftermath.selectors.open_items import open_items
from audit.clock import database_now
from incidents.selectors import incident_for
from plan.aftermath import CLAUSE, InsuranceList
from reporting.asking import refusal_of
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest


@require_safe
@never_cache
@login_required
def page(request: PageRequest, number: str) -> HttpResponse:
    """Show the ledger and everything beside it that is settled after an incident (7.1, 8.6)."""
    incident = incident_for(request.actor, number)
    check_actor_sees(request.actor, incident)
    shown = aftermath_page(incident, request.actor, database_now(), request.GET.get("page", "1"))
    return render(request, "aftermath/page.html", {"incident": incident, "shown": shown, "at": shown.at})


@require_safe
@never_cache
@login_required
def insurance(request: PageRequest, number: str) -> HttpResponse:
    """Show the two insurance lists: open from the moment of the incident (7.1)."""
    incident = incident_for_insurance(request.actor, number)
    check_actor_sees_insurance(request.actor, incident)
    claims = claims_of(incident, request.actor)
    context: dict[str, Any] = {
        "incident": incident,
        "lists": [(each, [one for one in claims if one.entry.of_list == each]) for each in InsuranceList],
        "notice": InsuranceNotice.objects.select_related("told").filter(incident=incident).first(),
        "keeping": refusal_of(lambda: check_actor_keeps_insurance(request.actor, incident)),
        "at": database_now(),
    }
    return render(request, "aftermath/insurance.html", context)


@require_safe
@never_cache
@login_required
def insured(request: PageRequest) -> HttpResponse:
    """List the incidents of which the insurance regulator was told (7.1)."""
    check_actor_may(request.actor, Right.KEEP_INSURANCE)
    rows = Paginator(insured_incidents(request.actor), PER_PAGE).get_page(request.GET.get("page", "1"))
    return render(request, "aftermath/insured.html", {"page": rows, "at": database_now()})


@require_http_methods(["GET", "POST"])
@login_required
def tell(request: PageRequest, number: str) -> HttpResponse:
    """Tell the insurance regulator of an incident (7.1)."""
    incident = incident_for(request.actor, number)
    check_actor_keeps_insurance(request.actor, incident)
    form = TellForm(posted(request))
    told = FormPage(
        title=_("通知保险监管部门"),
        clause=CLAUSE,
        lead=_("Ⅳ级以上事故由系统自动通知；其他事故需要理赔的，由此通知。"),
        action=_("通知"),
        done=_("已通知保险监管部门。"),
    )
    return told.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("aftermath:insurance", number=number),
        perform=lambda: tell_insurance_regulator(incident=incident, by=request.actor, at=database_now()),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def finish(request: PageRequest, number: str) -> HttpResponse:
    """Declare the aftermath finished, having seen what is still open (7.1, 7.2)."""
    incident = incident_for(request.actor, number)
    check_actor_finishes(request.actor, incident, regulators_in_charge(incident))
    still_open, at = open_items(incident), database_now()
    form = FinishForm(posted(request), still_open=len(still_open))
    made = (
        form.attempt(
            lambda: declare_aftermath_finished(
                incident=incident,
                statement=form.cleaned_data["statement"],
                open_shown=form.cleaned_data["open_shown"],
                by=request.actor,
                at=at,
            )
        )
        if form.is_bound
        else None
    )
    if made is not None:
        messages.success(request, _("已宣布善后处置工作结束。"))
        return redirect("aftermath:page", number=number)
    if form.refusal is not None and form.refusal.code == "open_items_changed":
        # Shown anew, the page counts anew what has to be confirmed.
        messages.warning(request, form.refusal.message_zh)
        return redirect("aftermath:finish", number=number)
    context = {
        "incident": incident,
        "form": form,
        "open": [(item, False, item.is_late(at)) for item in still_open],
    }
    return render(request, "aftermath/finish.html", context, status=form.status)
