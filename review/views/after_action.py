"""An incident replayed from its log, for those who look back at it (7.2)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit.clock import database_now
from reporting.views.requests import PageRequest
from review.after_action.page import after_action_of


@require_safe
@never_cache
@login_required
def after_action(request: PageRequest, number: str) -> HttpResponse:
    """Show how an incident stood at a moment of its log, and its times beside those of earlier ones (7.2)."""
    page = after_action_of(request.actor, number, request.GET.dict(), database_now())
    return render(request, "review/after_action/page.html", {"page": page, "incident": page.incident})
