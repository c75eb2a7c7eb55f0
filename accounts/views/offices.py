"""A person's offices: granted, ended, made to manage."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.utils.translation import gettext as _

from accounts.actions.offices import appoint_manager, dismiss_manager, end_office, grant_office
from accounts.actors import Actor
from accounts.forms.people import EndForm, GrantForm
from accounts.models import OfficeHolding
from accounts.requests import ActorRequest
from accounts.selectors import managed_organisations, managed_people
from accounts.views.guards import ActPage, manager_page, posted
from audit.clock import database_now


@manager_page("GET", "HEAD", "POST")
def grant(request: ActorRequest, pk: int) -> HttpResponse:
    """Grant a person one more office, for good, for a time, or in somebody's stead."""
    user = get_object_or_404(managed_people(request.actor), pk=pk)
    form = GrantForm(
        posted(request),
        organisations=managed_organisations(request.actor),
        people=managed_people(request.actor),
    )
    page = ActPage(
        title=_("授予职务"),
        lead=_("%s在所选单位任职期间，可以办理该单位的业务。") % user,
        action=_("授予"),
        back=resolve_url("accounts:person", pk=user.pk),
        done=_("职务已授予。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: grant_office(user=user, **form.said, by=request.actor, at=database_now()),
    )


@manager_page("GET", "HEAD", "POST")
def end(request: ActorRequest, pk: int) -> HttpResponse:
    """End an office, now or on a day."""
    holding = _office(request.actor, pk)
    form = EndForm(posted(request))
    page = ActPage(
        title=_("结束任职"),
        lead=_("%(user)s在%(organisation)s的职务结束后，已打开的页面也不能再办理该单位的业务。")
        % {"user": holding.user, "organisation": holding.organisation.name},
        action=_("结束任职"),
        back=resolve_url("accounts:person", pk=holding.user_id),
        done=_("已登记任职的结束时间。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: end_office(
            holding=holding, until_at=form.until_at, by=request.actor, at=database_now()
        ),
    )


@manager_page("POST")
def manage(request: ActorRequest, pk: int) -> HttpResponse:
    """Make an office manage, or take that away."""
    holding = _office(request.actor, pk)
    action = {"appoint": appoint_manager, "dismiss": dismiss_manager}.get(request.POST.get("act", ""))
    if action is None:
        return HttpResponseBadRequest()
    action(holding=holding, by=request.actor, at=database_now())
    messages.success(request, _("管理权限已变更，立即生效。"))
    return redirect("accounts:person", pk=holding.user_id)


def _office(actor: Actor, pk: int) -> OfficeHolding:
    rows = OfficeHolding.objects.filter(organisation__in=managed_organisations(actor))
    return get_object_or_404(rows.select_related("user", "organisation"), pk=pk)
