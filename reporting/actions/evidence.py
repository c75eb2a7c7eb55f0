"""How the evidence log speaks of obligations and deliveries: ids and instants, never a person's name."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from accounts.actors import Actor
from audit.record import Entry
from audit.seals import seals
from incidents.models import Incident
from reporting.models import (
    AttemptRetraction,
    CallAttempt,
    Delivery,
    ExplanationRetraction,
    LegCode,
    Obligation,
    OralExplanation,
    StageEvent,
)

# A house rule, not the plan's: entered more than this after it happened, an entry is marked 补录 (A58).
BACK_ENTRY_AFTER_MIN = 5


def entered(happened_at: datetime, by: Actor, at: datetime) -> dict[str, Any]:
    """Return who enters something into the record, and whether it is entered after the fact (A58)."""
    return {
        "entered_by": by.ref,
        "office": by.office,
        "entered_at": at,
        "is_back_entry": at - happened_at > timedelta(minutes=BACK_ENTRY_AFTER_MIN),
    }


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


def explanation_entries(
    action: str, explanations: Iterable[OralExplanation], incident: Incident, by: Actor, at: datetime
) -> Iterator[Entry]:
    """Yield one row per oral explanation; the reason stays with it."""
    for each in explanations:
        payload = {
            "bearer": each.bearer_id,
            "recipient": each.recipient_id,
            "leg": "written",
            "lodged_at": each.lodged_at.isoformat(),
            "promised_at": each.promised_at.isoformat() if each.promised_at else None,
            "back_entry": each.is_back_entry,
            "rows": seals([each]),
        }
        yield Entry(
            chain=incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"explanation:{each.pk}",
            payload=payload,
        )


def attempt_entries(
    action: str, attempts: Iterable[CallAttempt], incident: Incident, by: Actor, at: datetime
) -> Iterator[Entry]:
    """Yield one row per call that nobody answered; what was said of it stays with it."""
    for each in attempts:
        payload = {
            "bearer": each.bearer_id,
            "recipient": each.recipient_id,
            "attempted_at": each.attempted_at.isoformat(),
            "back_entry": each.is_back_entry,
            "rows": seals([each]),
        }
        yield Entry(
            chain=incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"attempt:{each.pk}",
            payload=payload,
        )


def retraction_entry(
    row: ExplanationRetraction | AttemptRetraction, incident: Incident, by: Actor, at: datetime
) -> Entry:
    """Return the row that says what was taken back, and between whom; the reason stays with it."""
    taken: OralExplanation | CallAttempt
    if isinstance(row, ExplanationRetraction):
        action, leg, taken = "reporting.retract_explanation", LegCode.WRITTEN, row.explanation
    else:
        action, leg, taken = "reporting.retract_attempt", LegCode.PHONE, row.attempt
    return Entry(
        chain=incident.chain,
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=f"{'explanation' if leg is LegCode.WRITTEN else 'attempt'}:{taken.pk}",
        payload={
            "bearer": taken.bearer_id,
            "recipient": taken.recipient_id,
            "leg": leg.value,
            "rows": seals([row]),
        },
    )


def stage_entries(
    action: str, events: Iterable[StageEvent], incident: Incident, by: Actor, at: datetime
) -> Iterator[Entry]:
    """Yield one row per stage that a clock brought along."""
    for event in events:
        yield Entry(
            chain=incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"obligation:{event.obligation_id}",
            payload={"stage": event.stage, "due_at": event.due_at.isoformat(), "rows": seals([event])},
        )
