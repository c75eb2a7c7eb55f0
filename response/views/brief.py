"""The situation in a page or two, on the screen and as PDF, from the same numbers as the board."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from accounts.permissions import check_actor_may
from accounts.requests import ActorRequest
from accounts.rights import Right
from audit.clock import database_now
from incidents.selectors import incident_for
from reporting.documents.pdf import as_pdf
from response.actions.exports import note_export
from response.brief.brief import Brief, incident_brief, sheet_of, situation_brief


@require_safe
@never_cache
@login_required
def brief(request: ActorRequest, number: str = "") -> HttpResponse:
    """Show the brief of an incident, of all that the office sees where none is named."""
    back = resolve_url("response:incident", number=number) if number else resolve_url("response:board")
    file = (
        resolve_url("response:incident_brief_file", number=number)
        if number
        else resolve_url("response:brief_file")
    )
    context = {"brief": _brief(request, number), "file": file, "back": back}
    return render(request, "response/brief/page.html", context)


@require_GET
@never_cache
@login_required
def brief_file(request: ActorRequest, number: str = "") -> HttpResponse:
    """Hand the brief out as PDF; what it said is on record by its hash."""
    made = _brief(request, number)
    note_export(table="brief", rows=len(made.sections), sha256=made.digest, by=request.actor, at=made.at)
    answer = HttpResponse(
        as_pdf(sheet_of(made, who=str(request.user)), font_dir=settings.FONT_DIR),
        content_type="application/pdf",
    )
    name = f"brief-{number or 'all'}-{made.at:%Y%m%d%H%M}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _brief(request: ActorRequest, number: str) -> Brief:
    at = database_now()
    if number:
        return incident_brief(request.actor, incident_for(request.actor, number), at=at)
    check_actor_may(request.actor, Right.SEE_BOARD)
    return situation_brief(request.actor, at=at)
