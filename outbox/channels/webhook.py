"""An office's own system: JSON, signed with a secret that only the two know."""

import json

from outbox.channels.http import post
from outbox.letters import Letter
from outbox.signing import IDENT, SIGNATURE, TIMESTAMP, signature_of


def send(letter: Letter) -> None:
    """Post a message; an answer of 2xx says that the system took it."""
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
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        IDENT: letter.ident,
        TIMESTAMP: timestamp,
        SIGNATURE: signature_of(letter.address.secret, timestamp, body),
    }
    post(letter.address.where, body, headers)
