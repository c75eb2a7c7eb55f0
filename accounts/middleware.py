"""Names the actor of each request once, so that every check asks about the same person in the same office."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.requests import ActorRequest, is_watching
from accounts.sessions import Presence, ends_in_s, is_marked, is_over, note_presence, presence
from accounts.standing import standing
from audit.clock import database_now

# One can always leave, and a code can always be given.
ALWAYS = frozenset({"accounts:logout", "accounts:code"})


class ActorMiddleware:
    """Sets `request.actor`, `.offices`, `.outstanding` and `.ends_in_s`; ends a session that has lasted too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = present(request)
        acting = cast(ActorRequest, request)
        acting.actor, acting.offices, acting.outstanding = found.actor, found.offices, found.outstanding
        acting.ends_in_s = found.ends_in_s
        return self.get_response(acting)

    def process_view(self, request: ActorRequest, *_view: object) -> HttpResponse | None:
        """Lead to what is outstanding, wherever else the person wanted to go."""
        if not request.outstanding or request.resolver_match is None:
            return None
        if request.resolver_match.view_name in {request.outstanding, *ALWAYS}:
            return None
        return redirect(request.outstanding)


def present(request: HttpRequest) -> Presence:
    """Return who is there, and note that they are."""
    if SESSION_KEY not in request.session:
        return Presence()
    at, watches = database_now(), is_watching(request)
    found = standing.of(request, watches=watches, at=at)
    if found is None:
        return Presence()
    user, offices = found
    request.user = user
    if is_over(request.session, user, at=at):
        logout(request)
        return Presence()
    if not watches or not is_marked(request.session):
        note_presence(request.session, at=at)
    return replace(presence(user, request.session, offices), ends_in_s=ends_in_s(request.session, at=at))
