"""Search by number, place or unit, within what the office may see."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import ActorRequest
from audit.clock import database_now
from response.search import search as search_for


@require_safe
@never_cache
@login_required
def search(request: ActorRequest) -> HttpResponse:
    """Show what was found; the exact number of an incident leads straight to it."""
    found = search_for(request.actor, request.GET.get("q", ""))
    if found.exact is not None:
        return redirect("response:incident", number=found.exact.number)
    return render(request, "response/search.html", {"found": found, "at": database_now()})
