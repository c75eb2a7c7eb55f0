"""The response to an incident: its page, and the form of each act."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_http_methods, require_safe

from audit.clock import database_now
from incidents.models import Incident
from incidents.selectors import incident_for
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.doings import DOINGS
from response.doings.doing import Doing, DoingForm, Target
from response.matters import evidence_in, put_forward
from response.response_page import response_page
from response.waiting import ANSWERS


@require_safe
@login_required
def responding(request: PageRequest, number: str) -> HttpResponse:
    """Show what is done about an incident, and what this office may do (3, 6)."""
    incident = incident_for(request.actor, number)
    return render(request, "response/response/page.html", responding_context(request, incident))


def responding_context(request: PageRequest, incident: Incident) -> dict[str, Any]:
    """Return what the page and its moving part show."""
    return {"incident": incident, "page": response_page(incident, request.actor, database_now())}


@require_http_methods(["GET", "POST"])
@login_required
def act(request: PageRequest, number: str, slug: str, pk: int = 0) -> HttpResponse:
    """Ask for what an act needs, and do it; why it can't be done is said before anything is asked."""
    incident = incident_for(request.actor, number)
    doing = DOINGS.get(slug)
    if doing is None or doing.of_row != bool(pk):
        raise Http404
    target = Target(request.actor, incident, database_now(), pk)
    _check(request, doing, target)
    form = DoingForm(posted(request), fields=doing.fields(target), initial={})
    no_yes = refusal_of(lambda: doing.yes(target)) if request.method == "GET" else None
    if no_yes is not None:
        form.grey_yes()
    page = FormPage(
        title=str(doing.title),
        clause=doing.clause,
        lead=str(doing.lead),
        action=str(doing.title),
        done=str(doing.done),
        no_yes=no_yes,
        about=_about(target, slug),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: doing.perform(target, dict(form.cleaned_data)),
        then=resolve_url("response:responding", number=incident.number),
    )


def _about(target: Target, slug: str) -> list[tuple[str, str]]:
    """Return what was put forward, on the page of its answer: nobody signs what is not before them (3.1, 6.4)."""
    if slug not in ANSWERS.values():
        return []
    decision = next(one for one in target.decisions if one.pk == target.pk)
    return put_forward(decision, evidence_in(target.family).get(decision.pk, ()))


def _check(request: PageRequest, doing: Doing, target: Target) -> None:
    """Say at once why an act can't be done; once its form was sent, the form says so, with what was typed."""
    try:
        doing.check(target)
    except PlanRefusal as refusal:
        if request.method == "GET" or refusal.status == HTTPStatus.FORBIDDEN:
            raise
