"""What the issuer does about an entry of the command log: note a receipt, chase, find the answer enough or not (3.1, 3.2)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.moments import minute
from accounts.rights import Right
from response.actions.commands import lock_addressee, note
from response.actions.deciding import lock_response
from response.actions.logbook import send
from response.actions.teams import settle_report
from response.models import CommandAddressee, CommandEntry
from response.permissions import check_actor_may_on
from response.policies.command_log import check_can_chase, check_can_note_receipt, check_can_review


@transaction.atomic
def note_receipt(
    *, addressee: CommandAddressee, receiver: str, received_at: datetime, by: Actor, at: datetime
) -> CommandAddressee:
    """Note who took a report in a body that has no account here, and when (3.1, 3.2); the first entry stays.

    Refused: for another than the issuing headquarters (403), a body that signs for itself (409), without the receiver or
    at an impossible time (422).
    """
    incident, addressee = lock_addressee(addressee)
    check_actor_may_on(by, Right.COMMAND, addressee.entry.response)
    if addressee.received_at is not None:
        return addressee
    check_can_note_receipt(addressee, receiver, received_at, at)
    addressee.received_at, addressee.received_by, addressee.receiver = received_at, by.ref, receiver
    addressee.save()
    note(incident=incident, addressee=addressee, action="response.note_receipt", by=by, at=at)
    settle_report(incident=incident, addressee=addressee, by=by, at=at)
    return addressee


@transaction.atomic
def chase_command(*, entry: CommandEntry, by: Actor, at: datetime) -> CommandEntry:
    """Chase those who have not signed for an entry or not reported what they did (3.2); twice in a minute is once.

    Refused: for another than the issuing headquarters (403), when nobody is behind (409).
    """
    incident, response = lock_response(entry.response)
    check_actor_may_on(by, Right.COMMAND, response)
    rows = CommandAddressee.objects.filter(entry=entry).select_for_update(of=("self",))
    behind = [row for row in rows.select_related("organisation").order_by("pk") if row.is_behind]
    check_can_chase(behind)
    chased = [row for row in behind if row.chased_at is None or minute(row.chased_at) != minute(at)]
    for row in chased:
        row.chased_at, row.chased_by = at, by.ref
        row.save()
        note(incident=incident, addressee=row, action="response.chase_command", by=by, at=at)
    words = {"number": incident.number, "title": entry.title}
    title = _("【催办】%(number)s：%(title)s") % words
    send(incident=incident, rows=chased, key=f"chase:{at:%Y%m%d%H%M}", title=title, by=by, at=at)
    return entry


@transaction.atomic
def review_execution(
    *, addressee: CommandAddressee, is_enough: bool, opinion: str = "", by: Actor, at: datetime
) -> CommandAddressee:
    """Find what an addressee did about a supervision or an issue enough, which closes it, or send it back (3.2).

    What was answered before stays with the row. Refused: for another than the issuing headquarters (403), unanswered or
    closed already (409), sent back without words (422).
    """
    incident, addressee = lock_addressee(addressee)
    check_actor_may_on(by, Right.COMMAND, addressee.entry.response)
    if is_enough and addressee.closed_by == by.ref:
        return addressee
    check_can_review(addressee, opinion, is_enough=is_enough)
    action = "response.close_command" if is_enough else "response.return_command"
    if is_enough:
        addressee.closed_at, addressee.closed_by = at, by.ref
    else:
        addressee.executed_at, addressee.executed_by = None, ""
        addressee.outcome += "\n" + _("【%(time)s退回】%(why)s") % {"time": minute(at), "why": opinion}
    addressee.save()
    note(incident=incident, addressee=addressee, action=action, by=by, at=at)
    if not is_enough:
        words = {"number": incident.number, "title": addressee.entry.title}
        title = _("【退回】%(number)s：%(title)s") % words
        key = f"return:{at:%Y%m%d%H%M%S}"
        send(incident=incident, rows=[addressee], key=key, title=title, by=by, at=at)
    return addressee
