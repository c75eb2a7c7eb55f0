"""Logins and logouts, as the evidence log keeps them; addresses and names typed are kept as keyed hashes only."""

from datetime import datetime

from django.utils.crypto import salted_hmac

from accounts.models import User
from audit.record import Entry, record


def record_login(*, user: User, address: str, at: datetime) -> None:
    """Write down that a person logged in (预案 3.2)."""
    record(_entry("accounts.login", user, at, address=hashed(address)))


def record_logout(*, user: User, at: datetime) -> None:
    """Write down that a person logged out (预案 3.2)."""
    record(_entry("accounts.logout", user, at))


def record_failed_login(*, username: str, address: str, at: datetime) -> None:
    """Write down that a login failed (预案 3.2): on the account's chain, or the system's if there is no such account."""
    user = User.objects.filter(username=username).first()
    if user is not None:
        record(_entry("accounts.login_failed", user, at, address=hashed(address)))
        return
    payload = {"address": hashed(address), "username": hashed(username)}
    record(Entry(chain="system", action="accounts.login_failed", actor="anonymous", at=at, payload=payload))


def hashed(value: str) -> str:
    """Return a keyed hash: equal values can be seen to be equal, and nothing else can be seen."""
    return salted_hmac("accounts.logins", value, algorithm="sha256").hexdigest()[:32]


def _entry(action: str, user: User, at: datetime, **payload: str) -> Entry:
    actor = "anonymous" if action == "accounts.login_failed" else f"user:{user.pk}"
    return Entry(
        chain=f"user:{user.pk}",
        action=action,
        actor=actor,
        at=at,
        subject=f"user:{user.pk}",
        payload=payload,
    )
