"""A page of its own for one form that leads to one action of this app, where there is no incident yet."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from accounts.forms.plan_form import PlanForm
from reporting.views.requests import PageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """What such a page says; `action` is on the button, `done` is said after it."""

    title: str | Promise
    lead: str | Promise
    action: str | Promise
    done: str | Promise
    clause: str
    is_drill: bool = False

    def answer(
        self,
        request: PageRequest,
        *,
        form: PlanForm,
        perform: Callable[[], object],
        back: str,
        lead_on: Callable[[object], str] | None = None,
    ) -> HttpResponse:
        """Show the form, or act and lead on to what was made, else back."""
        made = form.attempt(perform) if form.is_bound else None
        if made is not None:
            messages.success(request, str(self.done))
            return redirect(lead_on(made) if lead_on else back)
        context = {"page": self, "form": form, "back": back}
        return render(request, "monitoring/form.html", context, status=form.status)
