"""Set the house's own targets where the plan names no hours (A19)."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from audit.record import Entry, record
from audit.seals import seals
from reporting.house_targets import check_can_be_target
from reporting.models import HouseTarget
from reporting.permissions import check_actor_keeps_calendar


@transaction.atomic
def set_house_target(*, duty: str, minutes: int | None = None, by: Actor, at: datetime) -> HouseTarget:
    """Set the house's target for a duty without hours, or turn it off; no verdict and no statistic heeds it (A19).

    duty: its clause. Refused: by another office (403), for a duty to which the plan gives hours, for minutes that
    can't be (422).
    """
    check_actor_keeps_calendar(by)
    check_can_be_target(duty, minutes)
    target = HouseTarget.objects.create(
        duty=duty, minutes=minutes, set_by=by.ref, office=by.office, set_at=at
    )
    record(
        Entry(
            chain=f"org:{by.office}",
            action="reporting.set_house_target",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"duty:{duty}",
            payload={"minutes": minutes, "rows": seals([target])},
        )
    )
    return target
