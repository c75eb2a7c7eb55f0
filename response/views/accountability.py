"""Suspicions and what was decided on them: pages for the office in charge alone (7.3)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from incidents.permissions import check_actor_may_with
from incidents.selectors import incident_for
from plan.accountability import AccountabilityGround
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.accountability_forms import FileForm, PromptForm
from response.accountability_wording import in_words
from response.actions.accountability import dismiss_accountability_prompt, open_accountability_file
from response.models import AccountabilityDecision, AccountabilityEntry
from response.policies.accountability import check_is_raised
from response.selectors.accountability import (
    Prompt,
    concerned_organisations,
    files_for,
    prompts_for,
    recent_prompts,
)
from response.selectors.accountability_files import files_kept


@require_safe
@never_cache
@login_required
def suspicions(request: PageRequest) -> HttpResponse:
    """List what waits for this office's decision, over the incidents that changed last (7.3)."""
    check_actor_may(request.actor, Right.KEEP_ACCOUNTABILITY)
    at = database_now()
    waiting = [(each, in_words(each)) for each in recent_prompts(request.actor, at)]
    context = {"waiting": waiting, "files": files_kept(request.actor), "at": at}
    return render(request, "response/accountability/recent.html", context)


@require_safe
@never_cache
@login_required
def accountability(request: PageRequest, number: str) -> HttpResponse:
    """Show the suspicions about an incident that this office is in charge of, and what was decided (7.3)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.KEEP_ACCOUNTABILITY, incident)
    at = database_now()
    prompts = prompts_for(request.actor, incident, at)
    told = [(each, in_words(each)) for each in prompts]
    about = {each.decision.pk: (each, words) for each, words in told if each.decision is not None}
    context = {
        "incident": incident,
        "waiting": [each for each in told if each[0].is_open],
        "overtaken": [each for each in told if each[0].decision is None and each[0].is_overtaken],
        "decided": [
            (entry, *about.get(entry.pk, (None, ""))) for entry in files_for(request.actor, incident)
        ],
        "at": at,
    }
    return render(request, "response/accountability/list.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def prompt(request: PageRequest, number: str, subject: str) -> HttpResponse:
    """Decide on a suspicion: open a file or dismiss, with a reason (7.3)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.KEEP_ACCOUNTABILITY, incident)
    own = {each.slug: each for each in prompts_for(request.actor, incident, database_now())}
    check_is_raised(is_raised=subject in own)
    about = own[subject]
    # Between two grounds the machine chooses none.
    only = about.grounds[0].value if len(about.grounds) == 1 else ""
    form = PromptForm(posted(request), initial={"ground": only})
    page = FormPage(
        title=_("处理线索：%s") % about.accused.name,
        clause="7.3",
        lead=in_words(about),
        action=_("提交"),
        done=_("已登记处理结果。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("response:accountability", number=number),
        perform=lambda: _decide(request, about, form),
    )


def _decide(request: PageRequest, about: Prompt, form: PromptForm) -> AccountabilityEntry:
    data, by, at = form.cleaned_data, request.actor, database_now()
    if data["decision"] == AccountabilityDecision.DISMISSED:
        return dismiss_accountability_prompt(
            incident=about.incident,
            about=about.subject,
            reason=data["reason"],
            form_token=form.token,
            by=by,
            at=at,
        )
    return open_accountability_file(
        incident=about.incident,
        about=about.subject,
        ground=AccountabilityGround(data["ground"]),
        reason=data["reason"],
        form_token=form.token,
        by=by,
        at=at,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def new_file(request: PageRequest, number: str) -> HttpResponse:
    """Open a file by hand (7.3, A41)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.KEEP_ACCOUNTABILITY, incident)
    form = FileForm(posted(request), concerned=concerned_organisations(request.actor, incident))
    page = FormPage(
        title=_("立案"),
        clause="7.3",
        lead=_("记录本身没有显示的，如漏报，由有权处理的人员提出并写明理由。"),
        action=_("立案"),
        done=_("已立案。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("response:accountability", number=number),
        perform=lambda: open_accountability_file(
            incident=incident,
            accused=form.concerned[form.cleaned_data["accused"]],
            ground=AccountabilityGround(form.cleaned_data["ground"]),
            reason=form.cleaned_data["reason"],
            form_token=form.token,
            by=request.actor,
            at=database_now(),
        ),
    )
