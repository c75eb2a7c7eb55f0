"""Remind whoever owes an answer or a paper: by the house's own interval, and by hand (6.2, 6.4, A59)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.rights import Right
from incidents.models import Incident, IncidentStatus
from incidents.permissions import check_actor_may_with
from outbox.actions.messages import Owed, owe
from plan.authority import ANSWERS_WITHOUT_HOURS
from reporting.clocks import to_minute
from reporting.house_targets import targets
from response.actions.deciding import LONGEST_TITLE, lock_whole, write_down
from response.models import Decision, Urging
from response.policies.urging import check_can_urge
from response.selectors.running import decisions_of
from response.selectors.waits import Wait, intervals_over, may_be_late, waits_among


@transaction.atomic
def urge_answer(*, decision: Decision, by: Actor, at: datetime) -> Urging:
    """Remind by hand who owes the answer to an application or proposal, or the paper of an oral word (A59).

    Twice in a minute is once. Refused: without the right to assess (403), where nothing is waited for, or by who owes
    it (409).
    """
    incident = lock_whole(decision.incident)
    check_actor_may_with(by, Right.ASSESS, incident)
    wait = check_can_urge(decision, waits_among(decisions_of(incident)), by)
    before = decision.urgings.filter(interval__isnull=True).order_by("pk").last()
    if before is not None and to_minute(before.urged_at) == to_minute(at):
        return before
    return _urge(wait, [wait.to], by=by, at=at)


def chase_late_decisions(*, by: Actor, at: datetime) -> int:
    """Remind whoever lets an answer or a paper wait longer than the house's target, once for each time it runs out; how many.

    Where the house has set none, nobody is reminded: the plan has no hours (A19, A59).
    """
    minutes = {duty: set_ for duty, set_ in targets().items() if duty in ANSWERS_WITHOUT_HOURS}
    if not minutes:
        return 0
    return sum(_chase(each, minutes, by, at) for each in may_be_late(at, min(minutes.values())))


@transaction.atomic
def _chase(decision: Decision, minutes: dict[str, int], by: Actor, at: datetime) -> int:
    """Remind of one decision, unless that was done for this interval, it came meanwhile or has no target."""
    incident = lock_whole(decision.incident)
    waits = waits_among(decisions_of(incident))
    wait = next((each for each in waits if each.decision.pk == decision.pk), None)
    if wait is None or wait.duty not in minutes or incident.status != IncidentStatus.OPEN:
        return 0
    interval = intervals_over(wait.since, minutes[wait.duty], at)
    if interval == 0 or decision.urgings.filter(interval__gte=interval).exists():
        return 0
    told = list(dict.fromkeys([wait.to, wait.decision.organisation]))
    _urge(wait, told, interval=interval, by=by, at=at)
    return 1


def _urge(
    wait: Wait, told: Sequence[Organisation], *, interval: int | None = None, by: Actor, at: datetime
) -> Urging:
    incident = wait.decision.incident.merged_into or wait.decision.incident
    urging = Urging.objects.create(
        decision=wait.decision, told=wait.to, interval=interval, urged_by=by.ref, urged_at=at
    )
    payload = {"decision": wait.decision.pk, "to": wait.to.code, "interval": interval}
    write_down(incident=incident, action="response.urge", rows=[urging], payload=payload, by=by, at=at)
    owe((_reminder(incident, wait, urging, each) for each in told if each.code != by.office), at=at)
    return urging


def _reminder(incident: Incident, wait: Wait, urging: Urging, recipient: Organisation) -> Owed:
    words = {"number": incident.number, "what": wait.what, "who": wait.to.name}
    title = _("【催办】%(number)s：%(who)s %(what)s") % words
    house = _("按内部目标催办；预案未定时限。") if urging.interval is not None else ""
    return Owed(
        dedupe_key=f"urge:{urging.pk}:{recipient.code}",
        recipient=recipient.code,
        kind="answer_urged",
        title=title[:LONGEST_TITLE],
        body=house + _("没有答复不等于同意；书面迟到不影响口头决定的效力。"),
        link=f"/incidents/{incident.number}/response/",
        chain=incident.chain,
        drill=incident.is_drill,
    )
