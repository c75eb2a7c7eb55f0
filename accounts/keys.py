"""How a hospital's key and a wall's token look, and what is kept of them."""

import hashlib
import secrets
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

PREFIX_LENGTH = 8
SECRET_BYTES = 32
WALL_LENGTH = 24
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class ClearKey:
    """A key as it is shown once: a prefix to find it by, and a secret."""

    prefix: str
    text: str


def new_key() -> ClearKey:
    """Return a fresh random key."""
    prefix = _letters(PREFIX_LENGTH)
    return ClearKey(prefix, f"{prefix}.{secrets.token_urlsafe(SECRET_BYTES)}")


def prefix_of(text: str) -> str:
    """Return the part of a key that is no secret, or nothing for a text that can't be a key."""
    prefix = text.partition(".")[0]
    return prefix if len(prefix) == PREFIX_LENGTH and set(prefix) <= set(ALPHABET) else ""


def digest_of(text: str) -> str:
    """Return what is kept of a key; 256 random bits need no slow hash."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_wall_token() -> ClearKey:
    """Return a fresh random token, short enough to be typed in with a remote control: 120 bits."""
    prefix, secret = _letters(PREFIX_LENGTH), _letters(WALL_LENGTH)
    return ClearKey(prefix, f"{prefix}.{secret}")


def keyed_digest_of(text: str) -> str:
    """Return what is kept of a wall's token: worthless without the installation's own key."""
    return salted_hmac("token of a wall", text, algorithm="sha256").hexdigest()


def _letters(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
