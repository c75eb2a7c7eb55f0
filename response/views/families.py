"""Merging two incidents that are one, and splitting them again."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.rights import Right
from audit.clock import database_now
from incidents.actions.merging import merge_incidents, split_incident
from incidents.families import levels_together
from incidents.models import Incident, IncidentStatus
from incidents.permissions import check_actor_may_with
from incidents.selectors import incident_for, visible_incidents
from reporting.forms.legs import ReasonForm
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.family_forms import MergeForm

# The list is for choosing by eye; an older incident is added to it by its number in the address.
SHOWN_OTHERS = 50


@require_http_methods(["GET", "POST"])
@login_required
def merge(request: PageRequest, number: str) -> HttpResponse:
    """Find that another incident is the same one: the two count as one (A12, A56)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.DECIDE_JOIN, incident)
    asked = request.GET.get("other", "")
    others = {each.number: each for each in _others(request.actor, incident, asked)}
    form = MergeForm(
        posted(request),
        others=others,
        together=levels_together(incident, others.values()),
        initial={"other": asked},
    )
    page = FormPage(
        title=_("与另一起事故合并"),
        clause="2.3(2)",
        lead=_(
            "一起食源性疾病暴发合并计数并重新定级；双方的报告和送达对整起事故有效。判断有误的，可以再拆分。"
        ),
        action=_("合并"),
        done=_("两起事故已合并，级别已重新评估。"),
    )
    return page.answer(
        request, form=form, incident=incident, perform=lambda: _merge(request, incident, form.chosen, form)
    )


def _merge(request: PageRequest, incident: Incident, other: Incident, form: MergeForm) -> Incident:
    """The one that was opened first is the whole, as with a proposed join."""
    whole, part = sorted((incident, other), key=lambda each: (each.opened_at, each.pk))
    reason = form.cleaned_data["reason"]
    return merge_incidents(whole=whole, part=part, reason=reason, by=request.actor, at=database_now())


def _others(actor: Actor, incident: Incident, asked: str) -> list[Incident]:
    """Return the open incidents of the same sort that the actor sees, last changed first."""
    visible = visible_incidents(actor).filter(status=IncidentStatus.OPEN, is_drill=incident.is_drill)
    others = visible.exclude(pk=incident.pk).select_related("county", "place")
    found = list(others.order_by("-changed_at", "-pk")[:SHOWN_OTHERS])
    return found + list(others.filter(Q(number=asked) & ~Q(pk__in=[each.pk for each in found])))


@require_http_methods(["GET", "POST"])
@login_required
def split(request: PageRequest, number: str) -> HttpResponse:
    """Find that a merged part is an incident of its own after all (A56)."""
    part = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.DECIDE_JOIN, part)
    form = ReasonForm(posted(request))
    page = FormPage(
        title=_("拆分为两起事故"),
        clause="2.3(2)",
        lead=_("双方各自重新定级；合并期间的送达、口头说明和时钟双方都保留，已履行的不重新计时。"),
        action=_("拆分"),
        done=_("已拆分为两起事故，双方级别已重新评估。"),
    )
    return page.answer(
        request,
        form=form,
        incident=part,
        perform=lambda: split_incident(
            part=part, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
    )
