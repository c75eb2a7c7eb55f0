"""Addresses outside for tests: added, told a code, confirmed, as an office would."""

from datetime import timedelta
from typing import Any

from accounts.actions.contacts import add_contact
from accounts.actions.duty import plan_shift
from accounts.actors import SYSTEM
from accounts.models import User
from audit.clock import database_now
from outbox.models import Channel, Contact
from tests.support.letters import alarm, copies_of
from tests.support.people import holding, organisation
from tests.support.shifts import handover_for_doors

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


def duty_for_doors() -> dict[str, int]:
    """A shift, an unproved address and a letter of one county's regulator, by the doors that lead to them."""
    office, at = organisation("330212-regulator"), database_now()
    shift = plan_shift(
        organisation=office,
        person=holding(office.code).user,
        from_at=at,
        until_at=at + timedelta(hours=8),
        by=SYSTEM,
        at=database_now(),
    )
    kept = add_contact(organisation=office, channel=Channel.EMAIL, where="desk@example.org", by=SYSTEM, at=at)
    names = ("contact_code", "resend_code", "remove_contact")
    contact(office.code, Channel.EMAIL, "night@example.org")
    (letter,) = copies_of(alarm("for the doors", recipient=office.code))
    kept_doors = {f"accounts:{name}": kept.pk for name in names}
    return {
        "accounts:end_shift": shift.pk,
        "response:letter": letter.pk,
        **kept_doors,
        **handover_for_doors(),
    }
