"""The log of what the platform shared (4.1(c))."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.evidence import write_down
from accounts.models import Organisation
from accounts.permissions import check_actor_may
from accounts.rights import Right
from monitoring.models import Sharing, SharingWay

CHAIN = "sharing"


@transaction.atomic
def note_sharing(
    *,
    what: str,
    subject: str,
    receivers: Sequence[Organisation | None],
    way: SharingWay,
    rows: int = 1,
    is_drill: bool = False,
    by: Actor,
    at: datetime,
) -> list[Sharing]:
    """Write down what went to whom (4.1(c): 互联互通和资源共享); nobody is the public."""
    giver = check_actor_may(by, Right.MONITOR)
    made = []
    for receiver in receivers:
        row = Sharing(what=what[:160], subject=subject, rows=rows, giver=giver, receiver=receiver, way=way)
        row.is_drill, row.shared_by, row.shared_at = is_drill, by.ref, at
        row.save(force_insert=True)
        made.append(row)
    if made:
        write_down("monitoring.note_sharing", CHAIN, by, at, rows=made)
    return made
