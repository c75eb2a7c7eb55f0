"""Recording tips, notices, checks, what was passed on and what skipped a level (5.1(4)–(7))."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from incidents.selectors import family_ids, incident_for
from reporting.actions.bearers import name_county_body
from reporting.actions.leaps import record_leap, review_leap
from reporting.actions.misdirected import pass_on
from reporting.actions.notices import learn_of_incident, record_check, send_notice
from reporting.actions.opening import file_notice
from reporting.actions.tips import record_tip
from reporting.forms.duties import (
    BodyForm,
    CheckForm,
    LeapForm,
    LearningForm,
    NoticeForm,
    PassOnForm,
    TipForm,
)
from reporting.forms.legs import ReasonForm
from reporting.forms.opening import OpeningForm
from reporting.notice_order import leaps_seen
from reporting.permissions import check_actor_can_record_operator, check_actor_can_review_leap
from reporting.views.form_page import FormPage, posted
from reporting.views.recording import recording
from reporting.views.requests import PageRequest

tip = recording(
    FormPage(
        title=gettext_lazy("登记技术机构、社会团体、个人的报告或举报"),
        clause="5.1(4)",
        lead=gettext_lazy("应当及时向所在地县级食品安全监管部门报告或举报；预案未定时数。可以匿名。"),
        action=gettext_lazy("登记"),
        done=gettext_lazy("已登记。"),
    ),
    form=TipForm,
    act=record_tip,
    now="received_at",
    check=check_actor_can_record_operator,
)
learning = recording(
    FormPage(
        title=gettext_lazy("登记获知并通报"),
        clause="5.1(6)",
        lead=gettext_lazy("获知后立即通报同级食品安全监管部门及其他相关部门，不等核实。"),
        action=gettext_lazy("登记并通报"),
        done=gettext_lazy("已登记；通报情况见事故页。"),
    ),
    form=LearningForm,
    act=learn_of_incident,
    now="learned_at",
)
check = recording(
    FormPage(
        title=gettext_lazy("登记初步核实"),
        clause="5.1(6)",
        lead=gettext_lazy("核实后继续收集相关信息，并及时通报后续情况。"),
        action=gettext_lazy("登记"),
        done=gettext_lazy("已登记，请通报后续情况。"),
    ),
    form=CheckForm,
    act=record_check,
    now="checked_at",
)
notice = recording(
    FormPage(
        title=gettext_lazy("通报"),
        clause="5.1(6)",
        lead=gettext_lazy("通报送到所有应通报的单位，各有时间。"),
        action=gettext_lazy("通报"),
        done=gettext_lazy("已通报。"),
    ),
    form=NoticeForm,
    act=send_notice,
)
passing_on = recording(
    FormPage(
        title=gettext_lazy("转送报错单位的报告"),
        clause="5.1(6)",
        lead=gettext_lazy("收到应报其他部门的报告，须立即转送；应收的单位收到，报告才算送达。"),
        action=gettext_lazy("转送"),
        done=gettext_lazy("已转送。"),
    ),
    form=PassOnForm,
    act=pass_on,
)
leap = recording(
    FormPage(
        title=gettext_lazy("登记越级报告"),
        clause="5.1(7)",
        lead=gettext_lazy("越级报告一概接收，记明理由；被越过的一级自动得到抄送，举报人信息不抄送。"),
        action=gettext_lazy("登记"),
        done=gettext_lazy("已登记越级报告。"),
    ),
    form=LeapForm,
    act=record_leap,
    now="received_at",
)
county_body = recording(
    FormPage(
        title=gettext_lazy("登记区县其他部门"),
        clause="5.1(6)",
        lead=gettext_lazy(
            "名单里没有的区县部门，登记名称后即可选为报告、通报的一方；本系统送不到它，送达须另行登记。"
        ),
        action=gettext_lazy("登记"),
        done=gettext_lazy("已登记，可在各表单中选用。"),
    ),
    form=BodyForm,
    act=name_county_body,
)


@require_http_methods(["GET", "POST"])
@login_required
def leap_review(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Look at a leap on a ground the plan doesn't name (5.1(7), A25)."""
    incident = incident_for(request.actor, number)
    check_actor_can_review_leap(request.actor)
    found = {each.pk: each for each in leaps_seen(family_ids(incident), request.actor)}
    if pk not in found:
        raise Http404
    form = ReasonForm(posted(request))
    page = FormPage(
        title=_("复核越级报告的理由"),
        clause="5.1(7)",
        lead=_("报告已接收，复核不影响其效力。"),
        action=_("登记复核意见"),
        done=_("已登记复核意见。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: review_leap(
            leap=found[pk], note=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def opening(request: PageRequest) -> HttpResponse:
    """Take a notice that opens an incident or joins one, from here or from outside Ningbo (5.1(5)–(7), A51)."""
    check_actor_may(request.actor, Right.SEE_INCIDENTS)
    at = database_now()
    form = OpeningForm(posted(request), initial={"known_at": at}, actor=request.actor)
    if form.is_bound:
        made = form.attempt(lambda: file_notice(**form.said(), by=request.actor, at=at))
        if made is not None:
            messages.success(request, _("已登记并通报。"))
            return redirect("response:incident", number=made.incident.number)
    return render(request, "reporting/notice.html", {"form": form}, status=form.status)
