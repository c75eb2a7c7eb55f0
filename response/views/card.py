"""The outbreak card of an incident: shown, entered, on paper (6.3.3)."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.rights import Right
from audit.clock import database_now
from incidents.actions.cards import record_outbreak_card
from incidents.permissions import check_actor_may_with
from incidents.selectors import incident_for
from reporting.documents.pdf import as_pdf
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.actions.exports import note_export
from response.brief.brief import sheet_of
from response.card_forms import CardForm
from response.card_page import card_page
from response.card_rows import card_brief, parts_of


@require_safe
@never_cache
@login_required
def card(request: PageRequest, number: str) -> HttpResponse:
    """Show what the line lists say beside what was entered."""
    incident = incident_for(request.actor, number)
    page = card_page(incident, request.actor, database_now())
    context = {"incident": incident, "shown": page, "parts": parts_of(page)}
    return render(request, "response/outbreak/card.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def enter_card(request: PageRequest, number: str) -> HttpResponse:
    """Enter what nothing computes, as a new version."""
    incident = incident_for(request.actor, number)
    whole = incident.merged_into or incident
    check_actor_may_with(request.actor, Right.KEEP_FOOD_HISTORIES, whole)
    form = CardForm(posted(request), card=whole.outbreak_cards.order_by("version").last())
    page = FormPage(
        title=_("填写暴发信息卡"),
        clause="6.3.3",
        lead=_("只填系统算不出的；病例清单里有的由系统计算。另立一版，原来各版保留。不写姓名。"),
        action=_("登记"),
        done=_("信息卡已登记。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("response:outbreak_card", number=number),
        perform=lambda: record_outbreak_card(
            incident=incident, **form.said(), by=request.actor, at=database_now()
        ),
    )


@require_GET
@never_cache
@login_required
def card_file(request: PageRequest, number: str) -> HttpResponse:
    """Hand the card out as PDF; what it said is on record by its hash."""
    incident, at = incident_for(request.actor, number), database_now()
    made = card_brief(incident, card_page(incident, request.actor, at), request.actor)
    note_export(table="outbreak-card", rows=len(made.sections), sha256=made.digest, by=request.actor, at=at)
    sheet = sheet_of(made, who=str(request.user))
    answer = HttpResponse(as_pdf(sheet, font_dir=settings.FONT_DIR), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="card-{number}-{at:%Y%m%d%H%M}.pdf"'
    return answer
