"""How machines sign what they send each other: HMAC-SHA256 over the timestamp, a full stop and the body, in hex."""

import hashlib
import hmac
from typing import Final

IDENT: Final = "X-Ningbo-Id"
TIMESTAMP: Final = "X-Ningbo-Timestamp"
SIGNATURE: Final = "X-Ningbo-Signature"


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature header's value."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"
