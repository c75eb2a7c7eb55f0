"""Remind whoever has not provided what the assessment needs, once for each request that is overdue (6.1)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from outbox.actions.messages import Owed, owe
from outbox.models import Message
from response.actions.deciding import LONGEST_TITLE, lock_whole, write_down
from response.models import DataRequest
from response.selectors.requests import overdue_requests


def chase_late_answers(*, by: Actor, at: datetime) -> int:
    """Remind the departments whose answer is overdue, and tell who asked, once for each request (6.1); how many."""
    return sum(_chase(request, by, at) for request in overdue_requests(at))


@transaction.atomic
def _chase(request: DataRequest, by: Actor, at: datetime) -> int:
    """Remind one department, unless that was done for this request or it has answered meanwhile."""
    incident = lock_whole(request.incident)
    key = f"data-request-late:{request.pk}:"
    is_open = overdue_requests(at).filter(pk=request.pk).exists()
    if not is_open or Message.objects.filter(dedupe_key__startswith=key).exists():
        return 0
    write_down(incident=incident, action="response.chase_answer", subject=request, by=by, at=at)
    told = dict.fromkeys(filter(None, (request.department, request.asker)))
    owe((_reminder(request, each, key) for each in told), at=at)
    return 1


def _reminder(request: DataRequest, recipient: Organisation, key: str) -> Owed:
    incident = request.incident
    is_asked = recipient == request.department
    title = _("%(number)s：%(department)s逾期未提供评估资料") % {
        "number": incident.number,
        "department": request.department.name,
    }
    return Owed(
        dedupe_key=f"{key}{recipient.code}",
        recipient=recipient.code,
        kind="data_request_late",
        title=title[:LONGEST_TITLE],
        body=_("预案6.1：有关部门应当按规定及时提供相关信息和资料。"),
        link=f"/requests/{request.pk}/" if is_asked else f"/incidents/{incident.number}/response/",
        chain=incident.chain,
        drill=incident.is_drill,
    )
