"""The duty roster: who is on duty for an organisation, and the hours that nobody has."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions.duty import end_shift, import_shifts, plan_shift
from accounts.duty import MUST_ANSWER
from accounts.duty_page import duty_page, roster_list, roster_rows, unattended, visible_rosters
from accounts.forms.duty import ShiftForm, TableForm
from accounts.models import DutyShift, Organisation, User
from accounts.permissions import actor_has, own_county
from accounts.requests import ActorRequest
from accounts.rights import Right
from accounts.selectors import managed_organisations, members_of
from accounts.views.guards import ActPage, manager_page, posted
from audit.clock import database_now

MANAGER_PAGE: Final = ("GET", "HEAD", "POST")


@require_safe
@never_cache
@login_required
def rosters(request: ActorRequest) -> HttpResponse:
    """List the rosters the reader may see: of the organisations managed, and of their own."""
    at = database_now()
    page = roster_list(request.actor, number=request.GET.get("page", "1"))
    own = own_county(request.actor)
    open_ = unattended(MUST_ANSWER, own.pk if own else None, at=at) if _watches(request) else []
    context = {"page": page, "rows": roster_rows(page.object_list, at=at), "unattended": open_, "at": at}
    return render(request, "accounts/duty/list.html", context)


@require_safe
@never_cache
@login_required
def roster(request: ActorRequest, code: str) -> HttpResponse:
    """Show the roster and the addresses of one organisation."""
    at = database_now()
    organisation = get_object_or_404(visible_rosters(request.actor), code=code)
    shown = duty_page(request.actor, organisation, at=at)
    return render(request, "accounts/duty/page.html", {"duty": shown, "at": at})


@manager_page(*MANAGER_PAGE)
def new_shift(request: ActorRequest, code: str) -> HttpResponse:
    """Put somebody on duty."""
    organisation = _managed(request, code)
    form = ShiftForm(posted(request), people=_members(organisation))
    return _page(
        organisation, _("安排值班"), _("从开始到结束，告警先通知值班人；无人确认时通知备班人，再通知管理员。")
    ).answer(
        request,
        form=form,
        perform=lambda: plan_shift(
            organisation=organisation, **form.said, by=request.actor, at=database_now()
        ),
    )


@manager_page(*MANAGER_PAGE)
def new_table(request: ActorRequest, code: str) -> HttpResponse:
    """Put down a whole roster at once."""
    organisation = _managed(request, code)
    form = TableForm(posted(request))

    def perform() -> object:
        table = form.cleaned_data["table"]
        return import_shifts(organisation=organisation, table=table, by=request.actor, at=database_now())

    lead = _("有一行不能采用，则全部不采用。")
    return _page(organisation, _("导入排班表"), lead).answer(request, form=form, perform=perform)


@manager_page("POST")
def end(request: ActorRequest, pk: int) -> HttpResponse:
    """End a shift, or call it off."""
    shifts = DutyShift.objects.filter(organisation__in=managed_organisations(request.actor))
    shift = get_object_or_404(shifts.select_related("organisation"), pk=pk)
    end_shift(shift=shift, by=request.actor, at=database_now())
    messages.success(request, _("班次已结束或取消。"))
    return redirect("accounts:roster", code=shift.organisation.code)


def _page(organisation: Organisation, title: str, lead: str) -> ActPage:
    back = resolve_url("accounts:roster", code=organisation.code)
    return ActPage(
        title=title, lead=f"{organisation.name}：{lead}", action=title, back=back, done=_("已保存。")
    )


def _managed(request: ActorRequest, code: str) -> Organisation:
    return get_object_or_404(managed_organisations(request.actor), code=code)


def _watches(request: ActorRequest) -> bool:
    """Tell whether the reader sees the board, which says how many offices have nobody on duty."""
    return actor_has(request.actor, Right.SEE_BOARD)


def _members(organisation: Organisation) -> QuerySet[User]:
    return members_of(organisation, at=database_now())
