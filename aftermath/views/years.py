"""What the incidents of a year cost, by kind and county: page and file from the same sums (7.1)."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from accounts.permissions import check_actor_may
from accounts.rights import Right
from aftermath.selectors.costs import Sums, costs_of_year
from aftermath.views.exports import handed_out
from audit.clock import database_now
from plan.refusal import PlanRefusal
from reporting.views.requests import PageRequest

FIRST_YEAR = 2021


@require_safe
@never_cache
@login_required
def this_year(request: PageRequest) -> HttpResponse:
    """Lead on to the year that runs in Ningbo."""
    return redirect("aftermath:year", which=timezone.localdate(database_now()).year)


@require_safe
@never_cache
@login_required
def year(request: PageRequest, which: int) -> HttpResponse:
    """Show the year's costs of the incidents that the office may see."""
    check_actor_may(request.actor, Right.SEE_AFTERMATH)
    at = database_now()
    latest = timezone.localdate(at).year
    _check_is_a_year(which, latest)
    context: dict[str, Any] = {
        "costs": costs_of_year(request.actor, which),
        "before": which - 1 if which > FIRST_YEAR else None,
        "after": which + 1 if which < latest else None,
        "at": at,
    }
    return render(request, "aftermath/year.html", context)


@require_GET
@never_cache
@login_required
def year_file(request: PageRequest, which: int) -> HttpResponse:
    """Hand the same sums out as a workbook."""
    check_actor_may(request.actor, Right.SEE_AFTERMATH)
    at = database_now()
    _check_is_a_year(which, timezone.localdate(at).year)
    costs = costs_of_year(request.actor, which)
    rows = [
        *(_row(_("按种类"), kind.label_zh, sums) for kind, sums in costs.by_kind.items()),
        *(_row(_("按区县（市）"), name, sums) for name, sums in costs.by_county),
        _row(_("合计"), "", costs.total),
    ]
    headings = [_("分类"), _("名称"), _("应付金额（元）"), _("已付金额（元）"), _("未付金额（元）")]
    return handed_out(
        request,
        table=f"aftermath-{which}",
        title=_("%d年善后费用") % which,
        headings=headings,
        rows=rows,
        at=at,
    )


def _row(group: str, name: str, sums: Sums) -> list[str | Decimal]:
    return [group, name, sums.owed, sums.paid, sums.left]


def _check_is_a_year(number: int, latest: int) -> None:
    if not FIRST_YEAR <= number <= latest:
        raise PlanRefusal(_("没有这一年的记录。"), clause="9.3", code="no_such_year", status=404)
