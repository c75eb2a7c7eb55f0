"""What the wall shows at one instant: few rows, sorted by what matters next, in a constant number of queries.

Nothing a person typed comes onto a wall: a place only if it is registered and no household.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from accounts.actors import Actor
from incidents.models import IncidentStatus, PlaceKind
from incidents.selectors import visible_incidents
from outbox.heartbeat import ages
from plan.levels import IncidentLevel
from reporting.leg_view import LegView
from reporting.selectors import legs, running_legs
from reporting.verdicts import Verdict, VerdictState
from response.board import SignOfLife
from response.chronicle import ChronicleEntry, latest_entries
from response.wall.counties import Area, Case, Shape, areas, shapes
from response.wall.figures import Figure, active_responses, cases_of, figures

# As many rows as a room can read from its last chair, on 1080 lines as on 2160.
CLOCKS: Final = 7
CASES: Final = 8
ENTRIES: Final = 9
SOON: Final = timedelta(hours=1)
_RANK: Final = {level: rank for rank, level in enumerate(IncidentLevel)}


@dataclass(frozen=True, slots=True)
class WallCase:
    """An open incident as a room may read it."""

    case: Case
    response: str

    @property
    def where(self) -> str:
        """The registered place, or what kind of place it is: never what a reporter typed, never a household's name."""
        place = self.case.incident.place
        if place is not None and place.kind != PlaceKind.HOUSEHOLD:
            return str(place.name)
        return str(self.case.incident.get_place_kind_display())


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
    owed: Sequence[LegView]
    cases: Sequence[WallCase]
    open_count: int
    levels: Sequence[tuple[IncidentLevel, int]]
    counties: Sequence[Area]
    zones: Sequence[Area]
    shapes: Sequence[Shape]
    figures: Sequence[Figure]
    stages: Sequence[Stage]
    entries: Sequence[ChronicleEntry]
    signs: Sequence[SignOfLife]
    all_drill: bool

    @property
    def clocks(self) -> Sequence[LegView]:
        """The reports that must come next."""
        return self.owed[:CLOCKS]

    @property
    def hidden_clocks(self) -> int:
        """How many more are owed than there is room for."""
        return len(self.owed) - len(self.clocks)

    @property
    def hidden_cases(self) -> int:
        """How many more incidents are open than there is room for."""
        return self.open_count - len(self.cases)

    @property
    def next_clock(self) -> LegView | None:
        """The clock that runs out next."""
        return next((leg for leg in self.owed if leg.countdown_at), None)

    @property
    def missed_count(self) -> int:
        """How many reports are past their limit."""
        return sum(leg.verdict.state == VerdictState.MISSED for leg in self.owed)

    @property
    def soon_count(self) -> int:
        """How many clocks run out within the hour."""
        ends = (leg.countdown_at for leg in self.owed)
        return sum(end is not None and end - self.at <= SOON for end in ends)

    @property
    def nothing_alive(self) -> bool:
        """Whether no process fires the clocks' stages any more."""
        return all(sign.is_silent for sign in self.signs)


def picture_for(actor: Actor, *, at: datetime) -> Picture:
    """Return what a wall shows at an instant (预案 5.1(8), 6.2)."""
    seen = visible_incidents(actor).filter(status=IncidentStatus.OPEN)
    cases = cases_of(seen.select_related("county", "zone", "place"))
    cases.sort(key=lambda case: (_RANK[case.incident.duty_level], -case.incident.changed_at.timestamp()))
    responses = active_responses([case.incident for case in cases])
    owed = running_legs(actor, at)
    counties, zones = areas(cases)
    counted = Counter(case.incident.duty_level for case in cases)
    by_incident = {response.incident_id: response.get_level_display() for response in responses}
    return Picture(
        at=at,
        owed=owed,
        cases=[WallCase(case, by_incident.get(case.incident.pk, "")) for case in cases[:CASES]],
        open_count=len(cases),
        levels=[(level, counted[level]) for level in IncidentLevel if counted[level]],
        counties=counties,
        zones=zones,
        shapes=shapes(counties),
        figures=figures(cases, responses, owed, at=at),
        stages=_stages([case.incident.pk for case in cases], at),
        entries=latest_entries(actor, limit=ENTRIES),
        signs=[SignOfLife(source, int(age)) for source, age in sorted(ages().items())],
        all_drill=_all_drill(cases),
    )


def _stages(incident_ids: Collection[int], at: datetime) -> list[Stage]:
    """Return how many reports are where, in the order in which a report goes."""
    found = [leg.verdict for leg in legs(incident_ids, at)]
    counted = Counter(verdict.state for verdict in found)
    most = max(counted.values(), default=1)
    return [
        Stage(Verdict(state), counted[state], counted[state] * 1000 // most)
        for state in VerdictState
        if counted[state]
    ]


def _all_drill(cases: Iterable[Case]) -> bool:
    kinds = {case.incident.is_drill or case.incident.is_demo for case in cases}
    return kinds == {True}
