"""Addresses outside for tests: added, told a code, confirmed, as an office would."""

from typing import Any

from accounts.actions.contacts import add_contact
from accounts.actors import SYSTEM
from accounts.models import User
from audit.clock import database_now
from outbox.models import Channel, Contact
from tests.support.people import organisation

SECRET = "a secret of sixteen or more"


def contact(
    org_code: str,
    channel: Channel,
    where: str,
    *,
    secret: str = SECRET,
    person: User | None = None,
    **more: Any,
) -> Contact:
    """One verified address of an office or of one of its people."""
    return add_contact(
        organisation=organisation(org_code),
        person=person,
        channel=channel,
        where=where,
        is_verified=True,
        by=SYSTEM,
        at=database_now(),
        secret=secret,
        **more,
    )
