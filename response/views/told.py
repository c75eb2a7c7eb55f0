"""Who was told of a message by which channel, and who would be told of an incident before anything happens."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from accounts.permissions import check_actor_may
from accounts.requests import ActorRequest
from accounts.rights import Right
from accounts.selectors import display_names
from audit.clock import database_now
from incidents.selectors import incident_for
from outbox.actions.receipts import open_letter
from outbox.progress import progress_of
from outbox.routing import climb_after, stays_inside
from outbox.selectors import copies_of, inbox_row_of, letters_to, messages_for
from response.preview import Preview, preview_of_incident, preview_of_report
from response.preview_forms import Asked, PreviewForm


@require_safe
@never_cache
@login_required
def told(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a message of the office and how far it has come, for each address it went to."""
    message = get_object_or_404(messages_for([request.actor.office]), pk=pk)
    waiting = message.rungs[message.climbs.count() :] if message.climbs_at else []
    rows = [message, *copies_of(message)]
    refs = {each.contact.person for each in rows if each.contact} | {message.acknowledged_by}
    names = display_names(refs)
    context = {
        "message": message,
        "progress": progress_of(rows, names),
        "taken_by": names.get(message.acknowledged_by, ""),
        "waiting": len(waiting),
        "at": database_now(),
    }
    return render(request, "response/told/message.html", context)


@require_GET
@never_cache
@login_required
def letter(request: ActorRequest, pk: int) -> HttpResponse:
    """Take whoever opens the link of a letter to its message: it is read with that (预案 5.1)."""
    held = [holding.organisation.code for holding in request.offices]
    copy = get_object_or_404(letters_to(request.actor.ref, held), pk=pk)
    if copy.recipient != request.actor.office:
        return redirect(f"{resolve_url('accounts:switch_office')}?{urlencode({'next': request.path})}")
    open_letter(copy=copy, by_ref=request.actor.ref, office=request.actor.office, at=database_now())
    return redirect("response:told", inbox_row_of(copy).pk)


@require_safe
@never_cache
@login_required
def preview(request: ActorRequest) -> HttpResponse:
    """Show who would be told, when and how, if somebody reported an incident of a level in a county at a moment (预案 5.1)."""
    check_actor_may(request.actor, Right.SEE_BOARD)
    at = database_now()
    form = PreviewForm(request.GET, actor=request.actor, at=at)
    found = form.attempt(lambda: _foretold(form.asked()))
    context = {"form": form, "preview": found, "at": at, **_steps()}
    return render(request, "response/told/preview.html", context, status=form.status)


@require_safe
@never_cache
@login_required
def incident_preview(request: ActorRequest, number: str) -> HttpResponse:
    """Show who is told by what an incident still owes."""
    found, at = incident_for(request.actor, number), database_now()
    context = {
        "incident": found,
        "preview": preview_of_incident(found, at=at),
        "stays_inside": stays_inside(is_drill=found.is_drill),
        "at": at,
    }
    return render(request, "response/told/preview.html", {**context, **_steps()})


def _foretold(asked: Asked) -> Preview:
    return preview_of_report(asked.sender, asked.level, asked.county, at=asked.at)


def _steps() -> dict[str, object]:
    return {"again_min": settings.ASK_AGAIN_AFTER_MIN, "first_min": int(climb_after(1).total_seconds() // 60)}
