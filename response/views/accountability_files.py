"""An accountability file, and what may be done with it: pages for the office in charge alone (7.3)."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rights import Right
from audit.clock import database_now
from audit.models import AuditEvent
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from incidents.selectors import incident_for
from plan.accountability import REFERRALS
from reporting.asking import refusal_of
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.accountability_file_forms import CloseForm, EvidenceForm, OutcomeForm, QuestionForm
from response.accountability_wording import sentence_of
from response.actions.accountability_answers import ask_accused
from response.actions.accountability_ends import close_accountability_file, record_outcome
from response.actions.accountability_evidence import link_evidence
from response.models import AccountabilityEntry
from response.policies.accountability_files import check_is_open, check_reaches
from response.selectors.accountability import prompt_of
from response.selectors.accountability_files import file_for, file_now, offered_for, referrals_of


def kept_file(request: PageRequest, number: str, pk: int) -> tuple[Incident, AccountabilityEntry]:
    """Return an incident and a file of it that this office is in charge of; else a refusal (403, 404)."""
    incident = incident_for(request.actor, number)
    check_actor_may_with(request.actor, Right.KEEP_ACCOUNTABILITY, incident)
    return incident, file_for(request.actor, incident, pk)


def check_offered(request: PageRequest, entry: AccountabilityEntry) -> None:
    """Raise a refusal (409) where a form is asked for of a closed file; what is sent, its action judges."""
    if request.method == "GET":
        check_is_open(entry)


def address_of_file(incident: Incident, entry: AccountabilityEntry) -> str:
    """Return where a file stands."""
    return resolve_url("response:accountability_file", number=incident.number, pk=entry.pk)


@require_safe
@never_cache
@login_required
def accountability_file(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Show a file: evidence held against its hashes, questions and answers, referrals, outcomes, its end (7.3)."""
    incident, entry = kept_file(request, number, pk)
    at = database_now()
    grounds = [(kind, refusal_of(partial(check_reaches, kind, entry.accused))) for kind in REFERRALS.values()]
    context = {
        "incident": incident,
        "file": file_now(entry, at),
        "sentence": sentence_of(prompt_of(entry, at)),
        "grounds": grounds,
        "at": at,
    }
    return render(request, "response/accountability/file.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def evidence_of_file(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Choose acts on record to link to a file; `q` narrows what is listed (7.3)."""
    incident, entry = kept_file(request, number, pk)
    check_offered(request, entry)
    asked = request.GET.get("q", "").strip()
    form = EvidenceForm(posted(request), offered=offered_for(entry, asked))

    def perform() -> object:
        events = list(AuditEvent.objects.filter(pk__in=form.cleaned_data["acts"]).order_by("pk"))
        return link_evidence(entry=entry, events=events, by=request.actor, at=database_now())

    if form.is_bound and form.attempt(perform) is not None:
        return redirect(address_of_file(incident, entry))
    context = {
        "incident": incident,
        "form": form,
        "asked": asked,
        "back": address_of_file(incident, entry),
    }
    return render(request, "response/accountability/evidence.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def question_to_accused(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Ask the accused unit for its answer, by a time of the office's own (7.3)."""
    incident, entry = kept_file(request, number, pk)
    check_offered(request, entry)
    form = QuestionForm(posted(request))
    page = FormPage(
        title=_("要求%s说明情况") % entry.accused.name,
        clause="7.3",
        lead=_("答复时间由本单位确定并如此标明；该单位没有账号的，另行送达，收到说明后代为登记。"),
        action=_("发出"),
        done=_("已要求说明。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=address_of_file(incident, entry),
        perform=lambda: ask_accused(
            entry=entry,
            question=form.cleaned_data["question"],
            due_at=form.cleaned_data["due_at"],
            form_token=form.token,
            by=request.actor,
            at=database_now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def outcome_of_file(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Put down what a competent body decided (7.3)."""
    incident, entry = kept_file(request, number, pk)
    check_offered(request, entry)
    sent = [each.referral for each in referrals_of(entry) if each.standing not in {"", "void"}]
    form = OutcomeForm(posted(request), referrals=sent)
    page = FormPage(
        title=_("登记处理结果"),
        clause="7.3",
        lead=_("只登记有权机关的文件；系统和本单位不作出处理结论。"),
        action=_("登记"),
        done=_("已登记处理结果。"),
    )

    def perform() -> object:
        data = form.cleaned_data
        said = {name: data[name] for name in ("body", "document_number", "decided_on", "outcome")}
        referral = form.referrals.get(data["referral"])
        by, at = request.actor, database_now()
        return record_outcome(entry=entry, **said, referral=referral, form_token=form.token, by=by, at=at)

    then = address_of_file(incident, entry)
    return page.answer(request, form=form, incident=incident, then=then, perform=perform)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def close_file(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Close a file, with an outcome or a reason (7.3)."""
    incident, entry = kept_file(request, number, pk)
    check_offered(request, entry)
    form = CloseForm(posted(request))
    page = FormPage(
        title=_("办结追责档案"),
        clause="7.3",
        lead=_("已登记处理结果的，按最近一项办结；没有的须写明理由。办结后不再补充。"),
        action=_("办结"),
        done=_("档案已办结。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=address_of_file(incident, entry),
        perform=lambda: close_accountability_file(
            entry=entry,
            reason=form.cleaned_data["reason"],
            form_token=form.token,
            by=request.actor,
            at=database_now(),
        ),
    )
