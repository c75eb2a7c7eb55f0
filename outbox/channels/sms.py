"""Text messages by the installation's own gateway: one templated POST."""

import json
from urllib.parse import quote_plus

from django.conf import settings

from outbox.channels.http import post
from outbox.channels.trouble import Undelivered
from outbox.letters import Letter


def send(letter: Letter) -> None:
    """Hand a message to the gateway; whether the phone got it, its report says later."""
    if not settings.SMS_GATEWAY_URL:
        raise Undelivered("no gateway is set (SMS_GATEWAY_URL)")
    kind = settings.SMS_GATEWAY_TYPE
    headers = {"Content-Type": kind}
    if settings.SMS_GATEWAY_AUTHORIZATION:
        headers["Authorization"] = settings.SMS_GATEWAY_AUTHORIZATION
    text = letter.within(settings.SMS_LONGEST)
    body = settings.SMS_GATEWAY_BODY.replace("{id}", letter.ident)
    body = body.replace("{phone}", _fit(letter.address.where, kind))
    body = body.replace("{text}", _fit(text, kind))
    answer = post(settings.SMS_GATEWAY_URL, body.encode(), headers, is_trusted=True)
    if settings.SMS_GATEWAY_TAKEN not in answer.decode(errors="replace"):
        raise Undelivered("the gateway did not say that it took it")


def _fit(text: str, kind: str) -> str:
    """Return the text as it may stand inside a JSON string, or in a form's field."""
    return json.dumps(text, ensure_ascii=False)[1:-1] if "json" in kind else quote_plus(text)
