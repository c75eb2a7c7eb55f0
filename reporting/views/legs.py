"""Recording who was told, and naming the city units concerned."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.rights import Right
from audit.clock import database_now
from incidents.permissions import check_actor_may_with
from incidents.selectors import incident_for
from reporting.actions.bearers import name_city_unit
from reporting.actions.deliveries import record_delivery
from reporting.forms.legs import CityUnitForm, DeliveryForm
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest


@require_http_methods(["GET", "POST"])
@login_required
def delivery(request: PageRequest, number: str) -> HttpResponse:
    """Record that a report reached a recipient (5.1(8), A18)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.RECORD_DELIVERY, incident)
    at = database_now()
    form = DeliveryForm(posted(request), initial={"received_at": at}, incident=incident)
    page = FormPage(
        title=_("登记送达"),
        clause="5.1(8)",
        lead=_("以对方接到的时间为准：电话以接通为准，书面以到达对方为准。事后登记的标为补录。"),
        action=_("登记送达"),
        done=_("已登记送达。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: record_delivery(incident=incident, **form.said(), by=request.actor, at=at),
    )


@require_http_methods(["GET", "POST"])
@login_required
def city_unit(request: PageRequest, number: str) -> HttpResponse:
    """Name a city unit concerned; its own clocks start at once (5.1(8), A21)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.NAME_BEARERS, incident)
    form = CityUnitForm(posted(request))
    page = FormPage(
        title=_("指定市级有关单位"),
        clause="5.1(8)",
        lead=_("市级有关单位与事发地县级政府各自负有报告义务。"),
        action=_("指定"),
        done=_("已列为市级有关单位，其报告时限随级别开始计算。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: name_city_unit(
            incident=incident, organisation=form.unit, by=request.actor, at=database_now()
        ),
    )
