"""What each of the board's pages shows beside the overview: the clocks drawn, the counties, the work in hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.actors import Actor
from response.models import Decision
from response.situation.command import ResponseNow, applications_waiting, responses_now
from response.situation.gantt import Gantt, gantt
from response.situation.incoming import (
    AlarmNow,
    ClusterNow,
    HospitalNow,
    alarms_now,
    clusters_now,
    hospitals_now,
)
from response.situation.map import CountyMap, Mark, Outline, county_map
from response.situation.now import Situation, situation_of
from response.situation.opinion import OpinionNow, opinion_now
from response.situation.pipeline import InPipeline, Stage, UpdateNow, pipeline, updates_of
from response.situation.places import AreaNow, areas_of
from response.waiting import Waiting, waiting_for


@dataclass(frozen=True, slots=True)
class ClockBoard:
    """The running clocks as bars, with the same as a table."""

    at: datetime
    situation: Situation
    gantt: Gantt


@dataclass(frozen=True, slots=True)
class CountyBoard:
    """The map and its table."""

    at: datetime
    situation: Situation
    areas: Sequence[AreaNow]
    map: CountyMap

    @property
    def has_unseen(self) -> bool:
        """Whether there are counties of which the office sees nothing."""
        return not all(each.is_seen for each in self.areas)

    @property
    def outlined(self) -> list[tuple[Outline, AreaNow]]:
        """Each outline of the map with the county it is of."""
        by_code = {each.area.code: each for each in self.areas}
        return [(outline, by_code[outline.code]) for outline in self.map.outlines]

    @property
    def marked(self) -> list[tuple[Mark, AreaNow]]:
        """The mark of each zone that has open incidents, with the zone."""
        by_code = {zone.area.code: zone for each in self.areas for zone in each.zones if zone.incidents}
        return [(mark, by_code[mark.code]) for mark in self.map.zones if mark.code in by_code]


@dataclass(frozen=True, slots=True)
class WorkBoard:
    """What is in hand: reports on their way, responses and groups, decisions waiting, hospitals, alarms."""

    at: datetime
    pipeline: Mapping[Stage, Sequence[InPipeline]]
    responses: Sequence[ResponseNow]
    applications: Sequence[Decision]
    waiting: Sequence[Waiting]
    clusters: Sequence[ClusterNow]
    hospitals: Sequence[HospitalNow]
    updates: Sequence[UpdateNow]
    opinion: Sequence[OpinionNow]
    alarm_count: int
    alarms: Sequence[AlarmNow]


def clock_board(actor: Actor, *, at: datetime) -> ClockBoard:
    """Return the clocks an actor sees, drawn."""
    now = situation_of(actor, at=at)
    return ClockBoard(at, now, gantt(now.owed, at))


def county_board(actor: Actor, *, at: datetime) -> CountyBoard:
    """Return the counties as an actor sees them."""
    now = situation_of(actor, at=at)
    return CountyBoard(at, now, areas_of(now, actor), county_map())


def work_board(actor: Actor, *, at: datetime) -> WorkBoard:
    """Return the work in hand that an actor sees; a constant number of queries."""
    now = situation_of(actor, at=at)
    _page, waiting = waiting_for(actor, "1")
    count, alarms = alarms_now(actor)
    ids = [each.incident.pk for each in now.incidents]
    lanes = pipeline(ids, actor)
    return WorkBoard(
        at=at,
        pipeline=lanes,
        responses=responses_now(actor, at),
        applications=applications_waiting(actor),
        waiting=waiting,
        clusters=clusters_now(actor),
        hospitals=hospitals_now(actor),
        updates=updates_of([each.incident for each in now.incidents], lanes),
        opinion=opinion_now(ids),
        alarm_count=count,
        alarms=alarms,
    )
