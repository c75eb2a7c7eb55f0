"""The wall: a screen that brings its token sees the city's picture, and nothing else."""

from datetime import datetime
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions.walls import open_wall
from accounts.actors import Actor
from accounts.forms.walls import WallTokenForm
from accounts.models import WallToken
from accounts.walls import COOKIE, COOKIE_PATH, token_good_now
from audit.clock import database_now
from plan.refusal import PlanRefusal
from response.situation.map import county_map
from response.wall.picture import picture_for

VIEWS: Final = ("clocks", "incidents", "figures", "reports")
MADE_OF: Final = (
    "static/css/wall.css",
    "static/js/wall.js",
    "static/js/livepart.js",
    "templates/response/wall/_live.html",
)


@never_cache
@sensitive_post_parameters("token")
@require_http_methods(["GET", "HEAD", "POST"])
def wall(request: HttpRequest) -> HttpResponse:
    """Show the wall, or ask for the token; `view` is the part that stands first, for screens without JavaScript."""
    at = database_now()
    if request.method == "POST":
        return _enter(request, at)
    text = request.COOKIES.get(COOKIE, "")
    try:
        token = token_good_now(text, at=at)
    except PlanRefusal as refusal:
        form = WallTokenForm()
        context = {"form": form, "refusal": refusal if text else None}
        return render(request, "response/wall/enter.html", context, status=HTTPStatus.FORBIDDEN)
    view = request.GET.get("view", "")
    first = VIEWS.index(view) if view in VIEWS else 0
    more = {"map": county_map(), "view": VIEWS[first], "next_view": VIEWS[(first + 1) % len(VIEWS)]}
    return render(request, "response/wall/wall.html", _context(token, at) | more)


@require_safe
@never_cache
def wall_part(request: HttpRequest) -> HttpResponse:
    """Show the moving part of the wall as it is now; the token is looked at again each time."""
    at = database_now()
    token = token_good_now(request.COOKIES.get(COOKIE, ""), at=at)
    return render(request, "response/wall/_live.html", _context(token, at))


def _context(token: WallToken, at: datetime) -> dict[str, Any]:
    picture = picture_for(Actor.on_screen(token), at=at)
    return {"wall": picture, "token": token, "release": release()}


def _enter(request: HttpRequest, at: datetime) -> HttpResponse:
    form = WallTokenForm(request.POST)
    try:
        token = open_wall(text=form.cleaned_data["token"], at=at) if form.is_valid() else None
    except PlanRefusal as refusal:
        context = {"form": WallTokenForm(), "refusal": refusal}
        return render(request, "response/wall/enter.html", context, status=refusal.status)
    if token is None:
        return render(request, "response/wall/enter.html", {"form": form}, status=form.status)
    answer = redirect("response:wall")
    answer.set_cookie(
        COOKIE,
        "".join(form.cleaned_data["token"].split()).lower(),
        expires=token.expires_at,
        path=COOKIE_PATH,
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Strict",
    )
    return answer


@cache
def release() -> str:
    """Return what tells a screen that its own page is older than the server's, so that it loads itself anew."""
    digest = sha256()
    for name in MADE_OF:
        digest.update((Path(settings.BASE_DIR) / name).read_bytes())
    return digest.hexdigest()[:12]
