"""Every component of the pages in every state, so that the next page is built from them; for those who manage."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.managers import check_actor_is_manager
from accounts.requests import ActorRequest
from audit.clock import database_now
from response.samples import samples


@require_safe
@login_required
def components(request: ActorRequest) -> HttpResponse:
    """Show the components with made-up data; nothing of it is stored."""
    check_actor_is_manager(request.actor)
    return render(request, "response/components.html", samples(database_now()))
