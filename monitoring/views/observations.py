"""The combined view of all that is watched, and an observation by page (4.1, 8.2)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from monitoring.actions.observations import record_observations
from monitoring.actions.sharing import note_sharing
from monitoring.choices import FEEDS, STAGES, STREAMS
from monitoring.export import MOST_ROWS, exported
from monitoring.forms.observations import ObservationForm
from monitoring.models import SharingWay
from monitoring.permissions import is_regulator
from monitoring.picture import counties, filters_of, observations_in, picture_of
from monitoring.values import ObservationFate
from monitoring.views.acting import ActPage
from plan.refusal import PlanRefusal
from reporting.spreadsheets import XLSX
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest


@require_safe
@never_cache
@login_required
def overview(request: PageRequest) -> HttpResponse:
    """Show the feeds and the signals together (4.1(d), 8.2(a))."""
    office = check_actor_may(request.actor, Right.MONITOR)
    at = database_now()
    filters = filters_of(request.GET)
    context = {
        "shown": picture_of(request.actor, filters, at=at, page=request.GET.get("page", "")),
        "streams": STREAMS,
        "feeds": FEEDS,
        "stages": STAGES,
        "counties": counties(),
        "may_warn": is_regulator(office),
        "query": request.GET.urlencode(),
        "at": at,
    }
    return render(request, "monitoring/overview.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_observation(request: PageRequest) -> HttpResponse:
    """Take one observation (8.2(a))."""
    check_actor_may(request.actor, Right.MONITOR)
    at = database_now()
    form = ObservationForm(posted(request), actor=request.actor, at=at)
    page = ActPage(
        title=_("登记监测信息"),
        lead=_("抽检监测、投诉举报、舆情监测、事故报告与通报都登记在这里，全市共用。"),
        action=_("登记"),
        done=_("已登记。"),
        clause="8.2",
    )

    def perform() -> ObservationFate:
        fates = record_observations(observations=[form.stated()], by=request.actor, at=at)
        return _taken(fates[0])

    return page.answer(request, form=form, perform=perform, back=resolve_url("monitoring:overview"))


@require_POST
@never_cache
@login_required
def export(request: PageRequest) -> HttpResponse:
    """Hand out what the view shows as a workbook; who got it stands in the log of what was shared (4.1(c))."""
    office, at = check_actor_may(request.actor, Right.MONITOR), database_now()
    filters = filters_of(request.GET)
    rows = list(
        observations_in(request.actor, filters, at=at).select_related("area", "organisation")[:MOST_ROWS]
    )
    note_sharing(
        what=str(_("监测信息导出")),
        subject="observations",
        receivers=[office],
        way=SharingWay.FILE,
        rows=len(rows),
        by=request.actor,
        at=at,
    )
    made = exported(rows, who=f"{request.user} {office.name}", narrowed=request.GET.urlencode(), at=at)
    name = f"observations-{at:%Y%m%d%H%M}.xlsx"
    return HttpResponse(
        made, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _taken(fate: ObservationFate) -> ObservationFate:
    """Return what became of the one observation; what can't be taken is refused as a whole (422)."""
    if fate.code:
        raise PlanRefusal(fate.why, clause="8.2", code=fate.code)
    return fate
