"""An incident's line lists: their page, a finding about two records, one patient unmasked (A12, 5.1(3))."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit.clock import database_now
from incidents.actions.persons import decide_same_person, unmask_case
from incidents.selectors import incident_for
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest
from response.case_forms import SAME, TWO, SamePersonForm, UnmaskForm
from response.case_list import DECIDED, DOUBLES, cases_of, cases_page, pair_of
from response.case_permissions import (
    check_actor_decides_pair,
    check_actor_sees_cases,
    check_actor_unmasks,
    is_for,
)
from response.case_wording import stated_person


@require_safe
@never_cache
@login_required
def cases(request: PageRequest, number: str) -> HttpResponse:
    """Show the records of hospitals' line lists, who is one patient, and what is to be decided (A12)."""
    incident = incident_for(request.actor, number)
    check_actor_sees_cases(request.actor)
    asked = request.GET
    page = cases_page(
        incident,
        request.actor,
        database_now(),
        shown=asked.get("show", ""),
        hospital=asked.get("hospital", ""),
        number=asked.get("page", "1"),
    )
    return render(request, "response/cases/list.html", {"incident": incident, "shown": page})


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def same_person(request: PageRequest, number: str, pk: int, other: int) -> HttpResponse:
    """Find two records one patient or two; a finding is taken back by finding the opposite (A12)."""
    incident = incident_for(request.actor, number)
    check_actor_sees_cases(request.actor)
    pair = pair_of(incident, request.actor, (pk, other))
    if pair is None:
        raise Http404
    check_actor_decides_pair(request.actor, pair.first, pair.second)
    opposite = {"verdict": TWO if pair.decision.is_same else SAME} if pair.decision else {}
    form = SamePersonForm(posted(request), initial=opposite)
    found = (
        form.attempt(
            lambda: decide_same_person(
                first=pair.first, second=pair.second, **form.said(), by=request.actor, at=database_now()
            )
        )
        if form.is_bound
        else None
    )
    if found is not None:
        messages.success(request, _("结论已登记，发病人数已重新计算。"))
        then = DECIDED if pair.decision else DOUBLES
        return redirect(f"{resolve_url('response:cases', number=incident.number)}?show={then}")
    context = {"incident": incident, "pair": pair, "form": form}
    return render(request, "response/cases/pair.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def case_person(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Ask for a reason, then show once who a patient is; nothing of it is kept by the browser (个人信息保护)."""
    incident = incident_for(request.actor, number)
    check_actor_sees_cases(request.actor)
    case = cases_of(incident).filter(pk=pk).first()
    if case is None or not is_for(request.actor, case):
        raise Http404
    check_actor_unmasks(request.actor, case)
    form = UnmaskForm(posted(request))
    stated = None
    if form.is_bound:
        stated = form.attempt(
            lambda: unmask_case(
                case=case, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
            )
        )
    context = {"incident": incident, "case": case, "form": form, "asked": stated is not None}
    context["person"] = stated_person(stated or {})
    return render(request, "response/cases/person.html", context, status=form.status)
