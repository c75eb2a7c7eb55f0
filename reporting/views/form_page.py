"""A page of its own for one form that leads to one action, so that the form works from anywhere and without scripts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.functional import Promise

from accounts.forms.plan_form import PlanForm
from incidents.models import Incident
from plan.refusal import PlanRefusal
from reporting.views.requests import PageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """What such a page says; `action` is on the button, `done` is said after it.

    no_yes: why yes can't be answered now, of a form that may be answered no as well. about: what is answered, by label.
    """

    title: str | Promise
    lead: str | Promise
    action: str | Promise
    done: str | Promise
    clause: str = ""
    no_yes: PlanRefusal | None = None
    about: Sequence[tuple[str, str]] = ()

    def answer(
        self,
        request: PageRequest,
        *,
        form: PlanForm,
        perform: Callable[[], object],
        incident: Incident,
        then: str = "",
        caution: Callable[[Any], str] | None = None,
        lead_on: Callable[[Any], str] | None = None,
    ) -> HttpResponse:
        """Show the form, or act and lead on to `then`, the incident's page if left out; the way back leads there too.

        caution: what must be said of what was done instead of `done`; nothing if it did what one would think.
        lead_on: where what was made is, if it has a page of its own.
        """
        back = then or resolve_url("response:incident", number=incident.number)
        made = form.attempt(perform) if form.is_bound else None
        if made is not None:
            warning = caution(made) if caution else ""
            messages.add_message(
                request, messages.WARNING if warning else messages.SUCCESS, warning or str(self.done)
            )
            return redirect(lead_on(made) if lead_on else back)
        context = {"page": self, "form": form, "incident": incident, "back": back}
        return render(request, "reporting/form.html", context, status=form.status)


def posted(request: PageRequest) -> QueryDict | None:
    """Return what was sent with the form, None when it is only asked for."""
    return request.POST if request.method == "POST" else None
