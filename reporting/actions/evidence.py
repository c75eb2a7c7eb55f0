"""How the evidence log speaks of obligations and deliveries: ids and instants, never a person's name."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from accounts.actors import Actor
from audit.record import Entry
from audit.seals import seals
from incidents.models import Incident
from reporting.models import Delivery, Obligation


def obligation_entries(
    action: str, obligations: Iterable[Obligation], incident: Incident, by: Actor, at: datetime
) -> Iterator[Entry]:
    """Yield one row per obligation, all on the chain of the incident that is locked."""
    for each in obligations:
        payload = {
            "clause": each.clause,
            "leg": each.leg,
            "bearer": each.bearer_id,
            "recipient": each.recipient_id,
            "version": each.version,
            "crossing": each.crossing_id,
            "anchor_earliest": each.anchor_earliest.isoformat(),
            "anchor_latest": each.anchor_latest.isoformat(),
            "known_at": each.known_at.isoformat(),
        }
        yield Entry(
            chain=incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"obligation:{each.pk}",
            payload=payload,
        )


def delivery_entries(
    action: str, deliveries: Iterable[Delivery], incident: Incident, by: Actor, at: datetime
) -> Iterator[Entry]:
    """Yield one row per delivery."""
    for each in deliveries:
        payload = {
            "leg": each.leg,
            "bearer": each.bearer_id,
            "recipient": each.recipient_id,
            "received_at": each.received_at.isoformat(),
            "back_entry": each.is_back_entry,
            "corrects": each.corrects_id,
            "report": str(each.report.ref) if each.report else None,
            "rows": seals([each]),
        }
        yield Entry(
            chain=incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"delivery:{each.pk}",
            payload=payload,
        )
