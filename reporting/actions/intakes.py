"""Open what a hospital sent, which nobody does unseen."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from audit.record import Entry, record
from plan.refusal import PlanRefusal
from reporting.intake import open_raw_body
from reporting.models import IntakeRecord


@transaction.atomic
def read_raw_body(*, intake: IntakeRecord, reason: str, by: Actor, at: datetime) -> bytes:
    """Return a hospital's message in clear, and write down who read it and why (5.1; 个人信息保护).

    Refused without a reason (422). Raises LookupError when its key is not at hand, InvalidTag when it was tampered with.
    """
    if not reason.strip():
        raise PlanRefusal(_("查阅报文原文须写明理由。"), clause="5.1", code="reading_without_reason")
    raw = open_raw_body(intake)
    record(
        Entry(
            chain=f"org:{intake.sender.code}",
            action="reporting.read_raw_body",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"intake:{intake.pk}",
            payload={"sha256": intake.body_sha256, "reason": reason},
        )
    )
    return raw
