"""Recording and correcting facts of an incident."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.clock import database_now
from incidents.actions.facts import correct_fact, record_facts
from incidents.models import Fact, FactKind
from incidents.permissions import check_actor_can_record
from incidents.selectors import current_facts, family_ids, incident_for
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.agent_fields import suspect_typed
from response.forms import CorrectionForm, FactForm


@require_http_methods(["GET", "POST"])
@login_required
def fact(request: PageRequest, number: str) -> HttpResponse:
    """Record one fact of the kind that `?kind=` names (5.1(6)); the level is assessed at once (6.1)."""
    incident = incident_for(request.actor, number)
    kind = request.GET.get("kind", FactKind.ILLNESS)
    if kind not in FactKind.values:
        raise Http404
    check_actor_can_record(request.actor, incident, kind)
    at = database_now()
    stated = list(current_facts(family_ids(incident)).filter(kind=kind).select_related("source"))
    form = FactForm(posted(request), kind=kind, stated=stated, at=at)
    page = FormPage(
        title=_("登记事实：%s") % FactKind(kind).label,
        lead=_("登记后立即重新评估级别；登记的内容不能修改，只能更正。"),
        action=_("登记"),
        done=_("已登记，系统已重新评估。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: record_facts(incident=incident, entries=[form.new_fact()], by=request.actor, at=at),
    )


@require_http_methods(["GET", "POST"])
@login_required
def correct(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Correct one fact by a new one that names it (5.1)."""
    incident = incident_for(request.actor, number)
    wrong = get_object_or_404(Fact.objects.filter(incident__in=family_ids(incident)), pk=pk)
    check_actor_can_record(request.actor, incident, wrong.kind)
    form = CorrectionForm(posted(request), kind=wrong.kind, wrong=wrong, initial=_as_typed(wrong))
    page = FormPage(
        title=_("更正事实：%s") % FactKind(wrong.kind).label,
        clause="5.1",
        lead=_("原记录不会删除；更正和理由一并留存。"),
        action=_("更正"),
        done=_("已更正，原记录保留；系统已重新评估。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        perform=lambda: correct_fact(
            fact=wrong,
            value=form.value,
            **form.happened(),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=database_now(),
        ),
    )


def _as_typed(wrong: Fact) -> dict[str, object]:
    """Return the wrong value as the form's fields hold it."""
    value = wrong.value
    if isinstance(value, dict):
        if wrong.kind == FactKind.OCCURRED:
            return {end: datetime.fromisoformat(moment) for end, moment in value.items()}
        texts = {FactKind.PLACE: "text", FactKind.SENSITIVE: "reason"}
        return {"value": value[texts[FactKind(wrong.kind)]]} if wrong.kind in texts else value
    if wrong.kind == FactKind.SUSPECT_AGENT:
        return suspect_typed(value)
    if isinstance(value, bool):
        return {"value": "yes" if value else "no"}
    return {"value": value}
