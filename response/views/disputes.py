"""Petitions and disputes: pages for the stability group's lead and the organ in charge alone (6.3.6)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Organisation
from accounts.permissions import actor_has
from accounts.rights import RIGHTS, Right
from audit.clock import database_now
from incidents.selectors import incident_for
from plan.offices import OfficeKind
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.actions.disputes import continue_dispute, enter_dispute
from response.measure_forms import DisputeForm, DisputeStepForm
from response.measure_permissions import check_actor_keeps_disputes
from response.models import DisputeState
from response.selectors.measures import disputes_for

# Organs that see incidents at all can be put in charge.
ORGANS = [kind.value for kind in OfficeKind if Right.SEE_INCIDENTS in RIGHTS.get(kind, ())]


@require_safe
@login_required
def disputes(request: PageRequest, number: str) -> HttpResponse:
    """Show the petitions and disputes this office may see; 403 for an office they are no matter of."""
    incident = incident_for(request.actor, number)
    entries = list(disputes_for(request.actor, incident))
    if not entries:
        check_actor_keeps_disputes(request.actor, incident)
    context = {
        "incident": incident,
        "threads": [
            {
                "entry": entry,
                "steps": [step for step in entries if step.about_id == entry.pk],
                "is_settled": any(
                    step.about_id == entry.pk and step.state == DisputeState.SETTLED for step in entries
                ),
            }
            for entry in entries
            if entry.about_id is None
        ],
        "may_open": actor_has(request.actor, Right.KEEP_DISPUTES),
        "at": database_now(),
    }
    return render(request, "response/measures/disputes.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_dispute(request: PageRequest, number: str) -> HttpResponse:
    """Open a petition or dispute (6.3.6)."""
    incident = incident_for(request.actor, number)
    check_actor_keeps_disputes(request.actor, incident)
    organs = Organisation.objects.filter(kind__in=ORGANS).order_by("pk")
    form = DisputeForm(posted(request), organs=list(organs))
    page = FormPage(
        title=_("登记信访与矛盾纠纷"),
        clause="6.3.6",
        lead=_("仅社会稳定组牵头单位和办理机关可见；以登记号指代当事人，不写姓名。"),
        action=_("登记"),
        done=_("已登记。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("response:disputes", number=number),
        perform=lambda: enter_dispute(incident=incident, **form.said(), by=request.actor, at=database_now()),
    )


@require_http_methods(["GET", "POST"])
@login_required
def dispute(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Enter a further step of a petition or dispute (6.3.6)."""
    incident = incident_for(request.actor, number)
    entry = get_object_or_404(disputes_for(request.actor, incident).select_related("incident"), pk=pk)
    form = DisputeStepForm(posted(request))
    page = FormPage(
        title=entry.get_kind_display(),
        clause="6.3.6",
        lead=_("原记录不会删除，进展逐条登记。"),
        action=_("登记进展"),
        done=_("已登记。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("response:disputes", number=number),
        perform=lambda: continue_dispute(
            dispute=entry,
            summary=form.cleaned_data["summary"],
            state=DisputeState(form.cleaned_data["state"]),
            by=request.actor,
            at=database_now(),
        ),
    )
