"""Pages of one form each: enter, correct, withdraw, pay, return (7.1, 8.6)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aftermath.actions.care import withdraw_aftermath_entry
from aftermath.actions.ledger import pay_cost, receive_from_party
from aftermath.actions.orders import end_requisition
from aftermath.forms import CostForm, EndForm, PartyPaymentForm, PaymentForm
from aftermath.models import Cost, Liability, Payment, Requisition
from aftermath.permissions import check_actor_changes, check_actor_keeps
from aftermath.selectors.finishing import regulators_in_charge
from aftermath.selectors.insurance import incident_for_insurance
from aftermath.selectors.standing import HOLDS, standing
from aftermath.views.kinds import KINDS, WITHDRAWN, Kind
from audit.clock import database_now
from incidents.models import Incident
from incidents.selectors import family_ids, incident_for
from plan.aftermath import CLAUSE, COSTS_OF_MEASURES, COSTS_OF_ORDERS, SOCIAL_FORCES, OrderKind
from reporting.forms.legs import ReasonForm
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.selectors.measures import standing_measures


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def enter(request: PageRequest, number: str, kind: str) -> HttpResponse:
    """Make an entry of this kind."""
    own = _kind(kind)
    incident = incident_for_insurance(request.actor, number)
    own.check(request.actor, incident)
    return _record(request, incident, own, of=None)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def revise(request: PageRequest, number: str, kind: str, pk: int) -> HttpResponse:
    """Correct an entry, or say how it went on: a version that takes its place, with its reason."""
    own = _kind(kind)
    incident = incident_for_insurance(request.actor, number)
    own.check(request.actor, incident)
    entry = _entry(own.model, incident, pk)
    check_actor_changes(request.actor, entry, regulators_in_charge(incident))
    return _record(request, incident, own, of=entry)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def withdraw(request: PageRequest, number: str, kind: str, pk: int) -> HttpResponse:
    """Take an entry back, with a reason."""
    if kind not in WITHDRAWN:
        raise Http404
    incident = incident_for_insurance(request.actor, number)
    entry = _entry(WITHDRAWN[kind], incident, pk)
    check_actor_changes(request.actor, entry, regulators_in_charge(incident))
    form = ReasonForm(posted(request))
    page = FormPage(
        title=_("撤回记录"),
        clause=CLAUSE,
        lead=_("原记录不会删除，撤回后不再计入。"),
        action=_("撤回"),
        done=_("记录已撤回。"),
    )
    then = KINDS[kind].then if kind in KINDS else "aftermath:page"
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url(then, number=number),
        perform=lambda: withdraw_aftermath_entry(
            entry=entry,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=database_now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def cost_of(request: PageRequest, number: str, source: str, pk: int) -> HttpResponse:
    """Enter what a measure or an order on record costs, so that nothing is typed twice (7.1, 8.6)."""
    incident = incident_for(request.actor, number)
    check_actor_keeps(request.actor, incident)
    linked, initial = _of_measure(incident, pk) if source == "measure" else _of_order(incident, pk)
    return _record(request, incident, KINDS["costs"], of=None, initial=initial, **linked)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def pay(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Enter a payment for an item of the ledger (7.1)."""
    incident = incident_for(request.actor, number)
    check_actor_keeps(request.actor, incident)
    cost, at = _entry(Cost, incident, pk), database_now()
    form = PaymentForm(posted(request), at=at, initial={"amount": _left(cost)})
    page = _page(_("登记付款"), _("应付%s元。") % cost.amount, CLAUSE)
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("aftermath:page", number=number),
        perform=lambda: pay_cost(
            cost=cost, terms=form.terms(), form_token=form.token, by=request.actor, at=at
        ),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def party_paid(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Enter what a responsible party paid (7.1)."""
    incident = incident_for(request.actor, number)
    check_actor_keeps(request.actor, incident)
    liability, at = _entry(Liability, incident, pk), database_now()
    form = PartyPaymentForm(posted(request), at=at)
    page = _page(_("登记责任方付款"), _("赔偿给受害人的和归还财政垫付的分别登记。"), CLAUSE)
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("aftermath:page", number=number),
        perform=lambda: receive_from_party(
            liability=liability,
            flow=form.chosen_flow,
            terms=form.terms(),
            form_token=form.token,
            by=request.actor,
            at=at,
        ),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def end(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Say that what was called on was returned or compensated (8.6)."""
    incident = incident_for(request.actor, number)
    check_actor_keeps(request.actor, incident)
    order, at = _entry(Requisition, incident, pk), database_now()
    form = EndForm(posted(request), at=at)
    page = _page(_("归还或补偿：%s") % order.item, _("已补偿的，须先登记补偿费用并付清。"), SOCIAL_FORCES)
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url("aftermath:page", number=number),
        perform=lambda: end_requisition(order=order, **form.said(), by=request.actor, at=at),
    )


def _record(
    request: PageRequest,
    incident: Incident,
    kind: Kind,
    *,
    of: Any,
    initial: dict[str, Any] | None = None,
    **linked: Any,
) -> HttpResponse:
    at = database_now()
    more = {"liabilities": _liabilities(incident)} if kind.form is CostForm else {}
    form = kind.form(posted(request), of=of, at=at, initial=initial or {}, **more)
    if of is not None and not linked:
        linked = {name: getattr(of, name) for name in ("measure", "order") if hasattr(of, f"{name}_id")}
    return _page(kind.title, kind.lead, kind.clause).answer(
        request,
        form=form,
        incident=incident,
        then=resolve_url(kind.then, number=incident.number),
        perform=lambda: kind.enter(
            incident=incident, terms=form.terms(**linked), replaces=of, **form.why, by=request.actor, at=at
        ),
    )


def _page(title: Any, lead: Any, clause: str) -> FormPage:
    return FormPage(title=title, lead=lead, clause=clause, action=_("登记"), done=_("已登记。"))


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _entry(model: Any, incident: Incident, pk: int) -> Any:
    rows = model.objects.filter(HOLDS, incident__in=family_ids(incident))
    return get_object_or_404(rows.select_related("incident", "organisation"), pk=pk)


def _liabilities(incident: Incident) -> list[Liability]:
    return list(standing(Liability.objects.filter(incident__in=family_ids(incident))).order_by("pk"))


def _left(cost: Cost) -> Any:
    paid = Payment.objects.filter(HOLDS, cost=cost.statement_id).values_list("amount", flat=True)
    return cost.amount - sum(paid)


def _of_measure(incident: Incident, pk: int) -> tuple[dict[str, Any], dict[str, Any]]:
    known = {each.pk: each for each in standing_measures(incident) if each.kind in COSTS_OF_MEASURES}
    if pk not in known:
        raise Http404
    measure = known[pk]
    initial = {"kind": COSTS_OF_MEASURES[measure.kind].value, "proof": measure.spec.label_zh}
    return {"measure": measure}, initial


def _of_order(incident: Incident, pk: int) -> tuple[dict[str, Any], dict[str, Any]]:
    order = _entry(Requisition, incident, pk)
    initial = {
        "kind": COSTS_OF_ORDERS[OrderKind(order.kind)].value,
        "payee": order.owner,
        "is_person": order.is_person,
        "proof": order.document,
    }
    return {"order": order}, initial
