"""The incidents: their list, and the page of each."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from incidents.models import Incident, IncidentStatus
from incidents.selectors import incident_for
from plan.levels import IncidentLevel
from reporting.views.requests import PageRequest
from response.casefile import case_file
from response.incident_list import Kind, Responding, counties, filters_of, incident_page
from response.level_forms import ConfirmForm


@require_safe
@login_required
def incidents(request: PageRequest) -> HttpResponse:
    """List the incidents the office may see; the filters stand in the address, so that a list can be passed on."""
    check_actor_may(request.actor, Right.SEE_INCIDENTS)
    asked = request.GET
    filters = filters_of(asked.dict())
    page, rows = incident_page(request.actor, filters, asked.get("page", "1"))
    context = {
        "page": page,
        "rows": rows,
        "filters": filters,
        "levels": list(IncidentLevel),
        "states": IncidentStatus.choices,
        "responding": Responding.choices,
        "kinds": Kind.choices,
        "query": asked.urlencode(),
        "counties": counties(),
        "at": database_now(),
    }
    return render(request, "response/incidents/list.html", context)


@require_safe
@login_required
def incident(request: PageRequest, number: str) -> HttpResponse:
    """Show an incident: its level and why, numbers, facts, clocks, reports and chronicle."""
    found = incident_for(request.actor, number)
    return render(request, "response/incidents/detail.html", case_context(request, found))


def case_context(request: PageRequest, found: Incident) -> dict[str, Any]:
    """Return what the page and its moving part show."""
    form = ConfirmForm(incident=found, auto_id="confirm-%s")
    case = case_file(found, request.actor, database_now())
    return {"case": case, "incident": found, "confirm_form": form}
