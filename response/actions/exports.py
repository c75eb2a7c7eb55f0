"""Note that a table left the house as a file: who took it, which one, how many rows."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from audit.record import Entry, record
from response.actions.deciding import office_of


@transaction.atomic
def note_export(*, table: str, rows: int, sha256: str = "", by: Actor, at: datetime) -> str:
    """Write down that an office took a table (5.1: what is known of an incident is handled on record); return its chain.

    sha256: the hash that stands on what was taken, if one does. Refused: without an office (403).
    """
    chain = f"org:{office_of(by).code}"
    record(
        Entry(
            chain=chain,
            action="response.note_export",
            actor=by.ref,
            office=by.office,
            at=at,
            payload={"table": table, "rows": rows, **({"sha256": sha256} if sha256 else {})},
        )
    )
    return chain
