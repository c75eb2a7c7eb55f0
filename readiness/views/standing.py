"""What is out of date or short, for the city and each county; how often the house wants a register checked (3.2, 8)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Jurisdiction, JurisdictionKind
from accounts.permissions import check_actor_may, is_city_wide, own_county
from accounts.rights import Right
from audit.clock import database_now
from readiness.actions.intervals import set_check_interval
from readiness.forms import IntervalForm
from readiness.models import CheckInterval
from readiness.permissions import area_for, check_actor_keeps, keeps, visible_areas
from readiness.registers import REGISTERS, TEAMS
from readiness.selectors.standing import standings
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest


@require_safe
@login_required
def readiness(request: PageRequest) -> HttpResponse:
    """Show how every area stands that the office sees (3.2, 8, 9.2)."""
    check_actor_may(request.actor, Right.SEE_REGISTERS)
    at = database_now()
    rows = standings(visible_areas(request.actor), today=timezone.localdate(at))
    context = {
        "rows": rows,
        "own": own_county(request.actor),
        "at": at,
        "is_city": is_city_wide(request.actor),
    }
    return render(request, "readiness/standing/list.html", context)


@require_safe
@login_required
def area_page(request: PageRequest, code: str) -> HttpResponse:
    """Show what is out of date or short in one area, each with the way to it (3.2, 8, 9.2)."""
    area = area_for(request.actor, code)
    at = database_now()
    (standing,) = standings([area], today=timezone.localdate(at))
    context = {"area": area, "standing": standing, "today": timezone.localdate(at), "at": at}
    return render(request, "readiness/standing/area.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def check_intervals(request: PageRequest) -> HttpResponse:
    """Show after how many days the house wants each register checked, and let the city's office set it (非预案规定)."""
    check_actor_may(request.actor, Right.SEE_REGISTERS)
    city = Jurisdiction.objects.get(kind=JurisdictionKind.CITY)
    form = IntervalForm(posted(request))
    if form.is_bound:
        check_actor_keeps(request.actor, TEAMS, city)
        made = form.attempt(
            lambda: set_check_interval(**form.cleaned_data, by=request.actor, at=database_now())
        )
        if made is not None:
            messages.success(request, _("核对间隔已保存；它不是预案规定。"))
            return redirect("readiness:check_intervals")
    newest = {
        row.register: row for row in CheckInterval.objects.order_by("register", "-pk").distinct("register")
    }
    context = {
        "rows": [(each, newest.get(each.slug)) for each in REGISTERS.values() if each.is_checked],
        "form": form,
        "may_set": keeps(request.actor, TEAMS, city),
        "at": database_now(),
    }
    return render(request, "readiness/standing/intervals.html", context, status=form.status)
