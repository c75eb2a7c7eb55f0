"""The pages about drills: the list, starting one, one drill with its injects and its score, the bar over its world (9.2)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import ActorRequest
from accounts.views.guards import posted
from audit.clock import database_now
from drills.actions.directing import end_drill, pause_drill, resume_drill, skip_ahead, start_drill
from drills.actions.taking_part import join_drill, take_note_of_inject
from drills.forms import StartForm
from drills.pages import drill_list, drill_page, kept_score
from drills.permissions import check_actor_may_hold, drill_for, may_hold
from drills.scripts import ready_made, story_of


@require_safe
@never_cache
@login_required
def drills(request: ActorRequest) -> HttpResponse:
    """List the drills of the office's area, and those that are ready to be held."""
    ready = [story_of(text) for text in ready_made().values()]
    context = {"rows": drill_list(request.actor), "ready": ready, "may_hold": may_hold(request.actor)}
    return render(request, "drills/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_drill(request: ActorRequest) -> HttpResponse:
    """Start a drill."""
    check_actor_may_hold(request.actor)
    form = StartForm(posted(request), actor=request.actor)
    if form.is_bound:
        made = form.attempt(lambda: start_drill(**form.said(), by=request.actor, at=database_now()))
        if made is not None:
            messages.success(request, _("演练已开始。请参加单位用自己的账号打开“应急演练”。"))
            return redirect("drills:drill", pk=made.pk)
    return render(request, "drills/new.html", {"form": form}, status=form.status)


@require_safe
@never_cache
@login_required
def drill(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one drill: what the office is in for, what it was told; once it has ended, what came of it."""
    found = drill_for(request.actor, pk)
    page = drill_page(request.actor, found, at=database_now())
    score = kept_score(found) if page.is_over else None
    return render(request, "drills/drill.html", {"page": page, "score": score})


@require_safe
@never_cache
@login_required
def bar(request: ActorRequest, pk: int) -> HttpResponse:
    """Show how the drill's clock runs, for the bar over the pages of its world."""
    page = drill_page(request.actor, drill_for(request.actor, pk), at=database_now())
    return render(request, "drills/_bar.html", {"page": page})


@require_POST
@login_required
def act(request: ActorRequest, pk: int, act: str) -> HttpResponse:
    """Join, or move the drill's clock."""
    found = drill_for(request.actor, pk)
    said: dict[str, Any] = {"drill": found, "by": request.actor, "at": database_now()}
    reason = request.POST.get("reason", "").strip()[:200]
    match act:
        case "join":
            join_drill(**said)
        case "pause":
            pause_drill(reason=reason, **said)
        case "resume":
            resume_drill(**said)
        case "skip":
            skip_ahead(**said)
        case "end":
            end_drill(reason=reason, counts="broken_off" not in request.POST, **said)
        case _:
            raise Http404
    return redirect("drills:drill", pk=pk)


@require_POST
@login_required
def note(request: ActorRequest, pk: int, inject: int) -> HttpResponse:
    """Take note of what the office was told."""
    found = drill_for(request.actor, pk)
    take_note_of_inject(drill=found, inject=inject, by=request.actor, at=database_now())
    return redirect("drills:drill", pk=pk)
