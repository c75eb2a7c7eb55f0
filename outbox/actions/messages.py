"""Messages: owed in the transaction that owes them, read and acknowledged by the office they went to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.record import Entry, record
from audit.worlds import in_drill
from outbox.copies import copies
from outbox.models import Channel, Message, MessageState
from outbox.routing import Route, Rung, routes, stays_inside
from plan.refusal import PlanRefusal

DRILL_MARK = "【演练】"
# In which order a letter that went goes on; one given up may have arrived all the same.
COURSE = (
    MessageState.FAILED,
    MessageState.SENT,
    MessageState.DELIVERED,
    MessageState.READ,
    MessageState.ACKNOWLEDGED,
)
KEPT_INSIDE = gettext_lazy("演练：未向站外发送。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One message to one organisation; the dedupe key says what must not be told twice.

    is_alarm: somebody has to acknowledge it, else the next in turn is told; subject: the rows it wants to see done.
    """

    dedupe_key: str
    recipient: str
    kind: str
    title: str
    body: str = ""
    link: str = ""
    chain: str = ""
    drill: bool = field(default_factory=in_drill)
    is_alarm: bool = False
    subject: str = ""


def owe(owed: Iterable[Owed], *, at: datetime) -> None:
    """Queue messages in the caller's transaction, with a copy for each address outside; one owed before stays (预案 5.1)."""
    listed: dict[str, Owed] = {}
    for one in owed:
        listed.setdefault(one.dedupe_key, one)
    way = routes({one.recipient for one in listed.values()}, at=at)
    if any(way.values()):
        # What was owed before goes to no address that was added since.
        for key in list(Message.objects.filter(dedupe_key__in=listed).values_list("dedupe_key", flat=True)):
            del listed[key]
    rows = [row for one in listed.values() for row in _rows(one, way[one.recipient], at)]
    # In key order, so that two transactions that owe the same messages wait for each other in one direction.
    Message.objects.bulk_create(sorted(rows, key=lambda row: row.dedupe_key), ignore_conflicts=True)


def _rows(one: Owed, route: Route, at: datetime) -> list[Message]:
    message = Message(
        dedupe_key=one.dedupe_key,
        channel=Channel.INAPP,
        recipient=one.recipient,
        kind=one.kind,
        is_alarm=one.is_alarm,
        subject=one.subject,
        chain=one.chain,
        title=DRILL_MARK + one.title if one.drill else one.title,
        body=one.body,
        link=one.link,
        drill=one.drill,
        created_at=at,
        next_try_at=at,
    )
    told = route.at_once if one.is_alarm else list(route.notices)
    if stays_inside(is_drill=one.drill):
        message.body += str(KEPT_INSIDE) if told else ""
        return [message]
    if one.is_alarm:
        message.rungs = [_frozen(rung, at) for rung in route.rungs[1:]]
        message.climbs_at = at + route.rungs[1].after if message.rungs else None
    return [message, *copies(message, told, at=at)]


def _frozen(rung: Rung, at: datetime) -> dict[str, Any]:
    return {
        "rank": rung.turn.rank.value,
        "people": list(rung.turn.people),
        "due_at": (at + rung.after).isoformat(),
    }


def mark_read(*, message: Message, by_ref: str, office: str, at: datetime) -> None:
    """Note who of the receiving office first read a message, and when (预案 5.1)."""
    _check_recipient(message, office)
    entry = _entry(message, "outbox.mark_read", by_ref, at)
    unread = Message.objects.filter(pk=message.pk, read_at__isnull=True)
    note_change(entry, unread, state=MessageState.READ, read_at=at, read_by=by_ref, **_arrived(at))


@transaction.atomic
def acknowledge(*, message: Message, by_ref: str, office: str, at: datetime) -> None:
    """Note who of the receiving office first took a message on, and when (预案 5.1); it is then read as well.

    The office's own copies outside and those of this person are taken on with it.
    """
    mark_read(message=message, by_ref=by_ref, office=office, at=at)
    entry = _entry(message, "outbox.acknowledge", by_ref, at)
    open_ = Message.objects.filter(pk=message.pk, acknowledged_at__isnull=True)
    again_at = at + timedelta(minutes=settings.ASK_AGAIN_AFTER_MIN) if message.subject else None
    taken: dict[str, Any] = {"acknowledged_at": at, "acknowledged_by": by_ref}
    changes = {"state": MessageState.ACKNOWLEDGED, "climbs_at": None, "asks_again_at": again_at}
    if note_change(entry, open_, **taken, **changes):
        own = Message.objects.filter(about=message.dedupe_key, contact__person__in=["", by_ref])
        own.update(**taken, state=at_least(MessageState.ACKNOWLEDGED))


def at_least(state: MessageState, *, is_proof: bool = False) -> Case:
    """Return the state a row gets that has come so far: never one it is past.

    is_proof: it shows that a letter went which nobody here knew to have gone; else one yet to go still goes.
    """
    before = COURSE[: COURSE.index(state)]
    before = (MessageState.QUEUED, *before) if is_proof else before
    return Case(When(state__in=before, then=Value(state)), default=F("state"))


def note_change(entry: Entry, rows: QuerySet[Message], **changes: Any) -> bool:
    """Write the evidence, then change the row; undo the evidence where there was nothing left to change."""
    return note_changes([entry], rows, **changes) > 0


def note_changes(entries: Sequence[Entry], rows: QuerySet[Message], **changes: Any) -> int:
    """Write the evidence of one chain, then change as many rows, and return how many; 0 where any was changed before.

    In this order because chain heads are locked before the outbox everywhere.
    """
    with transaction.atomic():
        record(*entries)
        changed = rows.update(**changes)
        if changed != len(entries):
            transaction.set_rollback(True)
            return 0
    return changed


def _arrived(at: datetime) -> dict[str, Any]:
    return {name: Coalesce(name, Value(at)) for name in ("sent_at", "delivered_at")}


def _check_recipient(message: Message, office: str) -> None:
    if office != message.recipient:
        raise PlanRefusal(
            _("此消息不是发给您当前职务所在单位的。"), clause="5.1", code="not_the_recipient", status=403
        )


def _entry(message: Message, action: str, by_ref: str, at: datetime) -> Entry:
    return Entry(
        chain=message.evidence_chain,
        action=action,
        actor=by_ref,
        office=message.recipient,
        at=at,
        subject=f"message:{message.pk}",
    )
