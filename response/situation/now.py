"""The open incidents an actor may see at one instant, with their numbers, clocks and responses."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from accounts.actors import Actor
from audit.worlds import in_drill
from incidents.models import FactKind, Incident, IncidentStatus
from incidents.selectors import visible_incidents
from plan.levels import IncidentLevel
from reporting.leg_view import LegView
from reporting.selectors import running_legs
from reporting.verdicts import VerdictState
from response.models import Response
from response.selectors.running import running_of_each
from response.situation.people import PEOPLE, People, people_of_incidents

# Against when numbers are compared; a house setting, not the plan's (非预案规定).
COMPARED_WITH: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class IncidentNow:
    """One open incident; `legs` are those still owed, `response` the most severe that runs."""

    incident: Incident
    people: People
    legs: Sequence[LegView]
    response: Response | None

    @property
    def overdue(self) -> int:
        """How many of its reports are past their limit and still to come (5.1(8))."""
        return sum(leg.verdict.state == VerdictState.MISSED for leg in self.legs)


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """A number of people over several incidents: its change, in how many it is not known, whether some count twice."""

    kind: FactKind
    value: int
    change: int
    unknown: int
    overlaps: int
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything at one instant; `since` is what changes are counted from."""

    at: datetime
    since: datetime
    incidents: Sequence[IncidentNow]
    owed: Sequence[LegView]

    @property
    def real(self) -> list[IncidentNow]:
        """The incidents that are no drill, in a drill's own world those that are: only these make numbers."""
        return [each for each in self.incidents if each.incident.is_drill == in_drill()]

    @property
    def drills(self) -> int:
        """How many open drills are left out of the numbers."""
        return len(self.incidents) - len(self.real)

    @property
    def levels(self) -> list[tuple[IncidentLevel, int]]:
        """How many incidents stand at each level, the gravest first, none left out."""
        found = [each.incident.duty_level for each in self.real]
        return [(level, found.count(level)) for level in IncidentLevel]

    @property
    def people(self) -> list[KeyNumber]:
        """The numbers of people over all real incidents."""
        return key_numbers(self.real)

    @property
    def overdue(self) -> int:
        """How many reports are past their limit and still to come."""
        return sum(each.overdue for each in self.real)

    @property
    def running(self) -> int:
        """How many reports are owed in all."""
        return sum(len(each.legs) for each in self.real)


def situation_of(actor: Actor, *, at: datetime) -> Situation:
    """Return what an actor sees at an instant; as many queries on a bad day as on a quiet one."""
    since, owed = at - COMPARED_WITH, running_legs(actor, at)
    found = _open(actor)
    ids = [incident.pk for incident in found]
    people = people_of_incidents(ids, at=at, since=since)
    legs: dict[int, list[LegView]] = defaultdict(list)
    for leg in owed:
        legs[leg.incident.merged_into_id or leg.incident.pk].append(leg)
    running = running_of_each(ids)
    incidents = [
        IncidentNow(incident, people[incident.pk], legs[incident.pk], running.get(incident.pk))
        for incident in found
    ]
    return Situation(at, since, incidents, owed)


def key_numbers(incidents: Iterable[IncidentNow]) -> list[KeyNumber]:
    """Add the numbers of several incidents up (A12: each incident counts its own people)."""
    peoples = [each.people for each in incidents]
    return [_added(kind, peoples) for kind in PEOPLE]


def _added(kind: FactKind, peoples: Sequence[People]) -> KeyNumber:
    now = [people.now[kind] for people in peoples if kind in people.now]
    before = [people.before[kind].value for people in peoples if kind in people.before]
    value = sum(number.value for number in now)
    return KeyNumber(
        kind=kind,
        value=value,
        change=value - sum(before),
        unknown=len(peoples) - len(now),
        overlaps=sum(number.may_overlap for number in now),
        as_of=max((people.as_of[kind] for people in peoples if kind in people.as_of), default=None),
    )


def _open(actor: Actor) -> list[Incident]:
    """Return the open incidents, the gravest first, of these the one that changed last."""
    seen: QuerySet[Incident] = visible_incidents(actor).filter(status=IncidentStatus.OPEN)
    found = seen.select_related("county", "zone", "place").order_by("-changed_at", "-pk")
    worst_first = list(IncidentLevel)
    return sorted(found, key=lambda each: worst_first.index(each.duty_level))
