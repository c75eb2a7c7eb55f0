"""The one way to write the evidence log."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from audit.models import AuditEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one audit row says. `payload` holds ids, field names and hashes, never a personal value."""

    chain: str
    action: str
    actor: str
    at: datetime
    office: str = ""
    subject: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


def canonical_json(value: Any) -> str:
    """Return the only JSON text a payload is hashed as: sorted keys, no spaces, Chinese left readable."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def record(*entries: Entry) -> None:
    """Append rows to their chains in the caller's transaction, chains in name order; a failure fails the action.

    The rows' NOTIFY (channel `audit`, payload the chain) reaches listeners when the transaction commits.
    """
    record_all(entries)


def record_all(entries: Iterable[Entry]) -> None:
    """Append many rows with one statement; rows of one chain keep the order given."""
    AuditEvent.objects.bulk_create(
        AuditEvent(
            chain=entry.chain,
            action=entry.action,
            actor=entry.actor,
            office=entry.office,
            subject=entry.subject,
            at=entry.at,
            payload=canonical_json(dict(entry.payload)),
        )
        for entry in sorted(entries, key=lambda entry: entry.chain)
    )
