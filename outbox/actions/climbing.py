"""An alarm that nobody acknowledges is told to the next in turn, each turn exactly once (house setting, 非预案规定)."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from audit.clock import database_now
from audit.record import Entry, record
from audit.seals import seals
from outbox.copies import copies
from outbox.models import Climb, Message, Rank
from outbox.routing import Told, usable_contacts


def climb_due(
    *, source: str, at: datetime | None = None, limit: int = 50, among: Collection[str] | None = None
) -> int:
    """Tell the next in turn of every alarm whose time has come, and return how many turns were told (预案 5.1).

    Any number may call at once: a unique constraint lets the first one through. at: the simulated moment of a replay,
    else the database's clock; among: the chains of a replay's own incidents, which alone live in its time.
    """
    now = at or database_now()
    due = Message.objects.filter(climbs_at__lte=now).order_by("climbs_at", "pk")
    due = due if among is None else due.filter(chain__in=among)
    return sum(_climb(message, source, now) for message in due[:limit])


def _climb(message: Message, source: str, at: datetime) -> int:
    try:
        return _tell_next(message, source, at)
    except IntegrityError:
        return 0  # another caller was here first


@transaction.atomic
def _tell_next(message: Message, source: str, at: datetime) -> int:
    told = message.climbs.count()
    if told >= len(message.rungs):
        return 0
    rung = message.rungs[told]
    climb = Climb.objects.create(
        message=message,
        number=told + 1,
        rank=rung["rank"],
        people=rung["people"],
        # Sooner than was set where nobody of the turn before could be reached.
        due_at=message.climbs_at or at,
        climbed_at=at,
        source=source,
    )
    record(_entry(message, climb))
    later = message.rungs[told + 1 :]
    next_at = datetime.fromisoformat(later[0]["due_at"]) if later else None
    # Acknowledged meanwhile: then nobody else needs to be woken.
    rows = Message.objects.filter(pk=message.pk, climbs_at=message.climbs_at)
    if not rows.update(climbs_at=next_at):
        transaction.set_rollback(True)
        return 0
    contacts = usable_contacts([message.recipient], climb.people)
    reached = [Told(Rank(climb.rank), each) for each in contacts if each.for_alarms]
    Message.objects.bulk_create(copies(message, reached, at=at, turn=climb.number), ignore_conflicts=True)
    return 1


def _entry(message: Message, climb: Climb) -> Entry:
    payload = {"rank": climb.rank, "people": climb.people, "source": climb.source, "rows": seals([climb])}
    return Entry(
        chain=message.evidence_chain,
        action="outbox.climb_on",
        actor="clock",
        office=message.recipient,
        at=climb.climbed_at,
        subject=f"message:{message.pk}",
        payload=payload,
    )
