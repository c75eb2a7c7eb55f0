"""Remind whoever lets an item of the aftermath wait past the day that the office set itself (7.1: 及时拨付)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import moments
from accounts.actors import Actor
from aftermath.selectors.open_items import OpenItem, late_items, open_items
from outbox.actions.messages import Owed, owe
from outbox.models import Message
from response.actions.deciding import LONGEST_TITLE, lock_whole, write_down


def chase_aftermath(*, by: Actor, at: datetime) -> int:
    """Remind each office once of each item whose day is over, before and after the declaration (7.1); how many."""
    late = {_key(item): item for item in late_items(at)}
    reminded = set(Message.objects.filter(dedupe_key__in=late).values_list("dedupe_key", flat=True))
    return sum(_chase(item, by, at) for key, item in late.items() if key not in reminded)


@transaction.atomic
def _chase(item: OpenItem, by: Actor, at: datetime) -> int:
    """Remind of one item, unless that was done or it was settled meanwhile."""
    incident = lock_whole(item.entry.incident)
    is_open = any(_key(each) == _key(item) for each in open_items(incident))
    if not is_open or Message.objects.filter(dedupe_key=_key(item)).exists():
        return 0
    write_down(incident=incident, action="aftermath.chase", subject=item.entry, by=by, at=at)
    day = moments.whole_day(item.due_on) if item.due_on else ""
    words = {"number": incident.number, "what": item.what, "day": day}
    title = _("【催办】%(number)s善后事项“%(what)s”已过本单位所定日期%(day)s") % words
    owe(
        [
            Owed(
                dedupe_key=_key(item),
                recipient=item.entry.organisation.code,
                kind="aftermath_late",
                title=title[:LONGEST_TITLE],
                body=_("预案7.1：费用等应及时拨付，预案未定天数；按登记单位自定的日期提醒。"),
                link=f"/incidents/{incident.number}/aftermath/",
                chain=incident.chain,
                drill=incident.is_drill,
            )
        ],
        at=at,
    )
    return 1


def _key(item: OpenItem) -> str:
    """Name one reminder: an item and the day that passed; another day is reminded of anew."""
    return f"aftermath-late:{item.key}:{item.due_on}"
