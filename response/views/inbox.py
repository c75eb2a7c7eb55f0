"""The inbox of the office in use."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from audit.clock import database_now
from outbox.actions.messages import acknowledge, mark_read
from outbox.selectors import messages_for
from reporting.views.requests import PageRequest

PER_PAGE: Final = 30
ACTS: Final = {"read": mark_read, "acknowledge": acknowledge}


@require_safe
@login_required
def inbox(request: PageRequest) -> HttpResponse:
    """List what was sent to the office, newest first."""
    page = Paginator(messages_for([request.actor.office]), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "response/inbox/list.html", {"page": page, "at": database_now()})


@require_POST
@login_required
def message(request: PageRequest, pk: int) -> HttpResponse:
    """Note that a message was read or taken on; reading leads on to what it speaks of."""
    found = messages_for([request.actor.office]).filter(pk=pk).first()
    if found is None:
        raise Http404
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponseBadRequest()
    act(message=found, by_ref=request.actor.ref, office=request.actor.office, at=database_now())
    return redirect(found.link if act is mark_read and found.link else "response:inbox")
