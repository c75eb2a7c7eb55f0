"""The request as the pages get it."""

from django_htmx.middleware import HtmxDetails

from accounts.requests import ActorRequest


class PageRequest(ActorRequest):
    """A request that has passed every middleware."""

    htmx: HtmxDetails
