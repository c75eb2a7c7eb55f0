"""The second factor: giving a code at login, setting it up, renewing recovery codes, turning it off."""

from base64 import b32encode
from collections.abc import Callable
from typing import Any, cast

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.actions.second_factor import (
    begin_enrolment,
    confirm_enrolment,
    pass_second_factor,
    renew_recovery_codes,
    turn_off_second_factor,
)
from accounts.actors import Actor, ActorKind
from accounts.forms.second_factor import CodeForm
from accounts.models import User
from accounts.requests import ActorRequest
from accounts.selectors import has_second_factor
from accounts.sessions import FACTOR_KEY, awaited
from accounts.views.guards import posted
from accounts.views.login import let_in, own_target
from audit.clock import database_now

GROUP = 4


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code_page(request: ActorRequest) -> HttpResponse:
    """Ask whoever has given the right password for a code, and only then log them in."""
    at, target = database_now(), own_target(request)
    coming = awaited(request.session, at=at)
    user = coming or request.user
    if not isinstance(user, User) or (coming is None and not request.outstanding):
        return redirect(target)
    form = CodeForm(posted(request))
    by = Actor(ActorKind.USER, user.pk, None, str(user))
    if not _passes(form, lambda code: pass_second_factor(user=user, code=code, by=by, at=at)):
        page = {"form": form, "next": target}
        return render(request, "accounts/second_factor/code.html", page, status=form.status)
    if coming is not None:
        return let_in(request, coming, target, passed=True, at=at)
    request.session[FACTOR_KEY] = True
    return redirect(target)


@never_cache
@sensitive_post_parameters("code")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: ActorRequest) -> HttpResponse:
    """Show how the person's second factor stands, and change it."""
    user, at = cast(User, request.user), database_now()
    if request.outstanding and has_second_factor(user):
        return redirect("accounts:code")
    form = CodeForm(posted(request))
    said: dict[str, Any] = {"user": user, "by": request.actor, "at": at}
    match request.POST.get("act", "") if form.is_bound else None:
        case None:
            return _show(request, user, CodeForm())
        case "begin":
            begin_enrolment(**said)
            return redirect("accounts:second_factor")
        case "confirm":
            return _codes(request, user, form, lambda code: confirm_enrolment(code=code, **said))
        case "renew":
            return _codes(request, user, form, lambda code: renew_recovery_codes(code=code, **said))
        case "off":
            return _turned_off(request, user, form, lambda code: turn_off_second_factor(code=code, **said))
        case _:
            return HttpResponseBadRequest()


def _codes(
    request: ActorRequest, user: User, form: CodeForm, perform: Callable[[str], list[str]]
) -> HttpResponse:
    codes = _passes(form, perform)
    if not codes:
        return _show(request, user, form)
    request.session[FACTOR_KEY] = True
    return render(request, "accounts/second_factor/recovery.html", {"codes": codes})


def _turned_off(
    request: ActorRequest, user: User, form: CodeForm, perform: Callable[[str], bool]
) -> HttpResponse:
    if not _passes(form, perform):
        return _show(request, user, form)
    request.session[FACTOR_KEY] = False
    messages.success(request, _("二次验证已关闭。"))
    return redirect("accounts:second_factor")


def _passes(form: CodeForm, perform: Callable[[str], Any]) -> Any:
    """Return what the act with the code gave; nothing for a form not sent, refused or with a wrong code."""
    if not form.is_bound:
        return None
    result = form.attempt(lambda: perform(form.cleaned_data["code"]))
    if not result and not form.errors:
        form.fail()
    return result


def _show(request: ActorRequest, user: User, form: CodeForm) -> HttpResponse:
    device = TOTPDevice.objects.filter(user=user).first()
    context: dict[str, Any] = {"form": form, "device": device, "is_required": bool(request.outstanding)}
    if device is not None and not device.confirmed:
        key = b32encode(device.bin_key).decode()
        context["key"] = " ".join(key[at : at + GROUP] for at in range(0, len(key), GROUP))
        context["picture"] = segno.make(device.config_url, error="m").svg_data_uri(
            scale=5, border=4, light="#fff"
        )
    return render(request, "accounts/second_factor/show.html", context, status=form.status)
