"""The measures of an incident: what was done, what may be done now, and how each item stands (6.3)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import actor_has
from accounts.rights import Right
from audit.clock import database_now
from incidents.models import Incident
from incidents.selectors import family_ids, incident_for
from plan.records import KINDS
from reporting.forms.legs import ReasonForm
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.actions.measures import retract_measure, take_measure
from response.actions.tasks import enter_task
from response.measure_forms import MeasureForm, TaskForm
from response.measure_page import latest_tasks, measures_page
from response.measure_permissions import check_actor_keeps_task
from response.models import MeasureRecord, TaskState
from response.policies.tasks import item_of
from response.selectors.measures import disputes_for, ground_of
from response.taking import check_may_take


@require_safe
@login_required
def measures(request: PageRequest, number: str) -> HttpResponse:
    """Show every measure of 6.3, what was recorded of it and what this office may record."""
    incident = incident_for(request.actor, number)
    return render(request, "response/measures/list.html", measures_context(request, incident))


def measures_context(request: PageRequest, incident: Incident) -> dict[str, Any]:
    """Return what the page and its moving part show."""
    at = database_now()
    return {
        "incident": incident,
        "sections": measures_page(incident, request.actor, at),
        "keeps_disputes": actor_has(request.actor, Right.KEEP_DISPUTES)
        or disputes_for(request.actor, incident).exists(),
        "at": at,
    }


@require_http_methods(["GET", "POST"])
@login_required
def take(request: PageRequest, number: str, kind: str) -> HttpResponse:
    """Record a measure (6.3, A60)."""
    incident = incident_for(request.actor, number)
    return _record(request, incident, kind, about=None)


@require_http_methods(["GET", "POST"])
@login_required
def go_on(request: PageRequest, number: str, pk: int, kind: str) -> HttpResponse:
    """Record a further step of a measure (6.3)."""
    incident = incident_for(request.actor, number)
    return _record(request, incident, kind, about=_measure(incident, pk))


@require_http_methods(["GET", "POST"])
@login_required
def retract(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Take a mistaken record back (5.1)."""
    incident = incident_for(request.actor, number)
    wrong = _measure(incident, pk)
    check_may_take(request.actor, incident, wrong.spec)
    form = ReasonForm(posted(request))
    page = FormPage(
        title=_("撤回“%s”") % wrong.spec.label_zh,
        clause="5.1",
        lead=_("原记录不会删除；正确的内容请另行登记。"),
        action=_("撤回"),
        done=_("记录已撤回。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("response:measures", number=number),
        perform=lambda: retract_measure(
            record=wrong, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def task(request: PageRequest, number: str, code: str) -> HttpResponse:
    """Say how it stands with a measure or a group's duty (3.4, 6.3)."""
    incident = incident_for(request.actor, number)
    item = item_of(code)
    check_actor_keeps_task(request.actor, ground_of(incident), item)
    last = latest_tasks(incident).get(code)
    initial = {name: getattr(last, name) for name in ("state", "document", "note")} if last else {}
    form = TaskForm(posted(request), initial=initial)
    page = FormPage(
        title=item.label_zh,
        clause=item.clause,
        lead=_("根据事故性质、特点和危害程度确定；不适用的须说明理由。"),
        action=_("登记进展"),
        done=_("进展已登记。"),
    )
    back = "response:groups" if ":" in code else "response:measures"
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url(back, number=number),
        perform=lambda: enter_task(
            incident=incident,
            code=code,
            state=TaskState(form.cleaned_data["state"]),
            document=form.cleaned_data["document"],
            note=form.cleaned_data["note"],
            by=request.actor,
            at=database_now(),
        ),
    )


def _record(request: PageRequest, incident: Incident, kind: str, about: MeasureRecord | None) -> HttpResponse:
    if kind not in KINDS or bool(KINDS[kind].follows) is (about is None):
        raise Http404
    spec = KINDS[kind]
    if about is not None and about.kind not in spec.follows:
        raise Http404
    check_may_take(request.actor, incident, spec)
    at = database_now()
    form = MeasureForm(posted(request), spec=spec, at=at)
    page = FormPage(
        title=spec.label_zh,
        clause=spec.clause,
        lead=_("只写数量、地点、单位和文书，不写患者姓名。时间填实际采取措施的时间。"),
        action=_("登记"),
        done=_("“%s”已登记。") % spec.label_zh,
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("response:measures", number=incident.number),
        perform=lambda: take_measure(incident=incident, about=about, **form.said(), by=request.actor, at=at),
    )


def _measure(incident: Incident, pk: int) -> MeasureRecord:
    records = MeasureRecord.objects.filter(incident__in=family_ids(incident), retracts__isnull=True)
    return get_object_or_404(records.select_related("incident", "organisation"), pk=pk)
