"""Stock used and replenished (8.5)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.clock import database_now
from incidents.selectors import incident_for
from readiness.actions.stock import replenish_stock, use_stock
from readiness.forms import QuantityForm, UseForm
from readiness.models import Replenishment, Stock, StockUse
from readiness.permissions import area_for, check_actor_keeps, keeps
from readiness.registers import STORES
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest


@require_http_methods(["GET", "POST"])
@login_required
def use(request: PageRequest, code: str, pk: int) -> HttpResponse:
    """Show a stock with its uses, and take from it (8.5)."""
    area = area_for(request.actor, code)
    stock = get_object_or_404(Stock, pk=pk, area=area, left_at__isnull=True)
    if request.method == "POST":
        check_actor_keeps(request.actor, STORES, area)
    form = UseForm(posted(request), initial={"incident": request.GET.get("incident", "")})

    def perform() -> StockUse:
        said = form.cleaned_data
        number = said.pop("incident").strip()
        incident = incident_for(request.actor, number) if number else None
        return use_stock(stock=stock, incident=incident, **said, by=request.actor, at=database_now())

    if form.is_bound and form.attempt(perform) is not None:
        messages.success(request, _("已登记动用；补足之前记为待补充。"))
        return redirect("readiness:use_stock", area.code, pk)
    uses = stock.uses.select_related("incident", "organisation").prefetch_related("replenishments")
    context = {
        "area": area,
        "stock": stock,
        "form": form,
        "uses": uses.order_by("-pk"),
        "keeps": keeps(request.actor, STORES, area),
        "at": database_now(),
    }
    return render(request, "readiness/stock/use.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@login_required
def replenish(request: PageRequest, code: str, pk: int) -> HttpResponse:
    """Put back what was used (8.5)."""
    area = area_for(request.actor, code)
    check_actor_keeps(request.actor, STORES, area)
    used = get_object_or_404(StockUse, pk=pk, stock__area=area)
    form = QuantityForm(posted(request), initial={"quantity": used.owed or None})

    def perform() -> Replenishment:
        return replenish_stock(use=used, **form.cleaned_data, by=request.actor, at=database_now())

    if form.is_bound and form.attempt(perform) is not None:
        messages.success(request, _("已登记补充。"))
        return redirect("readiness:use_stock", area.code, used.stock_id)
    context = {
        "area": area,
        "use": used,
        "stock": used.stock,
        "form": form,
        "at": database_now(),
    }
    return render(request, "readiness/stock/replenish.html", context, status=form.status)
