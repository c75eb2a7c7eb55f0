"""The calendar of important events: its list, and entering, changing and cancelling an entry (5.1(8), A22)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import check_actor_may
from accounts.rights import Right
from accounts.views.guards import ActPage, posted
from audit.clock import database_now
from reporting.actions.events import cancel_event, change_event, enter_event
from reporting.asking import refusal_of
from reporting.calendar import calendar_page
from reporting.forms.calendar import ChangeEventForm, EventForm
from reporting.forms.legs import ReasonForm
from reporting.models import ImportantEvent
from reporting.permissions import check_actor_keeps_calendar
from reporting.views.requests import PageRequest


@require_safe
@login_required
def calendar(request: PageRequest) -> HttpResponse:
    """List the important events, for every office whose incidents they may concern."""
    check_actor_may(request.actor, Right.SEE_INCIDENTS)
    at = database_now()
    page, rows = calendar_page(request.GET.get("page", "1"), at)
    refusal = refusal_of(lambda: check_actor_keeps_calendar(request.actor))
    context = {"page": page, "rows": rows, "refusal": refusal, "at": at}
    return render(request, "reporting/calendar/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_event(request: PageRequest) -> HttpResponse:
    """Enter an important event."""
    check_actor_keeps_calendar(request.actor)
    form = EventForm(posted(request))
    page = ActPage(
        title=_("登记重要活动"),
        lead=_(
            "活动期间、区域内发生的食品安全事故，不论级别，一律按5.1(8)起算报告时限；已发生的也一并起算。"
        ),
        action=_("登记"),
        back=resolve_url("reporting:calendar"),
        done=_("已登记；活动期间、区域内的事故已按5.1(8)起算。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: enter_event(draft=form.draft(), by=request.actor, at=database_now()),
    )


@require_http_methods(["GET", "POST"])
@login_required
def edit_event(request: PageRequest, pk: int) -> HttpResponse:
    """Change an important event by a new version."""
    check_actor_keeps_calendar(request.actor)
    event = get_object_or_404(ImportantEvent, pk=pk)
    form = ChangeEventForm(posted(request), event=event)
    page = ActPage(
        title=_("修改重要活动"),
        lead=_("原记录保留。活动提前结束的，改结束时间；已起算的时限不因活动结束而停止（A65）。"),
        action=_("修改"),
        back=resolve_url("reporting:calendar"),
        done=_("已修改，有关事故的时限已按新的期间和区域重新核对。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: change_event(
            event=event,
            draft=form.draft(),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=database_now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def drop_event(request: PageRequest, pk: int) -> HttpResponse:
    """Take an event that is none off the calendar."""
    check_actor_keeps_calendar(request.actor)
    event = get_object_or_404(ImportantEvent, pk=pk)
    form = ReasonForm(posted(request))
    page = ActPage(
        title=_("取消重要活动"),
        lead=_("取消“%(name)s”：因它起算、尚未履行的时限随之终止。活动提前结束的不要取消，请改结束时间。")
        % {"name": event.name},
        action=_("取消这项活动"),
        back=resolve_url("reporting:calendar"),
        done=_("已取消，记录保留。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: cancel_event(
            event=event, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
    )
