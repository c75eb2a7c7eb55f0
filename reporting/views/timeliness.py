"""How timely each office reports: the page, and the same numbers as a file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from reporting.forms.timeliness import TimelinessForm
from reporting.quality import quality
from reporting.timeliness import Outcome, timeliness
from reporting.timeliness_chart import bars
from reporting.timeliness_csv import as_csv
from reporting.views.requests import PageRequest


@require_safe
@never_cache
@login_required
def timeliness_page(request: PageRequest) -> HttpResponse:
    """Show the statistics of a period as bars and tables (预案 5.1)."""
    check_actor_may(request.actor, Right.SEE_TIMELINESS)
    at = database_now()
    form = TimelinessForm(request.GET, actor=request.actor, at=at)
    found = timeliness(form.asked(), at) if form.is_valid() else None
    context = {
        "form": form,
        "found": found,
        "bars": bars(found) if found else (),
        "quality": quality(form.asked()) if found else (),
        "outcomes": list(Outcome),
        "query": request.GET.urlencode(),
        "at": at,
    }
    return render(request, "reporting/timeliness/page.html", context, status=form.status)


@require_safe
@never_cache
@login_required
def timeliness_csv(request: PageRequest) -> HttpResponse:
    """Hand out the same numbers as a file that names who took it and when."""
    organisation = check_actor_may(request.actor, Right.SEE_TIMELINESS)
    at = database_now()
    form = TimelinessForm(request.GET, actor=request.actor, at=at)
    if not form.is_valid():
        return timeliness_page(request)
    found = timeliness(form.asked(), at)
    name = f"timeliness-{found.asked.since}-{found.asked.until}.csv"
    return HttpResponse(
        as_csv(found, quality(form.asked()), who=str(request.user), office=organisation.name, at=at),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
