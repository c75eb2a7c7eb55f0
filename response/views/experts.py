"""The pool of experts: who advises in which field (3.4.6)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms.fields import line
from accounts.permissions import actor_has, check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest
from response.actions.experts import drop_expert, keep_expert
from response.doings.doing import DoingForm
from response.models import Expert


@require_http_methods(["GET", "POST"])
@login_required
def experts(request: PageRequest) -> HttpResponse:
    """List the experts to the offices that appoint them; 市食药安办 puts one in (3.4.6)."""
    check_actor_may(request.actor, Right.KEEP_EXPERTS if request.method == "POST" else Right.ASSESS)
    fields = {
        "name": line(label=_("姓名"), max_length=40, required=True),
        "unit": line(label=_("单位"), max_length=80, required=True),
        "field": line(label=_("专业领域"), max_length=40, required=True),
    }
    form = DoingForm(posted(request), fields=fields, initial={})

    def perform() -> Expert:
        return keep_expert(**form.cleaned_data, by=request.actor, at=database_now())

    if form.is_bound and form.attempt(perform) is not None:
        return redirect("response:experts")
    context = {
        "form": form,
        "experts": Expert.objects.filter(left_at__isnull=True).order_by("field", "name", "pk"),
        "keeps": actor_has(request.actor, Right.KEEP_EXPERTS),
    }
    return render(request, "response/experts/list.html", context, status=form.status)


@require_POST
@login_required
def drop(request: PageRequest, pk: int) -> HttpResponse:
    """Take an expert out of the pool (3.4.6)."""
    check_actor_may(request.actor, Right.KEEP_EXPERTS)
    drop_expert(expert=get_object_or_404(Expert, pk=pk), by=request.actor, at=database_now())
    return redirect("response:experts")
