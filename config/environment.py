"""The environment variables the settings read, parsed in one place."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

IDLE_IN_TRANSACTION_S = 60


def required(name: str) -> str:
    """Return an environment variable; raise ImproperlyConfigured when it is missing or empty."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} must be set: start with `make run`, or see docs/operations.md.")
    return value


def optional(name: str) -> str:
    """Return an environment variable, or nothing when it is not set."""
    return os.environ.get(name, "")


def flag(name: str, *, default: bool = False) -> bool:
    """Return a 0/1 environment variable as a boolean."""
    return os.environ.get(name, "1" if default else "0") == "1"


def whole(name: str, default: int) -> int:
    """Return an environment variable as a whole number; raise ImproperlyConfigured for anything else."""
    text = os.environ.get(name, "") or str(default)
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number.")
    return int(text)


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated environment variable as a list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, object]:
    """Return Django's DATABASES entry for a `postgresql://` URL; query parameters become libpq options.

    A host that starts with `/` (a Unix socket directory) is given as `?host=/path`.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must be a postgresql:// address.")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = str(options.pop("host", "")) or unquote(parts.hostname or "")
    # A process that froze inside a transaction gives its incident back to those that are alive; libpq's own wins.
    options.setdefault("options", f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_S}s")
    # A pool that finds the database gone would wait twice as long before each new attempt, minutes in the end.
    options["pool"] = {"min_size": 1, "max_size": 16, "timeout": 3, "reconnect_timeout": 1}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "") or ""),
        # A pooled connection that died in a database restart is handed out once unless it is checked first.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
