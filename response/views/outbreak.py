"""The outbreak's picture: the case definition and who counts by it (A12)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rights import Right
from audit.clock import database_now
from incidents.actions.definitions import define_cases
from incidents.actions.histories import record_food_histories
from incidents.epi.curve import SIZES_H
from incidents.permissions import check_actor_may_with
from incidents.selectors import definition_in_force, incident_for
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.outbreak_forms import DefinitionForm, HistoriesForm
from response.outbreak_page import outbreak_page
from response.outbreak_times import Grouping


@require_safe
@login_required
def outbreak(request: PageRequest, number: str) -> HttpResponse:
    """Show who counts as a case and why, and what the cases' times tell."""
    incident = incident_for(request.actor, number)
    asked = request.GET
    page = outbreak_page(
        incident,
        request.actor,
        database_now(),
        grouping=asked.get("by", ""),
        size=asked.get("size", ""),
    )
    context = {"incident": incident, "shown": page, "groupings": Grouping.choices, "sizes": SIZES_H}
    return render(request, "response/outbreak/page.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def define(request: PageRequest, number: str) -> HttpResponse:
    """Put a new version of the case definition in force (A12)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.DEFINE_CASES, incident)
    form = DefinitionForm(posted(request), in_force=definition_in_force(incident))
    page = FormPage(
        title=_("病例定义"),
        clause="2.3(2)",
        lead=_("另立一版，原来各版保留；发病人数随之改变，级别重新评估。没有填写的条件不作要求。"),
        action=_("启用这一版"),
        done=_("病例定义已启用，级别已重新评估。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("response:outbreak", number=number),
        perform=lambda: define_cases(incident=incident, **form.said(), by=request.actor, at=database_now()),
    )


@require_http_methods(["GET", "POST"])
@login_required
def histories(request: PageRequest, number: str) -> HttpResponse:
    """Record what people ate, ill and well, by person or by food (3.4.2)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.KEEP_FOOD_HISTORIES, incident)
    form = HistoriesForm(posted(request))
    page = FormPage(
        title=_("进食史"),
        clause="3.4.2",
        lead=_("从表格粘贴即可。患病和未患病的人都要填，不写姓名。新填的代替以前填的，以前的保留。"),
        action=_("登记"),
        done=_("进食史已登记，罹患率已重新计算。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("response:outbreak", number=number),
        perform=lambda: record_food_histories(
            incident=incident, **form.said(), by=request.actor, at=database_now()
        ),
    )
