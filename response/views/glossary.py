"""The terms of the plan with the places that found them and their words, for whoever reads or speaks them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import ActorRequest
from plan.clauses import clause
from plan.glossary import terms_by_clause


@require_safe
@login_required
def glossary(request: ActorRequest) -> HttpResponse:
    """List the plan's terms in the order of its text (甬政办发〔2021〕60号)."""
    places = [(clause(ref), terms) for ref, terms in terms_by_clause().items()]
    return render(request, "response/glossary.html", {"places": places})
