"""Recording the hour of an operator or unit, and an oral explanation of a written report that can't come in time."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from audit.clock import database_now
from incidents.selectors import incident_for
from reporting.actions.excuses import lodge_oral_explanation, retract_explanation
from reporting.actions.hospitals import record_hospital_report
from reporting.actions.operators import record_operator_report
from reporting.forms.hours import ExplanationForm, HospitalForm, OperatorForm
from reporting.forms.legs import ReasonForm
from reporting.permissions import (
    check_actor_can_record_delivery,
    check_actor_can_record_operator,
    check_actor_records_deliveries,
)
from reporting.selectors import family_explanations
from reporting.views.form_page import FormPage, posted
from reporting.views.recording import recording
from reporting.views.requests import PageRequest

operator = recording(
    FormPage(
        title=gettext_lazy("登记经营者、单位的报告"),
        clause="5.1(1)",
        lead=gettext_lazy("食品生产经营者自发现、单位自发生起1小时内，向所在地县级食品安全监管部门报告。"),
        action=gettext_lazy("登记"),
        done=gettext_lazy("已登记，1小时时限按所填时间计算。"),
    ),
    form=OperatorForm,
    act=record_operator_report,
    check=check_actor_can_record_operator,
)
hospital = recording(
    FormPage(
        title=gettext_lazy("登记医疗机构的电话、书面报告"),
        clause="5.1(3)",
        lead=gettext_lazy(
            "医疗机构应立即报告所在地县级卫生健康部门，并同时报同级食品安全监管部门；经接口报送的不用登记。"
        ),
        action=gettext_lazy("登记"),
        done=gettext_lazy("已登记；两个接收单位各有时间。"),
    ),
    form=HospitalForm,
    act=record_hospital_report,
    now="discovered_at",
    check=check_actor_can_record_operator,
)
explanation = recording(
    FormPage(
        title=gettext_lazy("登记口头说明"),
        clause="5.1(8)",
        lead=gettext_lazy(
            "难以在2小时内书面报送的，须在时限届满前向两个接收单位口头报告并说明原因；书面报告仍应补报。"
        ),
        action=gettext_lazy("登记"),
        done=gettext_lazy("口头说明已登记，是否有效见各项书面报告。"),
    ),
    form=ExplanationForm,
    act=lodge_oral_explanation,
    now="lodged_at",
    check=check_actor_records_deliveries,
)


@require_http_methods(["GET", "POST"])
@login_required
def retract(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Take back an oral explanation that was entered by mistake (5.1, A23)."""
    incident = incident_for(request.actor, number)
    told = get_object_or_404(family_explanations(incident), pk=pk)
    check_actor_can_record_delivery(request.actor, incident, bearer=told.bearer, recipient=told.recipient)
    form = ReasonForm(posted(request))
    page = FormPage(
        title=_("撤回口头说明"),
        clause="5.1(8)",
        lead=_("原记录不会删除；书面报告的时限按没有这次说明重新判断。"),
        action=_("撤回"),
        done=_("口头说明已撤回，原记录保留。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: retract_explanation(
            explanation=told, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
    )
