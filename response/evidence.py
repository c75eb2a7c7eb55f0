"""What the evidence page and monitors read: the daily roots, and the last verification on record."""

import json
from dataclasses import dataclass
from datetime import datetime

from audit.exported import in_groups
from audit.models import AuditEvent, DailyRoot


@dataclass(frozen=True, slots=True)
class Root:
    """One day's root, its hash in groups that a person can read out."""

    root: DailyRoot
    grouped: str

    @property
    def chains(self) -> int:
        """How many chains moved on that day."""
        return len(self.root.heads.splitlines())


@dataclass(frozen=True, slots=True)
class Verified:
    """What the last verification that was put on record found."""

    at: datetime
    events: int
    broken: int


def newest_roots(number: int) -> list[Root]:
    """Return the newest daily roots, newest first."""
    return [Root(root, " ".join(in_groups(root.root))) for root in DailyRoot.objects.order_by("-on")[:number]]


def last_verified() -> Verified | None:
    """Return what the last verification on record found, None if there was none."""
    noted = AuditEvent.objects.filter(subject="audit", action="response.verify_audit").order_by("-pk").first()
    if noted is None:
        return None
    found = json.loads(noted.payload)
    return Verified(noted.recorded_at, found["events"], found["broken"])
