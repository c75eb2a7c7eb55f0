"""What the evidence log says of drafts, reviews, county plans and inspections (9.1)."""

from collections.abc import Iterable
from datetime import datetime

from accounts.actors import Actor
from audit.models import Sealed
from audit.record import Entry, record
from audit.seals import seals


def write_down(action: str, subject: str, rows: Iterable[Sealed], by: Actor, at: datetime) -> None:
    """Record an act on the chain of the office that did it."""
    entry = Entry(
        chain=f"org:{by.office}",
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=subject,
        payload={"rows": seals(list(rows))},
    )
    record(entry)
