"""Recording who was told, correcting such records, and naming the city units concerned."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from audit.clock import database_now
from incidents.selectors import incident_for
from reporting.actions.bearers import name_city_unit
from reporting.actions.deliveries import correct_delivery, record_delivery, retract_delivery
from reporting.closing import why_nothing_closed
from reporting.forms.legs import CityUnitForm, DeliveryCorrectionForm, DeliveryForm
from reporting.leg_view import BY_PEOPLE
from reporting.models import Delivery
from reporting.permissions import (
    check_actor_can_name_bearers,
    check_actor_can_record_delivery,
    check_actor_records_deliveries,
)
from reporting.selectors import family_deliveries
from reporting.views.form_page import FormPage, posted
from reporting.views.recording import recording
from reporting.views.requests import PageRequest

delivery = recording(
    FormPage(
        title=gettext_lazy("登记送达"),
        clause="5.1(8)",
        lead=gettext_lazy("以对方接到的时间为准：电话以接通为准，书面以到达对方为准。事后登记的标为补录。"),
        action=gettext_lazy("登记送达"),
        done=gettext_lazy("已登记送达。"),
    ),
    form=DeliveryForm,
    act=record_delivery,
    now="received_at",
    check=check_actor_records_deliveries,
    caution=why_nothing_closed,
)
city_unit = recording(
    FormPage(
        title=gettext_lazy("指定市级有关单位"),
        clause="5.1(8)",
        lead=gettext_lazy("市级有关单位与事发地县级政府各自负有报告义务。"),
        action=gettext_lazy("指定"),
        done=gettext_lazy("已列为市级有关单位，其报告时限随级别开始计算。"),
    ),
    form=CityUnitForm,
    act=name_city_unit,
    check=check_actor_can_name_bearers,
)


@require_http_methods(["GET", "POST"])
@login_required
def correct(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Correct a recorded delivery, or take it back, with a reason (5.1)."""
    incident = incident_for(request.actor, number)
    recorded = {each.pk: each for each in family_deliveries(incident) if each.leg in BY_PEOPLE}
    if pk not in recorded:
        raise Http404
    wrong = recorded[pk]
    check_actor_can_record_delivery(request.actor, incident, bearer=wrong.bearer, recipient=wrong.recipient)
    form = DeliveryCorrectionForm(posted(request), initial=vars(wrong))
    page = FormPage(
        title=_("更正送达记录"),
        clause="5.1",
        lead=_("原记录不会删除；时限是否履行按更正后的时间重新判断。"),
        action=_("更正"),
        done=_("送达记录已更正，原记录保留。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: _correct(request, wrong, form.cleaned_data),
    )


def _correct(request: PageRequest, wrong: Delivery, said: dict[str, Any]) -> Delivery:
    by, at, reason = request.actor, database_now(), said["reason"]
    if said["retracts"]:
        return retract_delivery(delivery=wrong, reason=reason, by=by, at=at)
    changes = {name: said[name] for name in ("received_at", "receiver", "channel")}
    return correct_delivery(delivery=wrong, **changes, reason=reason, by=by, at=at)
