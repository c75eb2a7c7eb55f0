"""The team, what goes above the city, and improvements with what became of them (7.2)."""

from collections.abc import Callable, Mapping
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rights import Right
from audit.clock import database_now
from incidents.permissions import check_actor_may_with
from incidents.selectors import incident_for
from plan.papers import CLAUSE, PaperKind
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from review.actions.improving import (
    judge_improvement,
    propose_improvement,
    report_improvement,
    withdraw_improvement,
)
from review.actions.investigating import form_investigation_team, note_exchange_above
from review.forms.following import (
    AboveForm,
    ImprovementForm,
    JudgementForm,
    ReportForm,
    TeamForm,
    WithdrawalForm,
)
from review.papers_page import bodies_concerned
from review.permissions import check_actor_follows, check_actor_improves, check_actor_writes_paper
from review.policies import check_can_draft_paper
from review.selectors import Followed, bodies_of, improvement_for, improvements_for, team_of


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def team(request: PageRequest, number: str) -> HttpResponse:
    """Form the team that investigates, or change it (7.2)."""
    incident, at = incident_for(request.actor, number), database_now()
    check_actor_may_with(request.actor, Right.INVESTIGATE, incident)
    check_can_draft_paper(PaperKind.INVESTIGATION, confirmed=incident.confirmed_level)
    body = bodies_of(PaperKind.INVESTIGATION, incident)[0]
    check_actor_writes_paper(request.actor, incident, PaperKind.INVESTIGATION, body)
    form = TeamForm(posted(request), team=team_of(incident), initial={"formed_at": at})
    page = FormPage(
        title=_("调查组"),
        clause=CLAUSE,
        lead=_("调查组按事故级别组成，由%s及有关单位参加；可以先于善后处置结束开展工作。") % body.name,
        action=_("登记"),
        done=_("已登记调查组。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("review:papers", number=number),
        perform=lambda: form_investigation_team(
            incident=incident, **form.said(), by=request.actor, at=database_now()
        ),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def above(request: PageRequest, number: str) -> HttpResponse:
    """Put down what goes to a team above the city, or its result (7.2: Ⅰ, Ⅱ)."""
    incident, at = incident_for(request.actor, number), database_now()
    check_actor_follows(request.actor, incident)
    form = AboveForm(posted(request), initial={"exchanged_at": at})
    page = FormPage(
        title=_("上级调查评估"),
        clause=CLAUSE,
        lead=_("特别重大、重大事故由国家、省组成调查组；市里提供材料，保存结果。"),
        action=_("登记"),
        done=_("已登记。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("review:papers", number=number),
        perform=lambda: note_exchange_above(
            incident=incident, **form.said(), by=request.actor, at=database_now()
        ),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def new_improvement(request: PageRequest, number: str) -> HttpResponse:
    """Propose an improvement to one body (7.2)."""
    incident = incident_for(request.actor, number)
    check_actor_follows(request.actor, incident)
    form = ImprovementForm(posted(request), bodies=bodies_concerned(incident))
    page = FormPage(
        title=_("提出改进意见"),
        clause=CLAUSE,
        lead=_("责任单位即时收到通知；办结以市食药安办核验为准。"),
        action=_("提出"),
        done=_("已提出改进意见。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("review:papers", number=number),
        perform=lambda: propose_improvement(
            incident=incident, **form.said(), by=request.actor, at=database_now()
        ),
    )


@require_safe
@never_cache
@login_required
def improvements(request: PageRequest) -> HttpResponse:
    """List the improvements that this office has to carry out, or to follow (7.2)."""
    at = database_now()
    listed = [(each, each.is_overdue(at)) for each in improvements_for(request.actor)]
    return render(request, "review/improvements/list.html", {"listed": listed, "at": at})


@require_safe
@never_cache
@login_required
def improvement(request: PageRequest, pk: int) -> HttpResponse:
    """Show an improvement and what became of it (7.2)."""
    found, at = improvement_for(request.actor, pk), database_now()
    is_own = request.actor.organisation == found.improvement.addressee
    context = {
        "found": found,
        "incident": found.improvement.incident,
        "is_own": is_own,
        "follows": found.improvement.organisation == request.actor.organisation,
        "is_overdue": found.is_overdue(at),
        "at": at,
    }
    return render(request, "review/improvements/page.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def improvement_act(request: PageRequest, pk: int, act: str) -> HttpResponse:
    """Report on an improvement, find it done or return it, take it back (7.2)."""
    if act not in ACTS:
        raise Http404
    return ACTS[act](request, improvement_for(request.actor, pk))


def _report(request: PageRequest, found: Followed) -> HttpResponse:
    own, form = found.improvement, ReportForm(posted(request))
    check_actor_improves(request.actor, own)
    return _answer(
        request,
        found,
        form,
        _("报告改进情况"),
        lambda: report_improvement(improvement=own, **form.cleaned_data, by=request.actor, at=database_now()),
    )


def _judge(request: PageRequest, found: Followed) -> HttpResponse:
    own, form = found.improvement, JudgementForm(posted(request))
    check_actor_follows(request.actor, own.incident)
    return _answer(
        request,
        found,
        form,
        _("核验"),
        lambda: judge_improvement(improvement=own, **form.cleaned_data, by=request.actor, at=database_now()),
    )


def _withdraw(request: PageRequest, found: Followed) -> HttpResponse:
    own, form = found.improvement, WithdrawalForm(posted(request))
    check_actor_follows(request.actor, own.incident)
    return _answer(
        request,
        found,
        form,
        _("撤回"),
        lambda: withdraw_improvement(
            improvement=own, **form.cleaned_data, by=request.actor, at=database_now()
        ),
    )


def _answer(
    request: PageRequest,
    found: Followed,
    form: ReportForm | JudgementForm | WithdrawalForm,
    title: str,
    perform: Callable[[], object],
) -> HttpResponse:
    page = FormPage(title=title, clause=CLAUSE, lead=found.improvement.text, action=title, done=_("已登记。"))
    return page.answer(
        request,
        form=form,
        incident=found.improvement.incident,
        then=resolve_url("review:improvement", pk=found.improvement.pk),
        perform=perform,
    )


ACTS: Final[Mapping[str, Callable[[PageRequest, Followed], HttpResponse]]] = {
    "report": _report,
    "judge": _judge,
    "withdraw": _withdraw,
}
