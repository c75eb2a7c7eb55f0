"""Overdue incidents, firing all that is due, and the books afterwards."""

from collections import Counter

from audit.clock import database_now
from audit.models import AuditEvent
from incidents.models import Incident
from outbox.models import Message
from reporting.actions.clocks import fire_due
from reporting.models import Obligation, StageEvent
from tests.support.clocks import major
from tests.support.evidence import broken_links
from tests.support.reports import minutes

# Two recipients, by phone and in writing, three stages each.
STAGES = 12


def overdue(number: int) -> list[Incident]:
    """Incidents of three hours ago, every stage of which is past."""
    at = database_now() - minutes(180)
    return [major(at=at, place_text=f"饭店{each}") for each in range(number)]


def fire_all(source: str) -> int:
    """Fire until nothing is due, what others hold included."""
    count = 0
    while Obligation.objects.filter(next_due_at__lte=database_now()).exists():
        count += fire_due(source=source, limit=5)
    return count


def check_books(stages: int) -> None:
    """Every stage once, each with its audit row and its messages, the chains whole, nothing left to fire."""
    events = list(StageEvent.objects.values_list("obligation", "stage"))
    assert len(events) == len(set(events)) == stages
    rows = AuditEvent.objects.filter(action="reporting.fire_stage")
    assert Counter(rows.values_list("subject", flat=True)) == Counter(f"obligation:{pk}" for pk, _ in events)
    told = Message.objects.filter(dedupe_key__startswith="stage:").values_list("dedupe_key", flat=True)
    assert {tuple(key.split(":")[1:3]) for key in told} == {(str(pk), stage) for pk, stage in events}
    assert not Obligation.objects.filter(next_due_at__isnull=False).exists()
    assert broken_links() == []
