"""Logging in and out, choosing the office to act in, changing one's password."""

from datetime import datetime
from typing import cast

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.logins import record_failed_login, record_login, record_logout
from accounts.actions.offices import switch_office
from accounts.actions.users import change_password
from accounts.forms.login import LoginForm, PasswordForm
from accounts.models import User
from accounts.networks import client_address
from accounts.requests import ActorRequest
from accounts.selectors import current_holdings, has_second_factor
from accounts.sessions import OFFICE_KEY, await_code, begin, presence
from audit.clock import database_now
from plan.refusal import PlanRefusal


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login_page(request: ActorRequest) -> HttpResponse:
    """Log a person in and lead them on to where they were going."""
    target = own_target(request)
    if request.method == "GET":
        if request.user.is_authenticated:
            return redirect(target)
        return render(request, "accounts/login.html", {"form": LoginForm(request), "next": target})
    at = database_now()
    form = LoginForm(request, request.POST)
    if form.is_valid():
        return _enter(request, form.get_user(), target, at)
    if form.was_tried:
        record_failed_login(username=form.cleaned_data["username"], address=client_address(request), at=at)
    return render(request, "accounts/login.html", {"form": form, "next": target}, status=422)


def _enter(request: ActorRequest, user: User, target: str, at: datetime) -> HttpResponse:
    if has_second_factor(user):
        await_code(request.session, user, at=at)
        return redirect(f"{resolve_url('accounts:code')}?{urlencode({'next': target})}")
    return let_in(request, user, target, passed=False, at=at)


def let_in(request: ActorRequest, user: User, target: str, *, passed: bool, at: datetime) -> HttpResponse:
    """Log a person in who has shown all that is asked of them, and lead them on."""
    with transaction.atomic():
        record_login(user=user, address=client_address(request), at=at)
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    begin(request.session, passed=passed, at=at)
    found = presence(user, request.session, tuple(current_holdings(user.pk, at=at)))
    if found.outstanding:
        return redirect(found.outstanding)
    if found.actor.organisation is None:
        return redirect(f"{resolve_url('accounts:switch_office')}?{urlencode({'next': target})}")
    return redirect(target)


def locked(request: HttpRequest, *_: object) -> HttpResponse:
    """Say until when logging in is suspended after too many failures; django-axes calls it."""
    wait = get_cool_off(request)
    # Read from the request: the arguments differ between axes' synchronous and asynchronous paths.
    username = vars(request)["axes_credentials"]["username"]
    attempts = AccessAttempt.objects.filter(username=username, ip_address=client_address(request))
    last = attempts.order_by("-attempt_time").values_list("attempt_time", flat=True)[0]
    seconds = int(wait.total_seconds())
    page = {"opens_at": last + wait, "minutes": seconds // 60}
    response = render(request, "accounts/locked.html", page, status=429)
    response["Retry-After"] = str(seconds)
    return response


@require_POST
def logout_page(request: ActorRequest) -> HttpResponse:
    """Log the person out and forget what the session held."""
    if isinstance(request.user, User):
        record_logout(user=request.user, at=database_now())
    logout(request)
    return redirect("accounts:login")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def office_page(request: ActorRequest) -> HttpResponse:
    """Let a person with several offices choose the one to act in."""
    target = own_target(request)
    if request.method == "GET":
        return render(request, "accounts/office.html", {"next": target})
    chosen = {str(holding.pk): holding for holding in request.offices}.get(request.POST.get("holding", ""))
    if chosen is None:
        raise PlanRefusal(
            _("您不担任所选职务，或任职已经结束。"),
            clause="3.2",
            code="office_not_held",
            status=403,
            next_step=_("请从您现任的职务中选择。"),
        )
    switch_office(holding=chosen, by=request.actor, at=database_now())
    request.session[OFFICE_KEY] = chosen.pk
    return redirect(target)


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def password_page(request: ActorRequest) -> HttpResponse:
    """Let a person change their password; their other sessions end."""
    user = cast(User, request.user)
    form = PasswordForm(user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "accounts/password.html", {"form": form}, status=status)
    try:
        change_password(
            user=user, password=form.cleaned_data["new_password1"], by=request.actor, at=database_now()
        )
    except ValidationError as unchanged:
        form.add_error("new_password1", unchanged)
        return render(request, "accounts/password.html", {"form": form}, status=422)
    update_session_auth_hash(request, user)
    messages.success(request, _("密码已修改，您在其他设备上的登录已失效。"))
    return redirect("home")


def own_target(request: HttpRequest) -> str:
    """Return where the request wants to go next if that lies on this host, else the start page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else resolve_url("home")
