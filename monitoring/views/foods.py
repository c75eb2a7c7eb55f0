"""The register of high-risk foods by stage (4.1(a))."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from incidents.models import Stage
from monitoring.actions.foods import list_risky_food, strike_risky_food
from monitoring.forms.observations import RiskyFoodForm
from monitoring.models import RiskyFood
from monitoring.permissions import check_actor_can_monitor, in_reach
from monitoring.views.acting import ActPage
from reporting.forms.legs import ReasonForm
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest
from response.selectors.measures import stage_regulators


@require_safe
@login_required
def foods(request: PageRequest) -> HttpResponse:
    """Show the register by stage, each with the regulator of the stage (3.4.2)."""
    check_actor_may(request.actor, Right.MONITOR)
    listed = RiskyFood.objects.filter(in_reach(request.actor), struck_at__isnull=True)
    rows = list(listed.select_related("area", "organisation").order_by("food", "pk"))
    in_charge = stage_regulators()
    context = {
        "stages": [
            (stage, in_charge[stage.value], [row for row in rows if row.stage == stage]) for stage in Stage
        ],
        "at": database_now(),
    }
    return render(request, "monitoring/foods.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_food(request: PageRequest) -> HttpResponse:
    """Put a food on the register."""
    check_actor_may(request.actor, Right.MONITOR)
    form = RiskyFoodForm(posted(request), actor=request.actor)
    page = ActPage(
        title=_("列入高风险食品"),
        lead=_("按种植、养殖、生产、加工、包装、贮藏、经营、消费八个环节列入。"),
        action=_("列入"),
        done=_("已列入。"),
        clause="4.1",
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: list_risky_food(**form.said(), by=request.actor, at=database_now()),
        back=resolve_url("monitoring:foods"),
    )


@require_http_methods(["GET", "POST"])
@login_required
def strike_food(request: PageRequest, pk: int) -> HttpResponse:
    """Take a food off the register, with a reason."""
    check_actor_may(request.actor, Right.MONITOR)
    found = get_object_or_404(
        RiskyFood.objects.filter(in_reach(request.actor)).select_related("area__host"), pk=pk
    )
    check_actor_can_monitor(request.actor, found.area)
    form = ReasonForm(posted(request))
    page = ActPage(
        title=_("移出高风险食品目录"),
        lead=found.food,
        action=_("移出"),
        done=_("已移出，记录保留。"),
        clause="4.1",
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: strike_risky_food(
            food=found, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
        back=resolve_url("monitoring:foods"),
    )
