"""The door at which receivers say whether a letter arrived: signed, sent twice it counts once, so many a minute (5.1)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.networks import client_address
from accounts.rates import spend_from
from audit.clock import database_now
from outbox.actions.receipts import note_letter_arrival
from outbox.receipts import read_receipt
from outbox.signing import SIGNATURE, TIMESTAMP
from reporting.api.base import JsonOnly, TooMany, body_of


class Receipts(APIView):
    """POST: a receiver's report on one letter."""

    schema = None
    authentication_classes = ()
    permission_classes = (AllowAny,)
    content_negotiation_class = JsonOnly

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer in Chinese, as the hospitals' doors do."""
        with translation.override(settings.LANGUAGE_CODE):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse one address that calls too often."""
        super().initial(request, *args, **kwargs)
        spent = spend_from(
            client_address(request), "receipts", limit=settings.RECEIPTS_PER_MINUTE, at=database_now()
        )
        if spent.is_over:
            raise TooMany(spent)

    def post(self, request: Request) -> Response:
        """Note that a letter arrived or did not."""
        at = database_now()
        headers = request.headers
        receipt = read_receipt(
            body_of(request),
            timestamp=headers.get(TIMESTAMP, ""),
            signature=headers.get(SIGNATURE, ""),
            at=at,
        )
        note_letter_arrival(copy=receipt.copy, has_arrived=receipt.has_arrived, at=at)
        return Response(status=204)
