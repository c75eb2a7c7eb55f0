"""Groups report to the headquarters' office, and the ones that are late are chased (3.4)."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from outbox.actions.messages import Owed, owe
from outbox.models import Message
from response.actions.deciding import lock_response, write_down
from response.measure_permissions import check_actor_reports_for
from response.models import GroupReport, WorkingGroup
from response.policies.groups import check_response_runs, check_stands
from response.selectors.groups import Due, overdue_groups
from response.selectors.measures import ground_of


@transaction.atomic
def report_of_group(
    *,
    group: WorkingGroup,
    content: str = "",
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> GroupReport:
    """File a group's report to the headquarters' office (3.4); an empty one is a report, sent twice it is one.

    Refused: by an office that is not in the group (403), when it is stood down or the response has ended (409).
    """
    incident, response = lock_response(group.headquarters.response)
    before = GroupReport.objects.filter(form_token=form_token).first() if form_token else None
    if before is not None and before.reported_by == by.ref:
        return before
    group = WorkingGroup.objects.select_related("headquarters__office", "lead").get(pk=group.pk)
    office = check_actor_reports_for(by, ground_of(incident), group)
    check_response_runs(response)
    check_stands(group)
    report = GroupReport.objects.create(
        group=group,
        content=content,
        organisation=office,
        form_token=form_token if before is None else None,
        reported_by=by.ref,
        reported_at=at,
    )
    write_down(incident=incident, action="response.report_of_group", rows=[report], by=by, at=at)
    return report


def chase_late_reports(*, by: Actor, at: datetime) -> int:
    """Remind the leads of the groups whose report is overdue, once for each report that is due (3.4); how many."""
    return sum(_chase(due, by, at) for due in overdue_groups(at))


@transaction.atomic
def _chase(due: Due, by: Actor, at: datetime) -> int:
    """Remind one group's lead and tell the headquarters' office, unless that was done for this report or it came meanwhile."""
    group = due.group
    incident, response = lock_response(group.headquarters.response)
    key = f"group-report:{group.pk}:{due.due_at}"
    is_open = due in overdue_groups(at)
    if not is_open or Message.objects.filter(dedupe_key__startswith=key).exists():
        return 0
    recipients = [group.headquarters.office, *([group.lead] if group.lead else [])]
    write_down(
        incident=incident,
        action="response.chase_report",
        subject=group,
        payload={"response": response.pk},
        by=by,
        at=at,
    )
    owe((_reminder(group, recipient, key) for recipient in dict.fromkeys(recipients)), at=at)
    return 1


def _reminder(group: WorkingGroup, recipient: Organisation, key: str) -> Owed:
    incident = group.headquarters.response.incident
    return Owed(
        dedupe_key=f"{key}:{recipient.code}",
        recipient=recipient.code,
        kind="group_report_late",
        title=_("%(number)s：%(group)s尚未按要求报告工作开展情况")
        % {"number": incident.number, "group": group.name},
        link=f"/incidents/{incident.number}/groups/",
        chain=incident.chain,
        drill=incident.is_drill,
    )
