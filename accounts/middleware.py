"""Names the actor of each request once, so that every check asks about the same person in the same office."""

from collections.abc import Callable
from typing import cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.requests import ActorRequest
from accounts.sessions import SINCE_KEY, Presence, is_too_old, presence
from audit.clock import database_now


class ActorMiddleware:
    """Sets `request.actor` and `request.offices`; ends a session that has lasted too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = present(request)
        acting = cast(ActorRequest, request)
        acting.actor, acting.offices = found.actor, found.offices
        return self.get_response(acting)


def present(request: HttpRequest) -> Presence:
    """Return who is there; a session without a start begins now."""
    user = request.user
    if not isinstance(user, User):
        return Presence()
    at = database_now()
    if is_too_old(request.session, at=at):
        logout(request)
        return Presence()
    request.session.setdefault(SINCE_KEY, at.isoformat())
    return presence(user, request.session, at=at)
