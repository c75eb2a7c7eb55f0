"""The counties' plans, how they agree with the city's, and their inspection (9.1)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.guards import ActPage, posted
from audit.clock import database_now
from editions.actions.counties import follow_finding, record_inspection, register_county_plan
from editions.forms.counties import CountyPlanForm, InspectionForm, StepForm
from editions.models import Finding, FindingStepKind
from editions.permissions import (
    check_actor_keeps_county_plan,
    check_actor_keeps_plan,
    check_actor_sees_plans,
)
from editions.selectors import counties_seen, county_rows, inspections_of
from editions.wording import NUMBER_LABELS
from plan.editions import edition_for
from reporting.asking import refusal_of
from reporting.views.requests import PageRequest

INSPECTIONS_A_PAGE = 20


@require_safe
@login_required
def county_plans(request: PageRequest) -> HttpResponse:
    """Show each county's plan against the city's, and the inspections with what became of their findings."""
    check_actor_sees_plans(request.actor)
    at = database_now()
    counties = list(counties_seen(request.actor))
    edition = edition_for(timezone.localtime(at).date())
    pages = Paginator(inspections_of(counties), INSPECTIONS_A_PAGE)
    context = {
        "rows": [_shown(request, row) for row in county_rows(counties, edition)],
        "edition": edition,
        "page": pages.get_page(request.GET.get("page")),
        "refusal": refusal_of(lambda: check_actor_keeps_plan(request.actor)),
        "today": timezone.localtime(at).date(),
        "at": at,
    }
    return render(request, "editions/counties.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_county_plan(request: PageRequest, code: str) -> HttpResponse:
    """Register a county's plan."""
    check_actor_sees_plans(request.actor)
    county = get_object_or_404(counties_seen(request.actor), code=code)
    check_actor_keeps_county_plan(request.actor, county)
    edition = edition_for(timezone.localtime(database_now()).date())
    form = CountyPlanForm(posted(request), edition=edition)
    page = ActPage(
        title=_("登记%s预案") % county.name,
        lead=_(
            "各区县（市）政府应当结合本地实际及时修订有关预案，做好与市级预案的衔接（9.1）。数值由系统核对，其余各点由人核对。"
        ),
        action=_("登记"),
        back=resolve_url("editions:counties"),
        done=_("已登记。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: register_county_plan(
            county=county, **form.said(), by=request.actor, at=database_now()
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def new_inspection(request: PageRequest) -> HttpResponse:
    """Record an inspection."""
    check_actor_keeps_plan(request.actor)
    form = InspectionForm(
        posted(request), counties={each.code: each for each in counties_seen(request.actor)}
    )
    page = ActPage(
        title=_("登记监督检查"),
        lead=_("市食药安办会同市应急管理局适时对各地预案编制、修订和演练等情况进行监督检查（9.1）。"),
        action=_("登记"),
        back=resolve_url("editions:counties"),
        done=_("已登记。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: record_inspection(**form.said(), by=request.actor, at=database_now()),
    )


@require_http_methods(["GET", "POST"])
@login_required
def finding_step(request: PageRequest, pk: int) -> HttpResponse:
    """Say what became of a finding."""
    check_actor_sees_plans(request.actor)
    finding = get_object_or_404(Finding, pk=pk, inspection__county__in=counties_seen(request.actor))
    check_actor_keeps_county_plan(request.actor, finding.inspection.county)
    form = StepForm(posted(request))
    page = ActPage(
        title=_("整改与复核"),
        lead=finding.text,
        action=_("登记"),
        back=resolve_url("editions:counties"),
        done=_("已登记。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: follow_finding(
            finding=finding,
            kind=FindingStepKind(form.cleaned_data["kind"]),
            note=form.cleaned_data["note"],
            by=request.actor,
            at=database_now(),
        ),
    )


def _shown(request: PageRequest, row: Any) -> dict[str, Any]:
    county = row.county
    return {
        "county": county,
        "plan": row.plan,
        "numbers": [(NUMBER_LABELS[each.name], each) for each in row.differing],
        "points": row.points,
        "unlike": sum(bool(why) for _point, why in row.points) + len(row.differing),
        "may": refusal_of(lambda: check_actor_keeps_county_plan(request.actor, county)) is None,
    }
