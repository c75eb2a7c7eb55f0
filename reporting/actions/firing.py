"""Fire the stages that are due, each exactly once, whoever comes first (5.1(8), A58; architecture: the clocks)."""

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from accounts.actors import CLOCK
from audit.clock import database_now
from audit.record import Entry, record_all
from audit.seals import seals
from incidents.models import Incident
from outbox.actions.messages import Owed, owe
from reporting.alerts import Addressees, stage_messages
from reporting.clocks import stage_times
from reporting.excuses import OnRecord, excuse, move_on
from reporting.models import Obligation, StageEvent
from reporting.selectors import families_on_record, whole_id
from reporting.verdicts import fulfilment, limit_before_knowledge, standing

# So many incidents share a transaction: the cost of asking is shared, and nobody waits long for one of them.
AT_ONCE = 10
RETRY_BASE_S = 2
RETRY_LONGEST_S = 60

logger = logging.getLogger(__name__)


def fire_due(
    *, source: str, at: datetime | None = None, limit: int = 50, among: Collection[int] | None = None
) -> int:
    """Fire every stage that is due, for the incidents of the `limit` obligations due longest; return how many fired.

    source: who fires, kept with each stage; at: the simulated moment of a replay, else the database's clock; among: the
    ids of a replay's own incidents, which alone live in its time.
    Any number may call at once: an incident that another caller holds is passed over. What can't be fired is pushed
    aside for seconds and blocks nothing else. Raises OperationalError when the database is away.
    """
    now = at or database_now()
    due = Obligation.objects.filter(next_due_at__lte=now).order_by("next_due_at")
    due = due if among is None else due.filter(incident__in=among)
    incident_ids = list(dict.fromkeys(due.values_list("incident_id", flat=True)[:limit]))
    return sum(
        _fire_together(incident_ids[first : first + AT_ONCE], source, at)
        for first in range(0, len(incident_ids), AT_ONCE)
    )


def _fire_together(incident_ids: Sequence[int], source: str, at: datetime | None) -> int:
    try:
        return _fire(incident_ids, source, at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("stages of incidents %s did not fire together; trying each alone", incident_ids)
    if len(incident_ids) > 1:
        return sum(_fire_together([pk], source, at) for pk in incident_ids)
    due = Obligation.objects.filter(incident__in=incident_ids, next_due_at__lte=at or database_now())
    ids = list(due.order_by("next_due_at").values_list("pk", flat=True))
    return sum(_fire_alone(incident_ids[0], pk, source, at) for pk in ids)


def _fire_alone(incident_id: int, obligation_id: int, source: str, at: datetime | None) -> int:
    try:
        return _fire([incident_id], source, at, only=obligation_id)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("obligation %s can't fire and is pushed aside", obligation_id)
    _push_aside(obligation_id, at)
    return 0


@transaction.atomic
def _fire(incident_ids: Sequence[int], source: str, at: datetime | None, *, only: int | None = None) -> int:
    """Fire what is due of those incidents that nobody else holds: a burst costs one transaction, not one for each."""
    locked = Incident.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "county", "merged_into__county"
    )
    incidents = {each.pk: each for each in locked.filter(pk__in=incident_ids).order_by("pk")}
    now = at or database_now()
    due = Obligation.objects.filter(incident__in=incidents, next_due_at__lte=now)
    due = due if only is None else due.filter(pk=only)
    locked_rows = due.select_for_update(of=("self",)).select_related("bearer", "recipient")
    obligations = list(locked_rows.order_by("next_due_at", "pk")) if incidents else []
    if not obligations:
        return 0  # another caller was here first
    for each in obligations:
        each.incident = incidents[each.incident_id]
    events = _step(obligations, source, now)
    StageEvent.objects.bulk_create(events)
    Obligation.objects.bulk_update(obligations, ["next_stage", "next_due_at", "retry_count"])
    record_all(_entry(event, now) for event in events)
    owe(_messages(events), at=now)
    return len(events)


def _step(obligations: Collection[Obligation], source: str, now: datetime) -> list[StageEvent]:
    """Return the stages to write, in the order they fell due, and move each obligation on to its next."""
    families = families_on_record({each.incident for each in obligations})
    fired: dict[int, set[str]] = defaultdict(set)
    for obligation_id, stage in StageEvent.objects.filter(obligation__in=obligations).values_list(
        "obligation_id", "stage"
    ):
        fired[obligation_id].add(stage)
    events = []
    for each in obligations:
        on_record = families[whole_id(each.incident)]
        is_fulfilled = fulfilment(each, on_record.deliveries) is not None
        is_excused = excuse(each, on_record) is not None
        for stage, due_at in [] if is_fulfilled else stage_times(each, is_excused=is_excused):
            if due_at <= now and stage not in fired[each.pk]:
                fired[each.pk].add(stage)
                event = StageEvent(obligation=each, stage=stage, due_at=due_at, fired_at=now, source=source)
                event.on_record = _on_record(each, on_record)
                events.append(event)
        move_on(each, fired[each.pk], on_record)
        each.retry_count = 0
    return sorted(events, key=lambda event: (event.due_at, event.obligation_id))


def _on_record(obligation: Obligation, on_record: OnRecord) -> dict[str, Any]:
    """Return what was known when the stage fired: ids, instants and the level, nothing of a person."""
    whole = obligation.incident.merged_into or obligation.incident
    received = [each for each in standing(on_record.deliveries) if each.bearer_id == obligation.bearer_id]
    told = [
        each for each in on_record.explanations if each.bearer_id == obligation.bearer_id and each.stands()
    ]
    return {
        "level": whole.duty_level.value,
        "anchor_earliest": obligation.anchor_earliest.isoformat(),
        "anchor_latest": obligation.anchor_latest.isoformat(),
        "known_at": obligation.known_at.isoformat(),
        "target_at": obligation.target_at.isoformat() if obligation.target_at else None,
        "limit_at": obligation.limit_at.isoformat() if obligation.limit_at else None,
        "limit_before_knowledge": limit_before_knowledge(obligation),
        "deliveries": [each.pk for each in received],
        "explanations": [each.pk for each in told],
    }


def _entry(event: StageEvent, now: datetime) -> Entry:
    payload = {
        "stage": event.stage,
        "due_at": event.due_at.isoformat(),
        "source": event.source,
        "rows": seals([event]),
    }
    return Entry(
        chain=event.obligation.incident.chain,
        action="reporting.fire_stage",
        actor=CLOCK.ref,
        at=now,
        subject=f"obligation:{event.obligation_id}",
        payload=payload,
    )


def _messages(events: Collection[StageEvent]) -> list[Owed]:
    if not events:
        return []
    addressees = Addressees(event.obligation.bearer for event in events)
    owed = []
    for event in events:
        incident = event.obligation.incident
        owed += stage_messages(event, incident.merged_into or incident, addressees)
    return owed


@transaction.atomic
def _push_aside(obligation_id: int, at: datetime | None) -> None:
    obligation = Obligation.objects.select_for_update().get(pk=obligation_id)
    if obligation.next_due_at is None:
        return
    wait_s = min(RETRY_BASE_S * 2 ** min(obligation.retry_count, 8), RETRY_LONGEST_S)
    obligation.retry_count = min(obligation.retry_count + 1, 1000)
    obligation.next_due_at = (at or database_now()) + timedelta(seconds=wait_s)
    obligation.save(update_fields=["retry_count", "next_due_at"])
