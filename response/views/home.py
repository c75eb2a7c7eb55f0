"""Where a person lands: on what their office looks at first."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.permissions import actor_has
from accounts.requests import ActorRequest
from accounts.rights import Right


@require_safe
@login_required
def home(request: ActorRequest) -> HttpResponse:
    """Send the board's watchers to the board and everyone else to their inbox."""
    return redirect("response:board" if actor_has(request.actor, Right.SEE_BOARD) else "response:inbox")
