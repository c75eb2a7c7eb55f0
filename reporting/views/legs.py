"""Recording who was told, and naming the city units concerned; pages of their own, so that they work anywhere."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.rights import Right
from audit.clock import database_now
from incidents.permissions import check_actor_may_with
from incidents.selectors import incident_for
from reporting.actions.bearers import name_city_unit
from reporting.actions.deliveries import record_delivery
from reporting.forms.legs import CityUnitForm, DeliveryForm
from reporting.views.requests import PageRequest

FORM_PAGE = "reporting/form.html"


@require_http_methods(["GET", "POST"])
@login_required
def delivery(request: PageRequest, number: str) -> HttpResponse:
    """Record that a report reached a recipient (5.1(8), A18)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.RECORD_DELIVERY, incident)
    at = database_now()
    said = request.POST if request.method == "POST" else None
    form = DeliveryForm(said, initial={"received_at": at, **request.GET.dict()}, incident=incident)
    if said is not None and form.attempt(
        lambda: record_delivery(incident=incident, **form.said(), by=request.actor, at=at)
    ):
        messages.success(request, _("已登记送达。"))
        return redirect("response:incident", number=number)
    context = {
        "form": form,
        "incident": incident,
        "title": _("登记送达"),
        "clause": "5.1(8)",
        "lead": _("以对方接到的时间为准：电话以接通为准，书面以到达对方为准。事后登记的标为补录。"),
        "action": _("登记送达"),
    }
    return render(request, FORM_PAGE, context, status=form.status)


@require_http_methods(["GET", "POST"])
@login_required
def city_unit(request: PageRequest, number: str) -> HttpResponse:
    """Name a city unit concerned; its own clocks start at once (5.1(8), A21)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.NAME_BEARERS, incident)
    said = request.POST if request.method == "POST" else None
    form = CityUnitForm(said)
    if said is not None and form.attempt(
        lambda: name_city_unit(incident=incident, organisation=form.unit, by=request.actor, at=database_now())
    ):
        messages.success(request, _("已列为市级有关单位，其报告时限已开始计算。"))
        return redirect("response:incident", number=number)
    context = {
        "form": form,
        "incident": incident,
        "title": _("指定市级有关单位"),
        "clause": "5.1(8)",
        "lead": _("市级有关单位与事发地县级政府各自负有报告义务。"),
        "action": _("指定"),
    }
    return render(request, FORM_PAGE, context, status=form.status)
