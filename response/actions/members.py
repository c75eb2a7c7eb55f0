"""Keep what a member unit does in an incident and where it is reached (3.1)."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import Entry, record
from response.models import UnitCard
from response.permissions import check_actor_keeps_card


@transaction.atomic
def keep_card(
    *,
    organisation: Organisation,
    duties: str = "",
    contact: str = "",
    phone: str = "",
    by: Actor,
    at: datetime,
) -> UnitCard:
    """Say what a member unit does in an incident and where it is reached round the clock (3.1); the plan prints neither.

    Refused: by another than the unit itself and the office of its commission (403).
    """
    check_actor_keeps_card(by, organisation)
    kept, _made = UnitCard.objects.update_or_create(
        organisation=organisation,
        defaults={
            "duties": duties,
            "contact": contact,
            "phone": phone,
            "kept_by": by.ref,
            "kept_at": at,
        },
    )
    # What it says of people stays out of the evidence log.
    record(
        Entry(
            chain="system",
            action="response.keep_card",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"organisation:{organisation.code}",
            payload={"unit": organisation.code},
        )
    )
    return kept
