"""How the evidence log speaks of reports: which one, hashes, field names; never what they say."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from accounts.actors import Actor
from audit.models import Sealed
from audit.record import Entry, record
from audit.seals import seals
from reporting.models import Document


def note_document(
    *,
    action: str,
    document: Document,
    rows: Sequence[Sealed] = (),
    more: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Write down what was done with a report, on the chain of its incident, which is locked (5.1)."""
    payload = {
        "document": document.kind,
        "serial": document.serial,
        "version": document.version,
        "bearer": document.bearer_id,
        **(more or {}),
        **({"rows": seals(rows)} if rows else {}),
    }
    record(
        Entry(
            chain=document.incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"document:{document.ref}",
            payload=payload,
        )
    )
