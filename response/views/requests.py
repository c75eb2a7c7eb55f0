"""What a department was asked for, and nothing else of the incident: it opens the request and answers it (6.1)."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.fields import words
from audit.clock import database_now
from reporting.views.form_page import posted
from reporting.views.requests import PageRequest
from response.actions.assessments import answer_data_request
from response.doings.doing import DoingForm
from response.selectors.requests import requests_to

PER_PAGE = 30


@require_safe
@login_required
def data_requests(request: PageRequest) -> HttpResponse:
    """List what the office was asked for, unanswered first."""
    page = Paginator(requests_to(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    at = database_now()
    rows = [(row, row.is_late(at)) for row in page.object_list]
    return render(request, "response/requests/list.html", {"page": page, "rows": rows, "at": at})


@require_http_methods(["GET", "POST"])
@login_required
def data_request(request: PageRequest, pk: int) -> HttpResponse:
    """Show a request to whom it is addressed, and take the answer (6.1)."""
    row = requests_to(request.actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    at = database_now()
    form = DoingForm(
        posted(request),
        fields={
            "answer": words(label=_("提供的资料"), required=True, help_text=_("写明提供了什么、存放在何处。"))
        },
        initial={},
    )

    def perform() -> object:
        return answer_data_request(
            request=row, answer=form.cleaned_data["answer"], by=request.actor, at=database_now()
        )

    if form.is_bound and form.attempt(perform) is not None:
        return redirect("response:data_request", pk=row.pk)
    context = {"row": row, "form": form, "incident": row.incident, "is_late": row.is_late(at), "at": at}
    return render(request, "response/requests/request.html", context, status=form.status)
