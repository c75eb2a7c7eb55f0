"""How a hospital's key looks, and what is kept of it."""

import hashlib
import secrets
from dataclasses import dataclass

PREFIX_LENGTH = 8
SECRET_BYTES = 32
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class ClearKey:
    """A key as it is shown once: a prefix to find it by, and a secret."""

    prefix: str
    text: str


def new_key() -> ClearKey:
    """Return a fresh random key."""
    prefix = "".join(secrets.choice(ALPHABET) for _ in range(PREFIX_LENGTH))
    return ClearKey(prefix, f"{prefix}.{secrets.token_urlsafe(SECRET_BYTES)}")


def prefix_of(text: str) -> str:
    """Return the part of a key that is no secret, or nothing for a text that can't be a key."""
    prefix = text.partition(".")[0]
    return prefix if len(prefix) == PREFIX_LENGTH and set(prefix) <= set(ALPHABET) else ""


def digest_of(text: str) -> str:
    """Return what is kept of a key; 256 random bits need no slow hash."""
    return hashlib.sha256(text.encode()).hexdigest()
