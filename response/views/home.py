"""Where a person lands: on what waits for the office in use, and what runs out next."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import ActorRequest
from audit.clock import database_now
from response.desk.deciding import commanded_by
from response.desk.page import desk_of
from response.views.kept import kept


@require_safe
@never_cache
@login_required
def home(request: ActorRequest) -> HttpResponse:
    """Show an office its first page."""
    return render(request, "response/desk/page.html", _context(request))


@require_safe
@never_cache
@login_required
def desk_part(request: ActorRequest) -> HttpResponse:
    """Show the part of it that moves; it is kept by office, and by what its person commands."""

    def fresh() -> str:
        return render_to_string("response/desk/_live.html", {**_context(request), "actor": request.actor})

    return kept(request, ("desk", request.actor.office, frozenset(commanded_by(request.actor))), fresh)


def _context(request: ActorRequest) -> dict[str, Any]:
    return {"desk": desk_of(request.actor, at=database_now())}
