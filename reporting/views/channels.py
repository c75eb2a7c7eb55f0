"""Declared channels, the review of what came by others, and calls that nobody answered (5.1(8), A54)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import check_actor_may
from accounts.rights import Right
from accounts.views.guards import ActPage, posted
from audit.clock import database_now
from incidents.selectors import family_ids, incident_for
from reporting.actions.channels import (
    declare_channel,
    end_channel,
    record_attempt,
    retract_attempt,
    review_channel,
)
from reporting.channels import recipient_rows, recipients
from reporting.forms.channels import ChannelForm, ReviewForm
from reporting.forms.legs import AttemptForm, ReasonForm
from reporting.models import ChannelReview, DeclaredChannel
from reporting.permissions import (
    check_actor_can_record_delivery,
    check_actor_records_deliveries,
    check_actor_speaks_for_recipient,
)
from reporting.selectors import family_attempts
from reporting.views.form_page import FormPage
from reporting.views.recording import recording
from reporting.views.requests import PageRequest

attempt = recording(
    FormPage(
        title=gettext_lazy("登记未接通的电话"),
        clause="5.1(8)",
        lead=gettext_lazy("无人接听只是拨打的证据，不算报告；时限照常计算，请继续联系。"),
        action=gettext_lazy("登记"),
        done=gettext_lazy("已登记拨打记录；该项仍须报告。"),
    ),
    form=AttemptForm,
    act=record_attempt,
    now="attempted_at",
    check=check_actor_records_deliveries,
)


@require_safe
@login_required
def channels(request: PageRequest) -> HttpResponse:
    """List what each recipient declared, for every office that reports to it, and what it must look at."""
    check_actor_may(request.actor, Right.RECORD_DELIVERY)
    at = database_now()
    context = {"rows": recipient_rows(request.actor, at), "at": at}
    return render(request, "reporting/channels/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_channel(request: PageRequest, pk: int) -> HttpResponse:
    """Declare a channel of a recipient."""
    check_actor_may(request.actor, Right.RECORD_DELIVERY)
    organisation = get_object_or_404(recipients(), pk=pk)
    check_actor_speaks_for_recipient(request.actor, organisation)
    at = database_now()
    form = ChannelForm(posted(request), initial={"from_at": at})
    page = ActPage(
        title=_("申报紧急信息渠道：%s") % organisation.name,
        lead=_("下级可经所申报的渠道报送5.1(8)的初步情况；经其他渠道报送的照收，并标为待复核。"),
        action=_("申报"),
        back=resolve_url("reporting:channels"),
        done=_("已申报。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: declare_channel(
            organisation=organisation, **form.cleaned_data, by=request.actor, at=at
        ),
    )


@require_POST
@login_required
def drop_channel(request: PageRequest, pk: int) -> HttpResponse:
    """Take a channel out of use."""
    check_actor_may(request.actor, Right.RECORD_DELIVERY)
    channel = get_object_or_404(DeclaredChannel, pk=pk)
    end_channel(channel=channel, by=request.actor, at=database_now())
    messages.success(request, _("渠道已停用，此前经它送达的不变。"))
    return redirect("reporting:channels")


@require_http_methods(["GET", "POST"])
@login_required
def review(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Say what was found of a report that came by a channel nobody had declared."""
    incident = incident_for(request.actor, number)
    family = family_ids(incident.merged_into or incident)
    asked = get_object_or_404(ChannelReview.objects.filter(delivery__incident__in=family), pk=pk)
    check_actor_speaks_for_recipient(request.actor, asked.delivery.recipient)
    form = ReviewForm(posted(request))
    page = FormPage(
        title=_("复核报送渠道"),
        clause="5.1(8)",
        lead=_("经“%(channel)s”送达，该渠道未经接收单位申报。送达照样有效；并未收到的，请撤销送达记录。")
        % {"channel": asked.delivery.channel},
        action=_("登记复核意见"),
        done=_("复核意见已登记。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: review_channel(
            review=asked, note=form.cleaned_data["note"], by=request.actor, at=database_now()
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def drop_attempt(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Take back a call without an answer that was entered by mistake (5.1, A54)."""
    incident = incident_for(request.actor, number)
    tried = get_object_or_404(family_attempts(incident), pk=pk)
    check_actor_can_record_delivery(request.actor, incident, bearer=tried.bearer, recipient=tried.recipient)
    form = ReasonForm(posted(request))
    page = FormPage(
        title=_("撤回未接通的电话"),
        clause="5.1(8)",
        lead=_("原记录不会删除，注明已撤回；时限的判断不变。"),
        action=_("撤回"),
        done=_("拨打记录已撤回，原记录保留。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: retract_attempt(
            attempt=tried, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
    )
