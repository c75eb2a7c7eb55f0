"""The editions, two held side by side, a draft and what it would have changed (9.1)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.guards import ActPage, posted
from audit.clock import database_now
from editions.actions.drafts import draft_edition, note_law, record_plan_review, try_draft
from editions.forms.drafts import DraftForm, LawForm, ReviewForm
from editions.models import Draft, EffectLine, PlanReview
from editions.permissions import check_actor_keeps_plan, check_actor_sees_plans
from editions.selectors import draft_by, edition_by, editions_on, last_run, laws
from editions.wording import NUMBER_LABELS
from plan.editions import edition_for
from plan.revising import Change, compare, compare_numbers
from reporting.asking import refusal_of
from reporting.views.requests import PageRequest

LINES_A_PAGE = 50


@require_safe
@login_required
def editions(request: PageRequest) -> HttpResponse:
    """List the editions of the plan, drafts of its revision, and reviews."""
    check_actor_sees_plans(request.actor)
    at = database_now()
    today = timezone.localtime(at).date()
    context = {
        "editions": editions_on(today),
        "laws": laws(edition_for(today)),
        "drafts": Draft.objects.order_by("-pk")[:LINES_A_PAGE],
        "reviews": PlanReview.objects.order_by("-held_on", "-pk")[:LINES_A_PAGE],
        "refusal": refusal_of(lambda: check_actor_keeps_plan(request.actor)),
        "at": at,
    }
    return render(request, "editions/list.html", context)


@require_safe
@login_required
def compared(request: PageRequest, older: str, newer: str) -> HttpResponse:
    """Show two editions side by side: numbers first, then every clause that differs, word by word."""
    check_actor_sees_plans(request.actor)
    before, after = edition_by(older), edition_by(newer)
    clauses = compare(before, after)
    context = {
        "before": before,
        "after": after,
        "numbers": [(NUMBER_LABELS[each.name], each) for each in compare_numbers(before, after)],
        "clauses": [each for each in clauses if each.change is not Change.SAME],
        "same": sum(each.change is Change.SAME for each in clauses),
    }
    return render(request, "editions/compared.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_draft(request: PageRequest) -> HttpResponse:
    """Send a revision in."""
    check_actor_keeps_plan(request.actor)
    form = DraftForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.is_bound:
        made = form.attempt(lambda: draft_edition(**form.cleaned_data, by=request.actor, at=database_now()))
        if made is not None:
            messages.success(request, _("已收下修订稿；它不用于任何事故，可以试算影响。"))
            return redirect("editions:draft", key=made.key)
    return render(request, "editions/new_draft.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@login_required
def draft(request: PageRequest, key: str) -> HttpResponse:
    """Show what a draft would have changed, and try it again."""
    check_actor_sees_plans(request.actor)
    own = draft_by(key)
    if request.method == "POST":
        try_draft(draft=own, by=request.actor, at=database_now())
        messages.success(request, _("已试算：没有改动任何事故。"))
        return redirect("editions:draft", key=own.key)
    run = last_run(own)
    lines = EffectLine.objects.filter(run=run).order_by("number") if run else EffectLine.objects.none()
    context = {
        "draft": own,
        "edition": edition_by(own.key),
        "run": run,
        "page": Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page")),
        "refusal": refusal_of(lambda: check_actor_keeps_plan(request.actor)),
    }
    return render(request, "editions/draft.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_law_note(request: PageRequest) -> HttpResponse:
    """Note which version of an instrument is current."""
    check_actor_keeps_plan(request.actor)
    form = LawForm(posted(request), initial={"name": request.GET.get("name", "")})
    page = ActPage(
        title=_("登记现行版本"),
        lead=_("本预案依据所列法律法规及相关规定编制（1.2）；列举未尽，可以增加。"),
        action=_("登记"),
        back=resolve_url("editions:list"),
        done=_("已登记。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: note_law(**form.cleaned_data, by=request.actor, at=database_now()),
    )


@require_http_methods(["GET", "POST"])
@login_required
def new_review(request: PageRequest) -> HttpResponse:
    """Record a review of the plan."""
    check_actor_keeps_plan(request.actor)
    form = ReviewForm(posted(request))
    page = ActPage(
        title=_("登记预案评估"),
        lead=_("市食药安办会同有关单位适时组织对本预案的评估和修订（9.1）；预案未定间隔。"),
        action=_("登记"),
        back=resolve_url("editions:list"),
        done=_("已登记。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: record_plan_review(**form.cleaned_data, by=request.actor, at=database_now()),
    )
