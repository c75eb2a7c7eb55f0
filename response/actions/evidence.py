"""Write down what was done with the evidence itself: who took it out, and that it was found whole."""

from datetime import datetime

from accounts.actors import Actor
from audit.record import Entry, record
from incidents.models import Incident


def note_export(*, incident: Incident, digest: str, by: Actor, at: datetime) -> None:
    """Record that an incident's evidence left the house as a bundle of this hash (预案 5.1).

    On the system's chain: the incident's own stays as it was exported.
    """
    record(
        Entry(
            chain="system",
            action="response.export_bundle",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"incident:{incident.number}",
            payload={"sha256": digest},
        )
    )


def note_verification(*, events: int, broken: int, root: str, by: Actor, at: datetime) -> None:
    """Record that the whole log was recomputed, how many rows, and what was found (预案 5.1)."""
    record(
        Entry(
            chain="system",
            action="response.verify_audit",
            actor=by.ref,
            office=by.office,
            at=at,
            subject="audit",
            payload={"events": events, "broken": broken, "root": root},
        )
    )
