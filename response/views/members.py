"""The commission as a body: its member units, their duties, where they are reached (3.1, 3.2)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.fields import line, words
from accounts.permissions import check_actor_may, own_county
from accounts.rights import Right
from audit.clock import database_now
from incidents.selectors import visible_incidents
from reporting.asking import refusal_of
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest
from response.actions.members import keep_card
from response.doings.doing import DoingForm
from response.models import Headquarters, ResponseState, UnitCard
from response.permissions import check_actor_keeps_card, may_read_contacts
from response.selectors.members import member_units, members_for


@require_safe
@login_required
def members(request: PageRequest) -> HttpResponse:
    """Show the commission of the actor's level, what it is turned into now, and its member units (3.1)."""
    county = own_county(request.actor)
    shown = members_for(request.actor)
    if not shown:
        check_actor_may(request.actor, Right.SEE_INCIDENTS)
    running = Headquarters.objects.filter(
        response__state=ResponseState.ACTIVE,
        response__county=county,
        response__incident__in=visible_incidents(request.actor),
    )
    units = [
        (
            unit,
            may_read_contacts(request.actor, unit),
            refusal_of(lambda unit=unit: check_actor_keeps_card(request.actor, unit)) is None,  # type: ignore[misc]
        )
        for unit in shown
    ]
    context = {
        "county": county,
        "units": units,
        "running": running.select_related("response__incident", "body", "office").order_by("pk"),
        "at": database_now(),
    }
    return render(request, "response/members/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def member(request: PageRequest, code: str) -> HttpResponse:
    """Keep one member unit's duties and its contact round the clock (3.1)."""
    unit = get_object_or_404(member_units(own_county(request.actor)), code=code)
    check_actor_keeps_card(request.actor, unit)
    card = UnitCard.objects.filter(organisation=unit).first()
    names = ("duties", "contact", "phone")
    form = DoingForm(
        posted(request),
        fields={
            "duties": words(label=_("食品安全事故中的职责"), rows=5),
            "contact": line(label=_("24小时值守岗位"), max_length=60, help_text=_("写岗位，不写个人姓名。")),
            "phone": line(label=_("24小时值守电话"), max_length=40),
        },
        initial={name: getattr(card, name) for name in names} if card is not None else {},
    )
    by, at = request.actor, database_now()

    def perform() -> UnitCard:
        return keep_card(organisation=unit, **form.cleaned_data, by=by, at=at)

    if form.is_bound and form.attempt(perform) is not None:
        return redirect("response:members")
    return render(request, "response/members/edit.html", {"unit": unit, "form": form}, status=form.status)
