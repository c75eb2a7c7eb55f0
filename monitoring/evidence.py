"""How this app writes the evidence log: one entry, with the seals of the rows it vouches for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.actors import Actor
from audit.models import Sealed
from audit.record import Entry, record
from audit.seals import seals


def write_down(
    action: str, chain: str, by: Actor, at: datetime, *, rows: Iterable[Sealed] = (), **more: Any
) -> None:
    """Write what was done into one chain, and vouch for the rows (5.1)."""
    payload = dict(more)
    if sealed := seals(rows):
        payload["rows"] = sealed
    record(
        Entry(
            chain=chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=chain,
            payload=payload,
        )
    )
