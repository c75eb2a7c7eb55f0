"""The house's own targets: their list, and setting one (A19)."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.forms.plan_form import PlanForm
from accounts.permissions import check_actor_may
from accounts.rights import Right
from accounts.views.guards import posted
from audit.clock import database_now
from reporting.actions.house_targets import set_house_target
from reporting.asking import refusal_of
from reporting.house_targets import target_rows
from reporting.permissions import check_actor_keeps_calendar
from reporting.views.requests import PageRequest


class TargetForm(PlanForm):
    """A duty and the minutes of its target; none to turn it off."""

    duty = forms.CharField()
    minutes = forms.IntegerField(
        label=gettext_lazy("分钟"),
        required=False,
        error_messages={"invalid": gettext_lazy("请用数字填写分钟数；留空即为不设。")},
    )


@require_http_methods(["GET", "POST"])
@login_required
def house_targets(request: PageRequest) -> HttpResponse:
    """Show the targets of the house to every office that they concern, and set one."""
    check_actor_may(request.actor, Right.SEE_INCIDENTS)
    form = TargetForm(posted(request))
    if form.is_bound:
        check_actor_keeps_calendar(request.actor)
        made = form.attempt(
            lambda: set_house_target(**form.cleaned_data, by=request.actor, at=database_now())
        )
        if made is not None:
            messages.success(request, _("内部目标已保存；它不是预案规定，不影响是否履行的判断。"))
            return redirect("reporting:house_targets")
    refusal = refusal_of(lambda: check_actor_keeps_calendar(request.actor))
    context = {"rows": target_rows(), "form": form, "refusal": refusal}
    return render(request, "reporting/house_targets/list.html", context, status=form.status)
