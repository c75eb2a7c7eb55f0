"""Orders across incidents, and what waits for headquarters (3.1, 3.2)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.fields import words
from accounts.permissions import actor_has, check_actor_may
from accounts.rights import Right
from audit.clock import database_now
from plan.command_log import LOG_KINDS
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest
from response.actions.commands import execute_command, receive_command
from response.doings.doing import DoingForm
from response.log_lines import answers_of
from response.models import CommandAddressee, CommandKind
from response.order_list import OrderFilters, Standing, orders_page
from response.selectors.members import members_for
from response.situation.command import applications_waiting
from response.waiting import waiting_for


@require_safe
@login_required
def orders(request: PageRequest) -> HttpResponse:
    """List what an office supervises or has to do; the filters stand in the address (3.1, 3.2)."""
    at, asked = database_now(), request.GET
    names = ("kind", "state", "incident", "body")
    filters = OrderFilters(**{name: asked.get(name, "") for name in names})
    page, rows, counts = orders_page(request.actor, filters, asked.get("page", "1"), at)
    context = {
        "page": page,
        "rows": rows,
        "counts": [(state, counts[state]) for state in Standing],
        "filters": filters,
        "kinds": CommandKind.choices,
        "is_member": members_for(request.actor).exists(),
        "commands": actor_has(request.actor, Right.COMMAND),
        "at": at,
    }
    return render(request, "response/orders/list.html", context)


@require_safe
@login_required
def approvals(request: PageRequest) -> HttpResponse:
    """List what waits for headquarters or their commander, the longest first (3.1, 6.4)."""
    check_actor_may(request.actor, Right.SEE_INCIDENTS)
    page, rows = waiting_for(request.actor, request.GET.get("page", "1"))
    applications = applications_waiting(request.actor) if page.number == 1 else []
    context = {"page": page, "rows": rows, "applications": applications, "at": database_now()}
    return render(request, "response/orders/approvals.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def order(request: PageRequest, pk: int) -> HttpResponse:
    """Show an entry of the command log to whom it names; sign for it, or say that it was carried out (3.1, 3.2)."""
    rows = CommandAddressee.objects.select_related("entry__response__incident", "entry__organisation")
    row = rows.filter(pk=pk, organisation=request.actor.organisation).first()
    if row is None:
        raise Http404
    asks = row.must_act and row.executed_at is None and row.received_at is not None
    fields = {"outcome": words(label=_("办理情况"), required=True)} if asks else {}
    form = DoingForm(posted(request), fields=fields, initial={})
    by, at = request.actor, database_now()

    def perform() -> CommandAddressee:
        if asks:
            return execute_command(addressee=row, outcome=form.cleaned_data["outcome"], by=by, at=at)
        return receive_command(addressee=row, by=by, at=at)

    if form.is_bound and form.attempt(perform) is not None:
        return redirect("response:order", pk=row.pk)
    context = {
        "row": row,
        "form": form,
        "incident": row.entry.response.incident,
        "asks": asks,
        "answers": list(answers_of(row.entry)),
        "clause": LOG_KINDS[row.entry.kind].clause,
    }
    return render(request, "response/orders/order.html", context, status=form.status)
