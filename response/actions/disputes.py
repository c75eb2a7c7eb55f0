"""Keep petitions and disputes: for the stability group's lead and the organ in charge alone (6.3.6)."""

import uuid
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock
from incidents.models import Incident
from response.measure_permissions import check_actor_continues_dispute, check_actor_keeps_disputes
from response.models import DisputeEntry, DisputeKind, DisputeState
from response.policies.disputes import check_can_enter_dispute


@transaction.atomic
def enter_dispute(
    *,
    incident: Incident,
    kind: DisputeKind,
    in_charge: Organisation,
    summary: str,
    register_number: str = "",
    people: int | None = None,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> DisputeEntry:
    """Open a petition or dispute and say which organ is in charge (6.3.6); sent twice, it is one.

    register_number: under which that organ keeps the people, who are never named here.
    Refused: by an office that leads no stability work (403), without a summary (422).
    """
    (incident,) = lock([incident.pk])
    office = check_actor_keeps_disputes(by, incident)
    before = DisputeEntry.objects.filter(form_token=form_token).first() if form_token else None
    if before is not None and before.recorded_by == by.ref:
        return before
    check_can_enter_dispute(about=None, is_settled=False, summary=summary)
    entry = DisputeEntry.objects.create(
        incident=incident,
        kind=kind,
        in_charge=in_charge,
        register_number=register_number,
        people=people,
        summary=summary,
        organisation=office,
        form_token=form_token if before is None else None,
        recorded_by=by.ref,
        recorded_at=at,
    )
    _write_down(entry, by, at)
    return entry


@transaction.atomic
def continue_dispute(
    *, dispute: DisputeEntry, summary: str, state: DisputeState, by: Actor, at: datetime
) -> DisputeEntry:
    """Enter a further step of a petition or dispute, or that it is settled (6.3.6).

    Refused: by another than the stability group's lead and the organ in charge (403), of a step or of what is settled
    (409), without a summary (422).
    """
    (incident,) = lock([dispute.incident_id])
    office = check_actor_continues_dispute(by, incident, dispute)
    is_settled = DisputeEntry.objects.filter(about=dispute, state=DisputeState.SETTLED).exists()
    check_can_enter_dispute(about=dispute, is_settled=is_settled, summary=summary)
    entry = DisputeEntry.objects.create(
        incident=dispute.incident,
        kind=dispute.kind,
        about=dispute,
        in_charge=dispute.in_charge,
        summary=summary,
        state=state,
        organisation=office,
        recorded_by=by.ref,
        recorded_at=at,
    )
    _write_down(entry, by, at)
    return entry


def _write_down(entry: DisputeEntry, by: Actor, at: datetime) -> None:
    """Write the evidence, which says that something was entered and not what."""
    record(
        Entry(
            chain=entry.incident.chain,
            action="response.enter_dispute",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"dispute:{entry.about_id or entry.pk}",
            payload={"rows": seals([entry])},
        )
    )
