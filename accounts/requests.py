"""The request as every view gets it."""

from django.http import HttpRequest

from accounts.actors import Actor
from accounts.models import OfficeHolding


class ActorRequest(HttpRequest):
    """A request that has passed `ActorMiddleware`."""

    actor: Actor
    offices: tuple[OfficeHolding, ...]
    # The page to be dealt with before anything else, by the name of its address.
    outstanding: str
