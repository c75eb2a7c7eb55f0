"""The after-action page: an incident replayed from its log, and its times beside those of earlier ones (7.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.dateparse import parse_datetime

from accounts.actors import Actor
from incidents.models import Incident, IncidentStatus
from incidents.selectors import incident_for, visible_incidents
from reporting.alerts import BEIJING
from response.chronicle import ChronicleEntry, chronicle_of
from review.after_action.standing import Standing, standing_at
from review.milestones import Span, milestones_of, spans

MOST_ENTRIES: Final = 300
# Enough for a median, and the same number after ten years.
EARLIER_INCIDENTS: Final = 100
NOT_COMPARED: Final = (IncidentStatus.MERGED, IncidentStatus.WITHDRAWN, IncidentStatus.NOT_AN_INCIDENT)


@dataclass(frozen=True, slots=True)
class AfterAction:
    """The page: the log in order, which of its entries is looked at, how it stood then, how long each stretch took."""

    incident: Incident
    entries: Sequence[ChronicleEntry]
    step: int
    standing: Standing
    spans: Sequence[Span]
    compared: int
    now: datetime

    @property
    def last(self) -> int:
        """The number of the last entry."""
        return max(len(self.entries) - 1, 0)

    @property
    def before(self) -> int | None:
        """The entry before the one looked at."""
        return self.step - 1 if self.step > 0 else None

    @property
    def after(self) -> int | None:
        """The entry after it."""
        return self.step + 1 if self.step < self.last else None


def after_action_of(actor: Actor, number: str, asked: Mapping[str, str], now: datetime) -> AfterAction:
    """Return the page at the entry or the moment asked for, the latest without one; a refusal (404) where it may not be seen."""
    shown = incident_for(actor, number)
    incident = shown.merged_into or shown
    entries = chronicle_of(incident, limit=MOST_ENTRIES)[::-1]
    step, at = _looked_at(entries, asked, now)
    others = _earlier(actor, incident)
    stamps = milestones_of([incident, *others])
    own = stamps.pop(incident.pk)
    return AfterAction(
        incident=incident,
        entries=entries,
        step=step,
        standing=standing_at(incident, at),
        spans=spans(own, list(stamps.values())),
        compared=len(others),
        now=now,
    )


def _looked_at(
    entries: Sequence[ChronicleEntry], asked: Mapping[str, str], now: datetime
) -> tuple[int, datetime]:
    """Return which entry is looked at and when that is; what can't be read is the latest."""
    last = max(len(entries) - 1, 0)
    moment = _moment(asked.get("at", ""))
    if moment is not None:
        moment = min(moment, now)
        before = [number for number, entry in enumerate(entries) if entry.at <= moment]
        return (before[-1] if before else 0), moment
    said = asked.get("step", "")
    step = min(int(said), last) if said.isascii() and said.isdecimal() and len(said) < 6 else last
    return step, (entries[step].at if entries else now)


def _moment(text: str) -> datetime | None:
    """Return a moment as an address writes it; without a zone it is Beijing's."""
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    if found is None:
        return None
    return found if found.tzinfo else found.replace(tzinfo=BEIJING)


def _earlier(actor: Actor, incident: Incident) -> list[Incident]:
    """Return the incidents known of before that the actor may see: real ones beside a real one, drills beside a drill."""
    found = visible_incidents(actor).filter(
        known_at__lt=incident.known_at, is_drill=incident.is_drill, is_demo=incident.is_demo
    )
    return list(found.exclude(status__in=NOT_COMPARED).order_by("-known_at", "-pk")[:EARLIER_INCIDENTS])
