"""The secrets of one checkout, made once and kept in a file that only its owner may read."""

import base64
import json
import os
import secrets
from pathlib import Path

Secrets = dict[str, str]


def make_secrets() -> Secrets:
    """New secrets; INTAKE_KEY is 32 bytes in URL-safe base64."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "INTAKE_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "DATABASE_PASSWORD": secrets.token_urlsafe(24),
        "BROKER_PASSWORD": secrets.token_urlsafe(24),
    }


def keep_secrets(path: Path, known: Secrets) -> None:
    """Write a new file of secrets, whole or not at all: those that are known already, the others made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(make_secrets() | known, file, indent=2)
    fresh.rename(path)


def kept_secrets(path: Path) -> Secrets:
    """The secrets in the file, which is made whole or not at all if it is not there."""
    if not path.exists():
        keep_secrets(path, {})
    kept: Secrets = json.loads(path.read_text())
    return kept
