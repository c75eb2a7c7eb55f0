"""An office's own system: JSON, signed with a secret that only the two know.

The signature is HMAC-SHA256 over the timestamp header, a full stop and the body, in hex.
"""

import hashlib
import hmac
import json

from outbox.channels.http import post
from outbox.letters import Letter
from outbox.models import MessageState

IDENT, TIMESTAMP, SIGNATURE = "X-Ningbo-Id", "X-Ningbo-Timestamp", "X-Ningbo-Signature"


def send(letter: Letter) -> MessageState:
    """Post a message; an answer of 2xx says that the system has it."""
    said = {
        "id": letter.ident,
        "kind": letter.kind,
        "alarm": letter.is_alarm,
        "drill": letter.is_drill,
        "repeat": letter.repeats,
        "title": letter.heading,
        "body": letter.body,
        "link": letter.link,
    }
    body = json.dumps(said, ensure_ascii=False).encode()
    timestamp = str(int(letter.at.timestamp()))
    signature = hmac.new(letter.address.secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        IDENT: letter.ident,
        TIMESTAMP: timestamp,
        SIGNATURE: f"sha256={signature.hexdigest()}",
    }
    post(letter.address.where, body, headers)
    return MessageState.DELIVERED
