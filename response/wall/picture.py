"""What the wall shows at one instant: the board's own numbers, few rows, in a constant number of queries.

Nothing a person typed comes onto a wall: a place only if it is registered and no household.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from accounts.actors import Actor
from incidents.models import FactKind, PlaceKind
from outbox.heartbeat import ages
from plan.levels import IncidentLevel
from reporting.leg_view import LegView
from reporting.selectors import legs
from reporting.verdicts import Verdict, VerdictState
from response.board import SignOfLife
from response.chronicle import ChronicleEntry, latest_entries
from response.situation.boards import CountyBoard
from response.situation.map import county_map
from response.situation.now import IncidentNow, Situation, situation_of
from response.situation.places import AreaNow, areas_of

# As many rows as a room can read from its last chair, on 1080 lines as on 2160.
CLOCKS: Final = 7
CASES: Final = 8
ENTRIES: Final = 9
SOON: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class WallCase:
    """An open incident as a room may read it."""

    now: IncidentNow

    @property
    def where(self) -> str:
        """The registered place, or what kind of place it is: never what a reporter typed, never a household's name."""
        place = self.now.incident.place
        if place is not None and place.kind != PlaceKind.HOUSEHOLD:
            return str(place.name)
        return str(self.now.incident.get_place_kind_display())

    @property
    def ill(self) -> int | None:
        """How many are ill; None while nobody has said (5.2)."""
        return self._number(FactKind.ILLNESS)

    @property
    def dead(self) -> int:
        """How many have died."""
        return self._number(FactKind.DEATHS) or 0

    def _number(self, kind: FactKind) -> int | None:
        found = self.now.people.now.get(kind)
        return None if found is None else found.value


@dataclass(frozen=True, slots=True)
class Stage:
    """How many reports of the open incidents are in one state; `share` is in thousandths of the most frequent."""

    verdict: Verdict
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything on the wall at one instant."""

    at: datetime
    situation: Situation
    board: CountyBoard
    stages: Sequence[Stage]
    entries: Sequence[ChronicleEntry]
    signs: Sequence[SignOfLife]

    @property
    def clocks(self) -> Sequence[LegView]:
        """The reports that must come next."""
        return self.situation.owed[:CLOCKS]

    @property
    def hidden_clocks(self) -> int:
        """How many more are owed than there is room for."""
        return len(self.situation.owed) - len(self.clocks)

    @property
    def cases(self) -> list[WallCase]:
        """The gravest incidents, of these the ones that changed last."""
        return [WallCase(now) for now in self.situation.incidents[:CASES]]

    @property
    def hidden_cases(self) -> int:
        """How many more incidents are open than there is room for."""
        return max(0, len(self.situation.incidents) - CASES)

    @property
    def levels(self) -> list[tuple[IncidentLevel, int]]:
        """How many incidents stand at each level that any stands at."""
        return [(level, count) for level, count in self.situation.levels if count]

    @property
    def zones(self) -> list[AreaNow]:
        """The functional zones, each part of its host county (A43)."""
        return [zone for county in self.board.areas for zone in county.zones]

    @property
    def next_clock(self) -> LegView | None:
        """The clock that runs out next."""
        return next((leg for leg in self.situation.owed if leg.countdown_at), None)

    @property
    def soon_count(self) -> int:
        """How many clocks run out within the hour."""
        ends = (leg.countdown_at for leg in self.situation.owed)
        return sum(end is not None and end - self.at <= SOON for end in ends)

    @property
    def fresh_count(self) -> int:
        """How many incidents were opened since the time that numbers are compared with."""
        return sum(now.incident.opened_at > self.situation.since for now in self.situation.real)

    @property
    def responding(self) -> int:
        """In how many incidents a response runs."""
        return sum(now.response is not None for now in self.situation.real)

    @property
    def longest_late_min(self) -> int:
        """How many minutes the longest overdue report is past its limit."""
        return max((leg.verdict.late_min for leg in self.situation.owed), default=0)

    @property
    def is_all_drill(self) -> bool:
        """Whether nothing on the wall is real."""
        kinds = {now.incident.is_drill or now.incident.is_demo for now in self.situation.incidents}
        return kinds == {True}

    @property
    def nothing_alive(self) -> bool:
        """Whether no process fires the clocks' stages any more."""
        return all(sign.is_silent for sign in self.signs)


def picture_for(actor: Actor, *, at: datetime) -> Picture:
    """Return what a wall shows at an instant (预案 5.1(8), 6.2)."""
    situation = situation_of(actor, at=at)
    return Picture(
        at=at,
        situation=situation,
        board=CountyBoard(at, situation, areas_of(situation, actor), county_map()),
        stages=_stages([now.incident.pk for now in situation.incidents], at),
        entries=latest_entries(actor, limit=ENTRIES),
        signs=[SignOfLife(source, int(age)) for source, age in sorted(ages().items())],
    )


def _stages(incident_ids: Collection[int], at: datetime) -> list[Stage]:
    """Return how many reports are where, in the order in which a report goes."""
    counted = Counter(leg.verdict.state for leg in legs(incident_ids, at))
    most = max(counted.values(), default=1)
    return [
        Stage(Verdict(state), counted[state], counted[state] * 1000 // most)
        for state in VerdictState
        if counted[state]
    ]
