"""Drills held in an area, when the next is due, and their evaluations (9.2)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Jurisdiction
from accounts.rights import Right
from audit.clock import database_now
from plan.readiness import DrillKind
from plan.refusal import PlanRefusal
from readiness.actions.drills import evaluate_drill, record_drill
from readiness.forms import OWN, DrillForm, FindingsForm
from readiness.models import DrillEvaluation, Enterprise, HeldDrill
from readiness.permissions import area_for, check_actor_in_area
from readiness.policies import DRILLS
from readiness.selectors.drills import drills_due, drills_of
from reporting.asking import refusal_of
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest

PER_PAGE = 25


@require_http_methods(["GET", "POST"])
@login_required
def drills(request: PageRequest, code: str) -> HttpResponse:
    """Show when an area's regulator owes a drill and what was held, and record one (9.2)."""
    area, by = area_for(request.actor, code), request.actor
    if request.method == "POST":
        check_actor_in_area(by, Right.RECORD_DRILLS, area)
    at = database_now()
    due = drills_due([area], today=timezone.localdate(at))
    form = DrillForm(posted(request), regulators=[each.organiser for each in due])

    def perform() -> HeldDrill:
        said = dict(form.cleaned_data)
        name, chosen = said.pop("enterprise"), said.pop("organiser")
        organiser = next((each.organiser for each in due if each.organiser.code == chosen), None)
        enterprise = _enterprise(area, name) if chosen == OWN else None
        said["kind"] = DrillKind(said["kind"])
        return record_drill(**said, organiser=organiser, enterprise=enterprise, by=by, at=database_now())

    if form.is_bound and form.attempt(perform) is not None:
        messages.success(request, _("演练已登记；演练结束后须及时评估。"))
        return redirect("readiness:drills", area.code)
    page = Paginator(drills_of(area), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "area": area,
        "due": due,
        "form": form,
        "page": page,
        "may_record": refusal_of(lambda: check_actor_in_area(by, Right.RECORD_DRILLS, area)) is None,
        "at": at,
    }
    return render(request, "readiness/drills/list.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@login_required
def evaluate(request: PageRequest, code: str, pk: int) -> HttpResponse:
    """Evaluate a drill (9.2)."""
    area = area_for(request.actor, code)
    check_actor_in_area(request.actor, Right.RECORD_DRILLS, area)
    drill = get_object_or_404(drills_of(area), pk=pk)
    form = FindingsForm(posted(request))

    def perform() -> DrillEvaluation:
        return evaluate_drill(drill=drill, **form.cleaned_data, by=request.actor, at=database_now())

    if form.is_bound and form.attempt(perform) is not None:
        messages.success(request, _("评估已登记。"))
        return redirect("readiness:drills", area.code)
    context = {"area": area, "drill": drill, "form": form, "at": database_now()}
    return render(request, "readiness/drills/evaluate.html", context, status=form.status)


def _enterprise(area: Jurisdiction, name: str) -> Enterprise:
    found = Enterprise.objects.filter(area=area, name=name.strip(), left_at__isnull=True).first()
    if found is None:
        raise PlanRefusal(
            _("企业登记册中没有这家企业。"),
            clause=DRILLS,
            code="enterprise_unknown",
            next_step=_("请先在企业登记册中登记。"),
        )
    return found
