"""How the evidence log speaks of sealed rows that say one thing each: which row, whose, and its seal."""

from datetime import datetime
from typing import Any

from accounts.actors import Actor
from audit.models import Sealed
from audit.record import Entry
from audit.seals import seals
from incidents.models import Incident


def row_entry(
    action: str, row: Sealed, incident: Incident, by: Actor, at: datetime, *, chain: str = "", **payload: Any
) -> Entry:
    """Return the entry of a row on its incident's chain, unless another one is named (预案 5.1: 不得伪造)."""
    return Entry(
        chain=chain or incident.chain,
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=f"{row._meta.model_name}:{row.pk}",
        payload={**payload, "rows": seals([row])},
    )
