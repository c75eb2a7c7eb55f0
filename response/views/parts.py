"""The moving parts of an incident's pages, for refreshing them in place: rights are checked again each time."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from incidents.models import Incident
from incidents.selectors import incident_for
from reporting.views.requests import PageRequest
from response.views.groups import groups_context
from response.views.incidents import case_context
from response.views.measures import measures_context
from response.views.patients import patients_context
from response.views.responding import responding_context

PARTS: Final[dict[str, tuple[str, Callable[[PageRequest, Incident], dict[str, Any]]]]] = {
    "live": ("response/incidents/_live.html", case_context),
    "response": ("response/response/_live.html", responding_context),
    "measures": ("response/measures/_live.html", measures_context),
    "groups": ("response/groups/_live.html", groups_context),
    "patients": ("response/patients/_live.html", patients_context),
}


@require_safe
@never_cache
@login_required
def incident_part(request: PageRequest, number: str, part: str) -> HttpResponse:
    """Show the part of a page that moves."""
    if part not in PARTS:
        raise Http404
    template, context = PARTS[part]
    return render(request, template, context(request, incident_for(request.actor, number)))
