"""The simulated clock of a story: its own incidents' stages, the alarms of theirs that climb, and those that ask again."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Min

from incidents.models import Incident
from outbox.actions.climbing import climb_due
from outbox.models import Message
from reporting.actions.asking_again import ask_again_due
from reporting.actions.clocks import fire_due
from reporting.models import Obligation


def next_due(incidents: Sequence[Incident], until: datetime) -> datetime | None:
    """Return when the next thing falls due, None if nothing does up to a moment."""
    stages = Obligation.objects.filter(incident__in=incidents).aggregate(next=Min("next_due_at"))
    alarms = Message.objects.filter(chain__in=[each.chain for each in incidents])
    waiting = alarms.aggregate(climb=Min("climbs_at"), again=Min("asks_again_at"))
    due = [each for each in (*stages.values(), *waiting.values()) if each is not None and each <= until]
    return min(due, default=None)


def go_on(incidents: Sequence[Incident], at: datetime) -> int:
    """Do what is due at a moment and return how much it was."""
    chains = [each.chain for each in incidents]
    fired = fire_due(source="replay", at=at, among=[each.pk for each in incidents])
    climbed = climb_due(source="replay", at=at, among=chains)
    return fired + climbed + ask_again_due(source="replay", at=at, among=chains)
