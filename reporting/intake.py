"""Keep a hospital's raw body first, alone and encrypted, so that even a refused report remains as evidence (5.1).

An envelope is: version (1 byte), id of the key (8), nonce (12), AES-256-GCM ciphertext with its tag. It is bound to the sender's
API key and to the hash of the body, so an envelope moved to another row doesn't open.
"""

import base64
import hashlib
import os
from datetime import datetime
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.actors import Actor
from accounts.models import HospitalKey
from audit.record import Entry, record
from reporting.models import IntakeRecord

VERSION = b"\x01"
KEY_BYTES, KEY_ID_BYTES, NONCE_BYTES = 32, 8, 12


@transaction.atomic
def keep_raw_body(
    *, raw: bytes, content_type: str, key: HospitalKey, by: Actor, at: datetime
) -> IntakeRecord:
    """Store a body as it came, encrypted, with its hash in the evidence log (5.1: 不得隐匿、伪造、毁灭有关证据)."""
    digest = hashlib.sha256(raw).hexdigest()
    kept = IntakeRecord.objects.create(
        key=key,
        body_sha256=digest,
        ciphertext=_sealed(raw, key.pk, digest),
        content_type=content_type[:80],
    )
    record(
        Entry(
            chain=f"org:{by.office}",
            action="reporting.keep_raw_body",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"intake:{kept.pk}",
            payload={"sha256": digest, "bytes": len(raw)},
        )
    )
    return kept


def open_raw_body(kept: IntakeRecord) -> bytes:
    """Return a kept body in clear; raises InvalidTag if the row was tampered with, LookupError for another key."""
    envelope = bytes(kept.ciphertext)
    version, rest = envelope[:1], envelope[1:]
    key_id, rest = rest[:KEY_ID_BYTES], rest[KEY_ID_BYTES:]
    nonce, ciphertext = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    if version != VERSION or key_id not in _keys():
        raise LookupError("this body was sealed under another key")
    return AESGCM(_keys()[key_id]).decrypt(nonce, ciphertext, _bound_to(kept.key_id, kept.body_sha256))


def _sealed(raw: bytes, api_key_id: int, digest: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    key_id, key = next(iter(_keys().items()))
    return VERSION + key_id + nonce + AESGCM(key).encrypt(nonce, raw, _bound_to(api_key_id, digest))


def _bound_to(api_key_id: int, digest: str) -> bytes:
    return f"{api_key_id}:{digest}".encode()


@cache
def _keys() -> dict[bytes, bytes]:
    """Return the keys by their ids: first the one that seals, then those that still open."""
    keys = [base64.urlsafe_b64decode(text) for text in (settings.INTAKE_KEY, *settings.INTAKE_OLD_KEYS)]
    if any(len(key) != KEY_BYTES for key in keys):
        raise ImproperlyConfigured("INTAKE_KEY must be 32 bytes in URL-safe base64.")
    return {hashlib.sha256(key).digest()[:KEY_ID_BYTES]: key for key in keys}
