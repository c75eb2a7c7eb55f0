"""A letter that will not arrive: on record, said in its office's inbox, and an alarm goes to somebody else at once."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit.record import Entry
from outbox.actions.messages import Owed, note_change, owe
from outbox.copies import copies
from outbox.models import Contact, Message, MessageState, Rank
from outbox.routing import Told, usable_contacts

LONGEST_TITLE = 190
# Of a letter that says so and fails itself nothing more is said: it would go on for ever.
KIND = "message_failed"


def give_up(message: Message, rows: QuerySet[Message], entry: Entry, *, reason: str) -> None:
    """Give a letter up, say so to its office, and tell whoever can still do something, in one transaction (预案 5.1).

    rows: the letter, as long as it is the caller's to give up.
    """
    with transaction.atomic():
        changes = {"state": MessageState.FAILED, "last_error": reason, "lease_until": None}
        if not note_change(entry, rows, **changes) or not message.about:
            return
        if message.kind != KIND:
            owe([_failure(message)], at=entry.at)
        alarm = Message.objects.filter(
            dedupe_key=message.about, is_alarm=True, acknowledged_at__isnull=True
        ).first()
        if alarm is not None:
            _tell_another(message, alarm, entry.at)


def _tell_another(failed: Message, alarm: Message, at: datetime) -> None:
    """Try the person's other addresses; once nobody of the turn can be reached any more, the next turn is due now.

    The last turn has no next: its office's inbox and the monitors say that nobody was reached.
    """
    others = [Told(Rank(failed.rank), each) for each in _other_addresses(failed)]
    if others:
        Message.objects.bulk_create(copies(alarm, others, at=at), ignore_conflicts=True)
        return
    told = Message.objects.filter(about=alarm.dedupe_key).exclude(state=MessageState.FAILED)
    same_turn = told if failed.rank == Rank.OFFICE else told.filter(rank=failed.rank)
    if not same_turn.exists():
        Message.objects.filter(pk=alarm.pk, climbs_at__gt=at).update(climbs_at=at)


def _other_addresses(failed: Message) -> list[Contact]:
    """Return the addresses of the same person that the alarm has not gone to, those for notices among them."""
    person = failed.contact.person if failed.contact else ""
    if not person:
        return []
    tried = set(Message.objects.filter(about=failed.about).values_list("contact_id", flat=True))
    return [each for each in usable_contacts([failed.recipient], [person]) if each.pk not in tried]


def _failure(message: Message) -> Owed:
    title = _("【消息未能送出】%(channel)s：%(title)s") % {
        "channel": message.get_channel_display(),
        "title": message.title,
    }
    return Owed(
        dedupe_key=f"failed:{message.pk}",
        recipient=message.recipient,
        kind=KIND,
        title=title[:LONGEST_TITLE],
        body=_("请改用电话等其他方式通知有关人员，并检查该联系方式。"),
        link=message.link,
        chain=message.chain,
        drill=message.drill,
    )
