"""Who was told of a message by which channel, and who would be told of an incident before anything happens."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Jurisdiction, JurisdictionKind
from accounts.permissions import check_actor_may, own_county
from accounts.requests import ActorRequest
from accounts.rights import Right
from audit.clock import database_now
from incidents.selectors import incident_for
from outbox.routing import climb_after, stays_inside
from outbox.selectors import copies_of, messages_for
from plan.levels import IncidentLevel
from response.preview import preview_of_incident, preview_of_level


@require_safe
@never_cache
@login_required
def told(request: ActorRequest, pk: int) -> HttpResponse:
    """Show how far a message of the office has come, for each address it went to."""
    message = get_object_or_404(messages_for([request.actor.office]), pk=pk)
    waiting = message.rungs[message.climbs.count() :] if message.climbs_at else []
    context = {
        "message": message,
        "copies": copies_of(message),
        "waiting": len(waiting),
        "at": database_now(),
    }
    return render(request, "response/told/message.html", context)


@require_safe
@never_cache
@login_required
def preview(request: ActorRequest) -> HttpResponse:
    """Show who would be told of an incident of a level in a county, if it occurred now."""
    check_actor_may(request.actor, Right.SEE_BOARD)
    own, at = own_county(request.actor), database_now()
    counties = Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY).order_by("code")
    if own is not None:
        counties = counties.filter(pk=own.pk)
    chosen = (
        counties.filter(code=request.GET.get("county", "").replace("\x00", "")).first() or counties.first()
    )
    level = _level(request.GET.get("level", ""))
    occasions = preview_of_level(level, chosen, at=at) if chosen else []
    context = {"counties": counties, "county": chosen, "levels": list(IncidentLevel), "level": level}
    return render(
        request, "response/told/preview.html", {**context, **_steps(), "occasions": occasions, "at": at}
    )


@require_safe
@never_cache
@login_required
def incident_preview(request: ActorRequest, number: str) -> HttpResponse:
    """Show who is told by the clocks of an incident."""
    found, at = incident_for(request.actor, number), database_now()
    context = {
        "incident": found,
        "occasions": preview_of_incident(found, at=at),
        "stays_inside": stays_inside(is_drill=found.is_drill),
        "at": at,
    }
    return render(request, "response/told/preview.html", {**context, **_steps()})


def _steps() -> dict[str, object]:
    return {"again_min": settings.ASK_AGAIN_AFTER_MIN, "first_min": int(climb_after(1).total_seconds() // 60)}


def _level(text: str) -> IncidentLevel:
    try:
        return IncidentLevel(text)
    except ValueError:
        return IncidentLevel.III
