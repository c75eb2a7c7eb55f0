"""The response to an incident: its page, the form of each act, and what an addressee does with an order."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.fields import words
from audit.clock import database_now
from incidents.models import Incident
from incidents.selectors import incident_for
from plan.refusal import PlanRefusal
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.actions.commands import execute_command, receive_command
from response.doings import DOINGS
from response.doings.doing import Doing, DoingForm, Target
from response.models import CommandAddressee
from response.response_page import response_page


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
    page = FormPage(
        title=str(doing.title),
        clause=doing.clause,
        lead=str(doing.lead),
        action=str(doing.title),
        done=str(doing.done),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: doing.perform(target, dict(form.cleaned_data)),
        then=resolve_url("response:responding", number=incident.number),
    )


def _check(request: PageRequest, doing: Doing, target: Target) -> None:
    """Say at once why an act can't be done; once its form was sent, the form says so, with what was typed."""
    try:
        doing.check(target)
    except PlanRefusal as refusal:
        if request.method == "GET" or refusal.status == HTTPStatus.FORBIDDEN:
            raise


@require_http_methods(["GET", "POST"])
@login_required
def order(request: PageRequest, pk: int) -> HttpResponse:
    """Show an entry of the command log to whom it names; sign for it, or say that it was carried out (3.1, 3.2)."""
    rows = CommandAddressee.objects.select_related("entry__response__incident", "entry__organisation")
    row = rows.filter(pk=pk, organisation=request.actor.organisation).first()
    if row is None:
        raise Http404
    asks = row.must_act and row.executed_at is None and row.received_at is not None
    fields = {"outcome": words(label=_("办理情况"), required=True)} if asks else {}
    form = DoingForm(posted(request), fields=fields, initial={})
    by, at = request.actor, database_now()

    def perform() -> CommandAddressee:
        if asks:
            return execute_command(addressee=row, outcome=form.cleaned_data["outcome"], by=by, at=at)
        return receive_command(addressee=row, by=by, at=at)

    if form.is_bound and form.attempt(perform) is not None:
        return redirect("response:order", pk=row.pk)
    context = {"row": row, "form": form, "incident": row.entry.response.incident, "asks": asks}
    return render(request, "response/response/order.html", context, status=form.status)
