"""The request as every view gets it."""

from typing import Final

from django.http import HttpRequest

from accounts.actors import Actor
from accounts.models import OfficeHolding

# A page that asks by itself says so in a header, and without JavaScript in its address.
WATCHING: Final = "X-Watching"
WATCHING_PARAMETER: Final = "watching"


class ActorRequest(HttpRequest):
    """A request that has passed `ActorMiddleware`."""

    actor: Actor
    offices: tuple[OfficeHolding, ...]
    # The page to be dealt with before anything else, by the name of its address.
    outstanding: str
    # In how many seconds the login ends if nothing happens; 0 for nobody.
    ends_in_s: int


def is_watching(request: HttpRequest) -> bool:
    """Tell whether a page asks by itself: nobody need sit before it, so it keeps nobody logged in."""
    return WATCHING in request.headers or WATCHING_PARAMETER in request.GET
