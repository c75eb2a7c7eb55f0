"""Seal what may name a person before it is stored, with a key that the database does not hold (个人信息保护).

An envelope is: version (1 byte), id of the key (8), nonce (12), AES-256-GCM ciphertext with its tag. It is bound to a text
that says where it belongs, so an envelope moved to another row doesn't open.
"""

import base64
import hashlib
import hmac
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = b"\x01"
KEY_BYTES, KEY_ID_BYTES, NONCE_BYTES = 32, 8, 12


def sealed(clear: bytes, *, bound_to: str) -> bytes:
    """Return the envelope of a text, under the key in use."""
    nonce = os.urandom(NONCE_BYTES)
    key_id, key = next(iter(_keys().items()))
    return VERSION + key_id + nonce + AESGCM(key).encrypt(nonce, clear, bound_to.encode())


def opened(envelope: bytes, *, bound_to: str) -> bytes:
    """Return what an envelope holds; raises InvalidTag if it was tampered with or moved, LookupError for another key."""
    version, rest = envelope[:1], envelope[1:]
    key_id, rest = rest[:KEY_ID_BYTES], rest[KEY_ID_BYTES:]
    nonce, ciphertext = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    if version != VERSION or key_id not in _keys():
        raise LookupError("this was sealed under another key")
    return AESGCM(_keys()[key_id]).decrypt(nonce, ciphertext, bound_to.encode())


def keyed_hashes(text: str) -> list[str]:
    """Return the hashes a text may have been stored as: under the key in use first, then under those before it."""
    return [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in _keys().values()]


@cache
def _keys() -> dict[bytes, bytes]:
    """Return the keys by their ids: first the one that seals, then those that still open."""
    keys = [base64.urlsafe_b64decode(text) for text in (settings.INTAKE_KEY, *settings.INTAKE_OLD_KEYS)]
    if any(len(key) != KEY_BYTES for key in keys):
        raise ImproperlyConfigured("INTAKE_KEY must be 32 bytes in URL-safe base64.")
    return {hashlib.sha256(key).digest()[:KEY_ID_BYTES]: key for key in keys}
