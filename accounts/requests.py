"""The request as every view gets it."""

from django.http import HttpRequest

from accounts.actors import Actor
from accounts.models import OfficeHolding


class ActorRequest(HttpRequest):
    """A request that has passed `ActorMiddleware`."""

    actor: Actor
    offices: tuple[OfficeHolding, ...]
