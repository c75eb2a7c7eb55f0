"""One shift hands over to the next, under both names."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import Actor
from accounts.forms.fields import choice, words
from accounts.models import Organisation
from accounts.selectors import members_of
from audit.clock import database_now
from plan.refusal import PlanRefusal
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest
from response.actions.deciding import office_of
from response.actions.shifts import hand_over_shift, take_over_shift
from response.doings.doing import DoingForm, Fields
from response.handover_page import handover_page
from response.models import ShiftHandover


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def handover(request: PageRequest) -> HttpResponse:
    """Show what is open to the next shift; hand over."""
    office, at = office_of(request.actor), database_now()
    form = DoingForm(posted(request), fields=_fields(request.actor, office), initial={})

    def perform() -> ShiftHandover:
        said = form.cleaned_data
        person = members_of(office, at=at).get(pk=said["to_person"])
        return hand_over_shift(to_person=person, note=said["note"], by=request.actor, at=at)

    if form.is_bound and form.attempt(perform) is not None:
        messages.success(request, _("已交班，等接班人签收。"))
        return redirect("response:handover")
    context = {"page": handover_page(request.actor, office, at=at), "form": form}
    return render(request, "response/handover/page.html", context, status=form.status)


@require_POST
@login_required
def take(request: PageRequest, pk: int) -> HttpResponse:
    """Take the watch over."""
    own = ShiftHandover.objects.filter(organisation=request.actor.organisation).select_related("organisation")
    found = get_object_or_404(own, pk=pk)
    try:
        take_over_shift(
            handover=found, note=request.POST.get("note", ""), by=request.actor, at=database_now()
        )
    except PlanRefusal as refusal:
        if refusal.status != 409:
            raise
        messages.warning(request, refusal.message_zh)
    else:
        messages.success(request, _("已接班。"))
    return redirect("response:handover")


def _fields(actor: Actor, office: Organisation) -> Fields:
    """Ask to whom of the colleagues, and for a word about what no number says."""
    people = members_of(office, at=database_now()).exclude(pk=actor.ident or 0)
    return {
        "to_person": choice(
            label=_("接班人"),
            choices=[("", _("请选择")), *((str(each.pk), str(each)) for each in people)],
            required=True,
        ),
        "note": words(label=_("交代的事项"), help_text=_("写系统里没有的：口头约定、等待回电、注意事项。")),
    }
