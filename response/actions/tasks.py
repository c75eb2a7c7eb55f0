"""Say how it stands with a measure or a group's duty (3.4, 6.3)."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock
from incidents.models import Incident
from incidents.policies import check_is_open
from response.measure_permissions import check_actor_keeps_task
from response.models import TaskEntry, TaskState
from response.policies.tasks import check_can_enter_task, item_of
from response.selectors.measures import ground_of


@transaction.atomic
def enter_task(
    *,
    incident: Incident,
    code: str,
    state: TaskState,
    document: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
) -> TaskEntry:
    """Enter that an item of the checklist goes on, is done, or does not apply; the same said again is one entry.

    code: a measure's, or `group:duty` (`plan.checklist`). Refused: by an office whose item it is not (403), on a closed
    incident (409), what does not apply without a reason or a deliverable without its document (422).
    """
    (incident,) = lock([incident.pk])
    item = item_of(code)
    office = check_actor_keeps_task(by, ground_of(incident), item)
    check_is_open(incident)
    check_can_enter_task(item, state, document=document, note=note)
    said = {"state": state.value, "document": document, "note": note, "organisation": office}
    last = TaskEntry.objects.filter(incident=incident, code=code).order_by("-pk").first()
    if last is not None and all(getattr(last, name) == value for name, value in said.items()):
        return last
    entry = TaskEntry.objects.create(incident=incident, code=code, **said, recorded_by=by.ref, recorded_at=at)
    record(
        Entry(
            chain=incident.chain,
            action="response.enter_task",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"task:{code}",
            payload={"task": code, "state": entry.state, "rows": seals([entry])},
        )
    )
    return entry
