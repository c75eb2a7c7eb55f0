"""Set how often the house wants a register looked at (非预案规定); off until somebody does."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.evidence import write_down
from accounts.models import Jurisdiction, JurisdictionKind
from readiness.models import CheckInterval
from readiness.permissions import check_actor_keeps
from readiness.policies import check_days
from readiness.registers import TEAMS, register_of


@transaction.atomic
def set_check_interval(*, register: str, days: int | None = None, by: Actor, at: datetime) -> CheckInterval:
    """Set after how many days a register's rows are to be checked again, or turn it off (3.2; the plan sets none).

    Refused: by another than the city's office (403), for days that can't be (422).
    """
    own = register_of(register)
    check_actor_keeps(by, TEAMS, Jurisdiction.objects.get(kind=JurisdictionKind.CITY))
    check_days(days)
    made = CheckInterval.objects.create(
        register=own.slug, days=days, office=by.office, set_by=by.ref, set_at=at
    )
    subject = f"register:{own.slug}"
    write_down(
        "readiness.set_check_interval", f"org:{by.office}", by, at, subject=subject, rows=[made], days=days
    )
    return made
