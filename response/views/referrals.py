"""Referrals of a file, and the accused unit's answer: what leaves the house and what comes back (3.4.1, 7.3)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit.clock import database_now
from plan.accountability import ReferralStep
from reporting.models import FileFormat
from reporting.views.documents import MEDIA
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.accountability_file_forms import (
    AnswerForm,
    RecordedAnswerForm,
    ReferralForm,
    ReferralStepForm,
)
from response.actions.accountability_answers import answer_accusation, record_accused_answer
from response.actions.exports import note_export
from response.actions.referrals import draw_up_referral, note_referral_step
from response.models import AccountabilityQuestion, Referral
from response.policies.accountability_files import check_is_accused, check_kind, check_reaches
from response.selectors.accountability_files import referrals_of
from response.views.accountability_files import address_of_file, check_offered, kept_file


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def refer(request: PageRequest, number: str, pk: int, kind: str) -> HttpResponse:
    """Draw up a referral on one of the plan's grounds (3.4.1, 7.3)."""
    incident, entry = kept_file(request, number, pk)
    spec = check_kind(kind)
    check_reaches(spec, entry.accused)
    check_offered(request, entry)
    form = ReferralForm(posted(request), kind=spec)
    page = FormPage(
        title=_("移送%(organ)s：%(ground)s") % {"organ": spec.addressee_zh, "ground": spec.ground_zh},
        clause=spec.clauses[0],
        lead=" ".join(_("预案%(ref)s：“%(text)s”") % {"ref": ref, "text": text} for ref, text in spec.quoted),
        action=_("拟制移送函"),
        done=_("移送函已拟制，可下载打印、用印后送出。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=address_of_file(incident, entry),
        perform=lambda: draw_up_referral(
            entry=entry,
            kind=kind,
            addressee=form.cleaned_data["addressee"],
            said=form.said(),
            contact=form.cleaned_data["contact"],
            form_token=form.token,
            by=request.actor,
            at=database_now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def referral_step(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Note that a referral was sent, signed for, accepted, not accepted or returned (7.3)."""
    row = get_object_or_404(Referral, pk=pk)
    incident, entry = kept_file(request, number, row.entry_id)
    check_offered(request, entry)
    (own,) = [each for each in referrals_of(entry) if each.referral.pk == row.pk]
    at = database_now()
    steps = own.next if request.method == "GET" else list(ReferralStep)
    form = ReferralStepForm(posted(request), steps=steps, initial={"happened_at": at})
    page = FormPage(
        title=_("登记移送进展：%s") % row.addressee,
        clause="7.3",
        lead=_("预案没有规定移送的步骤和时数，由本单位按实际进展登记。"),
        action=_("登记"),
        done=_("已登记移送进展。"),
    )

    def perform() -> object:
        data = form.cleaned_data
        said = {name: data[name] for name in ("happened_at", "proof", "reason")}
        step, token, now = ReferralStep(data["step"]), form.token, database_now()
        return note_referral_step(referral=row, step=step, **said, form_token=token, by=request.actor, at=now)

    then = address_of_file(incident, entry)
    return page.answer(request, form=form, incident=incident, then=then, perform=perform)


@require_safe
@never_cache
@login_required
def referral_file(request: PageRequest, number: str, pk: int, file_format: str) -> HttpResponse:
    """Give a referral as PDF or DOCX, byte for byte as it was drawn up; that it was taken is on record (7.3)."""
    row = get_object_or_404(Referral, pk=pk)
    kept_file(request, number, row.entry_id)
    if file_format not in FileFormat.values:
        raise Http404
    own = FileFormat(file_format)
    kept = row.files.get(file_format=own)
    note_export(table="referral", rows=1, sha256=kept.sha256, by=request.actor, at=database_now())
    answer = HttpResponse(bytes(kept.content), content_type=MEDIA[own])
    answer["Content-Disposition"] = f'attachment; filename="referral-{row.pk}.{own}"'
    return answer


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def record_answer(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Enter the unit's answer for it, with its source (7.3)."""
    asked = get_object_or_404(AccountabilityQuestion, pk=pk)
    incident, entry = kept_file(request, number, asked.entry_id)
    check_offered(request, entry)
    form = RecordedAnswerForm(posted(request))
    page = FormPage(
        title=_("登记%s的说明") % entry.accused.name,
        clause="7.3",
        lead=asked.question,
        action=_("登记"),
        done=_("已登记说明。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=address_of_file(incident, entry),
        perform=lambda: record_accused_answer(
            asked=asked,
            answer=form.cleaned_data["answer"],
            source=form.cleaned_data["source"],
            answered_at=form.cleaned_data["answered_at"],
            form_token=form.token,
            by=request.actor,
            at=database_now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def accused_question(request: PageRequest, pk: int) -> HttpResponse:
    """Show a unit what it is asked to explain, and nothing else of the file; take its answer (7.3)."""
    rows = AccountabilityQuestion.objects.select_related(
        "entry__accused", "entry__closing", "entry__incident", "organisation", "answered__organisation"
    )
    asked = get_object_or_404(rows, pk=pk)
    check_is_accused(request.actor.organisation, asked.entry.accused)
    form = AnswerForm(posted(request))

    def perform() -> object:
        answer, token, at = form.cleaned_data["answer"], form.token, database_now()
        return answer_accusation(asked=asked, answer=answer, form_token=token, by=request.actor, at=at)

    if form.is_bound and form.attempt(perform) is not None:
        return redirect(resolve_url("response:accused_question", pk=pk))
    context = {"asked": asked, "form": form, "incident": asked.entry.incident, "at": database_now()}
    return render(request, "response/accountability/question.html", context, status=form.status)
