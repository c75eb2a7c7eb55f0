"""One thing that waits for an office, whatever it is, and the order in which such things are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from incidents.models import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """What waits, where it is dealt with, since when and until when; `due_at` is None where nobody set a time.

    is_house: the due time is the house's or an office's own, not the plan's.
    """

    key: str
    what: str
    url: str
    since: datetime
    incident: Incident | None = None
    note: str = ""
    clause: str = ""
    due_at: datetime | None = None
    is_late: bool = False
    is_house: bool = False


def in_order(todos: Iterable[ToDo]) -> list[ToDo]:
    """Put what is late first, then what is due next, then what has waited longest."""
    return sorted(
        todos,
        key=lambda one: (not one.is_late, one.due_at is None, one.due_at or one.since, one.since, one.key),
    )
