"""An incident looks for help in the registers, asks for it, and is answered (3.3, 3.4.6, 8.3, 8.5)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from incidents.permissions import check_actor_may_with
from incidents.selectors import incident_for
from plan.agents import agents
from readiness.actions.support import answer_support, request_support
from readiness.forms import AnswerForm, RequestForm
from readiness.models import SupportRequest
from readiness.permissions import check_actor_answers, concerns, sees_contacts, visible_areas
from readiness.registers import STORES, register_of
from readiness.selectors.entries import all_rows, area_of, row_of
from readiness.selectors.support import agent_of, recipient_of, requests_for, sources_for
from reporting.asking import refusal_of
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest
from response.agent_fields import listed_agents


@require_safe
@never_cache
@login_required
def support(request: PageRequest, number: str) -> HttpResponse:
    """Show who can help an incident: experts, bodies, hospitals, stock against its agent or under a word."""
    incident = incident_for(request.actor, number)
    check_actor_may(request.actor, Right.SEE_REGISTERS)
    at, asked = database_now(), request.GET
    agent = asked.get("agent", agent_of(incident) if "q" not in asked else "")
    text = asked.get("q", "")
    context = {
        "incident": incident,
        "agent": agents().get(agent),
        "agents": listed_agents()[1:],
        "q": text,
        "sources": sources_for(request.actor, agent, text, today=timezone.localdate(at)),
        "requests": requests_for(incident),
        "refusal": refusal_of(lambda: check_actor_may_with(request.actor, Right.TAKE_MEASURES, incident)),
        "with_contacts": sees_contacts(request.actor),
        "at": at,
    }
    return render(request, "readiness/support/list.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def ask(request: PageRequest, number: str, register: str, pk: int) -> HttpResponse:
    """Ask for what a register holds, for an incident."""
    incident, own = incident_for(request.actor, number), register_of(register)
    check_actor_may(request.actor, Right.SEE_REGISTERS)
    check_actor_may_with(request.actor, Right.TAKE_MEASURES, incident)
    row = row_of(own, visible_areas(request.actor), pk)
    form = RequestForm(posted(request))
    agent = request.GET.get("agent", "")

    def perform() -> SupportRequest:
        return request_support(
            incident=incident,
            register=own.slug,
            entry=pk,
            agent=agent if agent in agents() else "",
            **form.cleaned_data,
            by=request.actor,
            at=database_now(),
        )

    if form.is_bound and form.attempt(perform) is not None:
        messages.success(request, _("请求已登记，并已通知%s。") % recipient_of(own, row).name)
        return redirect("readiness:support", incident.number)
    context = {
        "incident": incident,
        "register": own,
        "title": own.title_of(row, with_contacts=sees_contacts(request.actor)),
        "recipient": recipient_of(own, row),
        "form": form,
        "at": database_now(),
    }
    return render(request, "readiness/support/ask.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def support_request(request: PageRequest, pk: int) -> HttpResponse:
    """Show a request to who asked and who was asked, and take the answer."""
    rows = SupportRequest.objects.select_related("incident", "sender", "recipient")
    row = rows.filter(pk=pk).first()
    if row is None or not concerns(request.actor, row):
        raise Http404
    form = AnswerForm(posted(request))
    if form.is_bound:
        check_actor_answers(request.actor, row)

    def perform() -> SupportRequest:
        return answer_support(
            request=row,
            is_granted=form.cleaned_data["is_granted"] == "yes",
            answer=form.cleaned_data["answer"],
            by=request.actor,
            at=database_now(),
        )

    if form.is_bound and form.attempt(perform) is not None:
        messages.success(request, _("已答复。"))
        return redirect("readiness:support_request", pk)
    context = {**_about(row), "form": form, "may_answer": _may_answer(request, row), "at": database_now()}
    return render(request, "readiness/support/request.html", context, status=form.status)


def _about(row: SupportRequest) -> dict[str, Any]:
    own = register_of(row.register)
    entry = all_rows(own).get(pk=row.entry)
    return {
        "row": row,
        "incident": row.incident,
        "register": own,
        "entry": entry,
        "area": area_of(entry),
        "title": own.title_of(entry, with_contacts=True),
        "is_store": own is STORES,
    }


def _may_answer(request: PageRequest, row: SupportRequest) -> bool:
    return refusal_of(lambda: check_actor_answers(request.actor, row)) is None
