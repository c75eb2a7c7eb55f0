"""Pages that enter something into the record of an incident: one form, one action."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from audit.clock import database_now
from incidents.models import Incident
from incidents.selectors import incident_for
from reporting.forms.record_form import RecordForm
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest

View = Callable[[PageRequest, str], HttpResponse]


def recording(
    page: FormPage,
    *,
    form: type[RecordForm],
    act: Callable[..., object],
    now: str = "",
    check: Callable[[Actor, Incident], object] | None = None,
    caution: Callable[[Any, datetime], str] | None = None,
) -> View:
    """Return the view of a page whose form becomes the arguments of one action on the incident.

    now: the field that holds this moment when the form is first shown; check: whether the person may, asked before
    anything is shown; caution: what must be said of what was done, see `FormPage.answer`.
    """

    @require_http_methods(["GET", "POST"])
    @login_required
    def view(request: PageRequest, number: str) -> HttpResponse:
        incident, at = incident_for(request.actor, number), database_now()
        if check is not None:
            check(request.actor, incident)
        initial = {now: at} if now else {}
        asked = form(posted(request), initial=initial, incident=incident, actor=request.actor)
        return page.answer(
            request,
            form=asked,
            incident=incident,
            perform=lambda: act(incident=incident, **asked.said(), by=request.actor, at=at),
            caution=(lambda made: caution(made, at)) if caution else None,
        )

    return view
