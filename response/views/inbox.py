"""The inbox of the office in use."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audit.clock import database_now
from outbox.actions.messages import acknowledge, mark_read
from outbox.models import Message
from outbox.selectors import by_urgency, messages_for, unread_count
from reporting.views.requests import PageRequest

PER_PAGE: Final = 30
LONGEST_PK: Final = 19
ACTS: Final = {"read": mark_read, "acknowledge": acknowledge}


@require_safe
@login_required
def inbox(request: PageRequest) -> HttpResponse:
    """List what was sent to the office: alarms that wait for somebody, then what is unread, newest first."""
    rows = by_urgency(messages_for([request.actor.office]))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "plain": [each for each in page if _is_plain(each)], "at": database_now()}
    return render(request, "response/inbox/list.html", context)


@require_safe
@never_cache
@login_required
def unread(request: PageRequest) -> JsonResponse:
    """Say how many messages nobody of the office has read, to a page that is open."""
    return JsonResponse({"unread": unread_count([request.actor.office])})


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
    return redirect(found.address if act is mark_read and found.link else "response:inbox")


@require_POST
@login_required
def read_all(request: PageRequest) -> HttpResponse:
    """Note that the plain messages shown were read; an alarm is taken on by itself alone."""
    shown = [
        int(pk) for pk in request.POST.getlist("pk")[:PER_PAGE] if pk.isdecimal() and len(pk) < LONGEST_PK
    ]
    at = database_now()
    for each in messages_for([request.actor.office]).filter(pk__in=shown):
        if _is_plain(each):
            mark_read(message=each, by_ref=request.actor.ref, office=request.actor.office, at=at)
    return redirect("response:inbox")


def _is_plain(message: Message) -> bool:
    """Tell whether a message is unread and asks for nothing but to be read."""
    return message.read_at is None and not message.is_alarm
