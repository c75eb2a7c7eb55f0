"""What every page for managers asks first, and how its forms are answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms.plan_form import PlanForm
from accounts.managers import check_actor_is_manager
from accounts.requests import ActorRequest

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponse]


def manager_page(*methods: str) -> Callable[[View[P]], View[P]]:
    """Let only managers in; what they see is kept by no cache."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: ActorRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            check_actor_is_manager(request.actor)
            return view(request, *args, **kwargs)

        return cast("View[P]", never_cache(require_http_methods(methods)(login_required(guarded))))

    return guard


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """A page of one form that leads to one action; `action` is on the button, `done` is said after it."""

    title: str
    lead: str
    action: str
    back: str
    done: str = ""

    def answer(self, request: ActorRequest, *, form: PlanForm, perform: Callable[[], object]) -> HttpResponse:
        """Show the form, or act and lead back."""
        if form.is_bound and form.attempt(perform) is not None:
            messages.success(request, self.done)
            return redirect(self.back)
        return self.show(request, form)

    def show(self, request: ActorRequest, form: PlanForm) -> HttpResponse:
        """Show the form with what is wrong with it."""
        return render(request, "accounts/act.html", {"page": self, "form": form}, status=form.status)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent with the form, None when it is only asked for."""
    return request.POST if request.method == "POST" else None
