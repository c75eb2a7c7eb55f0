"""How the clocks, the outbox and the evidence stand: a handful of cheap queries for monitors."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q
from django.db.models.functions import Greatest

from audit.models import DailyRoot
from audit.roots import BEIJING
from incidents.models import Incident, IncidentStatus
from outbox.models import Channel, Message, MessageState
from reporting.models import Obligation, StageEvent

# The lateness of the newest stages; the whole past would say less with every year.
NEWEST = 1000
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """What is due and has not been done: how many, and for how many seconds the oldest."""

    number: int
    oldest_s: float


@dataclass(frozen=True, slots=True)
class Fired:
    """Stages that fired: how many ever, and how late in seconds the last and the latest of the newest."""

    number: int
    last_late_s: float
    greatest_late_s: float


def stages_due(now: datetime) -> Due:
    """Measure the stages that wait to fire. One that was due before its report arrived is late only from then on."""
    due = Obligation.objects.filter(next_due_at__lte=now)
    found = due.aggregate(number=Count("pk"), oldest=Min(Greatest("next_due_at", "armed_at")))
    return Due(found["number"], _since(found["oldest"], now))


def messages_waiting(now: datetime) -> dict[str, Due]:
    """Measure by channel the messages that wait to be sent; outside, those that wait for another try as well."""
    outside = ~Q(channel=Channel.INAPP)
    waiting = Message.objects.filter(outside | Q(next_try_at__lte=now), state=MessageState.QUEUED)
    rows = waiting.values_list("channel").annotate(Count("pk"), Min("created_at")).order_by("channel")
    found = {channel: Due(number, _since(oldest, now)) for channel, number, oldest in rows}
    return {channel.value: found.get(channel.value, Due(0, 0)) for channel in Channel}


def stages_fired() -> Fired:
    """Count the stages that fired, and measure how late."""
    late = F("fired_at") - Greatest("due_at", "obligation__armed_at")
    newest = list(
        StageEvent.objects.order_by("-pk").annotate(late=late).values_list("late", flat=True)[:NEWEST]
    )
    seconds = [max(0.0, span.total_seconds()) for span in newest]
    return Fired(StageEvent.objects.count(), *((seconds[0], max(seconds)) if seconds else (0, 0)))


def counts() -> dict[str, int]:
    """Count what waits for its time, what was given up, and what is being dealt with, drills apart."""
    return {
        "stages_armed": Obligation.objects.filter(next_due_at__isnull=False).count(),
        "messages_failed": Message.objects.filter(state=MessageState.FAILED).count(),
        "incidents_open": Incident.objects.filter(status=IncidentStatus.OPEN, is_drill=False).count(),
    }


def root_days_behind(now: datetime) -> int | None:
    """Count the days that should have a daily root and have none; None before the first."""
    last = DailyRoot.objects.order_by("-on").values_list("on", flat=True).first()
    return ((now.astimezone(BEIJING) - DAY).date() - last).days if last else None


def _since(moment: datetime | None, now: datetime) -> float:
    return round(max(0.0, (now - moment).total_seconds()), 1) if moment else 0
