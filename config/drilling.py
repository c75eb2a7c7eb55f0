"""The way into a drill's world: behind its prefix the same pages, on the drill's database and clock (ADR 30)."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final, cast
from urllib.parse import quote

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import OfficeHolding
from accounts.requests import ActorRequest
from audit.clock import database_now
from audit.worlds import entered
from config.errors import not_found, refused
from drills.actions.taking_part import note_refusal
from drills.models import Drill
from drills.pages import DrillPage, drill_page
from drills.permissions import drill_for
from drills.policies import check_runs
from plan.refusal import PlanRefusal

PLACE: Final = re.compile(r"/drills/(?P<number>[0-9]{1,9})/world(?P<inside>/.*)")
# Of real life wherever they are asked for: the login, the office in use, the language.
OF_REAL_LIFE: Final = frozenset({"accounts", "language"})
# Not played: machines' doors, walls, and what stands above a single incident.
NOT_PLAYED: Final = frozenset(
    {"reporting_api", "drills", "editions", "review", "healthz", "readyz", "clockz", "metrics"}
)
READS: Final = frozenset({"GET", "HEAD"})


class DrillWorldMiddleware:
    """Answers what lies behind a drill's prefix in its world; stands last, so that session and login are real life's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        place = PLACE.fullmatch(request.path_info)
        if place is None:
            return self.get_response(request)
        real, inside = request.path_info, place["inside"]
        kind = _kind(inside)
        if kind in OF_REAL_LIFE and request.method in READS and inside != "/session/":
            return redirect(inside)
        request.path_info = inside
        if kind in OF_REAL_LIFE:
            return self.get_response(request)
        try:
            if kind is None or kind in NOT_PLAYED or inside.startswith("/wall/"):
                raise Http404(real)
            return self._play(cast(ActorRequest, request), int(place["number"]))
        except Http404 as missing:
            return not_found(request, missing)
        except PlanRefusal as refusal:
            return refused(request, refusal)

    def _play(self, request: ActorRequest, number: int) -> HttpResponse:
        if request.actor.ident is None:
            return redirect_to_login(request.get_full_path())
        actor, at = request.actor, database_now()
        drill = _joined(actor, number)
        # What every page of the world says: which drill it is, and how its clock runs.
        page = vars(request)["drill"] = drill_page(actor, drill, at=at)
        with entered(page.world) as world:
            response = self._answer(request, page)
        for each in world.refused:
            said = {"code": each.code, "clause": each.clause, "reason": each.message_zh}
            note_refusal(drill=drill, **said, by=actor, at=at)
        return _marked(response)

    def _answer(self, request: ActorRequest, page: DrillPage) -> HttpResponse:
        try:
            if request.method not in READS:
                check_runs(page.turn)
            request.actor = _there(request)
            return self.get_response(request)
        except PlanRefusal as refusal:
            return refused(request, refusal)


def _kind(inside: str) -> str | None:
    """The app, or the name, that an address belongs to; None for one that leads nowhere."""
    try:
        match = resolve(inside)
    except Resolver404:
        return None
    return match.namespaces[0] if match.namespaces else match.url_name


def _joined(actor: Actor, number: int) -> Drill:
    drill = drill_for(actor, number)
    if not drill.joinings.filter(office=actor.office, by=actor.ref).exists():
        raise PlanRefusal(
            _("您还没有以当前职务参加这次演练。"),
            clause="9.2",
            code="has_not_joined",
            status=403,
            next_step=_("请先在演练页面点“参加演练”。"),
        )
    return drill


def _there(request: ActorRequest) -> Actor:
    """The same person in the same office, as the drill knows them: its people are those of the moment it began."""
    own = request.actor
    held = OfficeHolding.objects.select_related("user", "organisation__jurisdiction__host")
    found = held.filter(user=own.ident, organisation__code=own.office).order_by("-pk").first()
    if found is None:
        raise PlanRefusal(
            _("您的职务是演练开始以后才有的，本次演练中没有。"), clause="9.2", code="not_in_drill", status=403
        )
    return replace(Actor.in_office(found), is_manager=False)


def _marked(response: HttpResponse) -> HttpResponse:
    """Mark a file that leaves the drill, by its name."""
    named = response.headers.get("Content-Disposition", "")
    if named.startswith("attachment"):
        named = named.replace('filename="', 'filename="DRILL-').replace(
            "utf-8''", "utf-8''" + quote("【演练】")
        )
        response.headers["Content-Disposition"] = named
    return response
