"""What the command office watches: open incidents with their reason, running clocks, latest entries, signs of life.

The number of queries is constant, and what they read is bounded by what is open, not by what ever happened.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.duty import MUST_ANSWER
from accounts.duty_page import unattended
from accounts.permissions import own_county
from incidents.models import AssessmentRecord, Incident, IncidentStatus
from incidents.selectors import visible_incidents
from outbox.heartbeat import ages
from plan.clauses import clause
from plan.levels import IncidentLevel
from reporting.leg_view import LegView
from reporting.selectors import legs
from response.chronicle import ChronicleEntry, latest_entries
from response.situation.now import Situation, situation_of

SHOWN_INCIDENTS: Final = 60
SHOWN_ENTRIES: Final = 12
SHOWN_PRESSING: Final = 12
SHOWN_SETTLED: Final = 20
# Each process does a round a second; after ten it is taken for dead. A measure of the software, not of the plan.
SILENT_AFTER_S: Final = 10
_SEVERITY: Final = list(IncidentLevel)


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One open incident: the level its duties follow, on what ground, and whether an office has confirmed it."""

    incident: Incident
    assessment: AssessmentRecord | None

    @property
    def reasons(self) -> Sequence[tuple[str, str]]:
        """The clauses the level rests on, each with its words (预案 2)."""
        refs = self.assessment.clauses if self.assessment else ()
        return [(ref, clause(ref).text_zh) for ref in refs]

    @property
    def next_up(self) -> str:
        """What would raise the level next, nothing when nothing would."""
        return self.assessment.next_up[0] if self.assessment and self.assessment.next_up else ""

    @property
    def is_confirmed(self) -> bool:
        """Whether the level shown is the one an office confirmed (6.1)."""
        return self.incident.confirmed_level == self.incident.duty_level

    @property
    def standing(self) -> str:
        """Who stands behind the level: the machine's proposal, or an office's 核定."""
        incident = self.incident
        if self.is_confirmed:
            return _("已核定")
        if not incident.confirmed_level:
            is_below = incident.duty_level == IncidentLevel.BELOW
            return _("系统评估") if is_below else _("系统建议，待核定")
        return _("系统建议；此前核定为%s") % IncidentLevel(incident.confirmed_level).numeral


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """The open incidents of one level; `count` is all of them, `rows` those shown."""

    level: IncidentLevel
    count: int
    rows: Sequence[IncidentRow]


@dataclass(frozen=True, slots=True)
class SignOfLife:
    """A process and how long ago it did its last round."""

    source: str
    age_s: int

    @property
    def is_silent(self) -> bool:
        """Whether the process must be taken for dead."""
        return self.age_s > SILENT_AFTER_S


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board at one instant."""

    at: datetime
    situation: Situation
    groups: Sequence[LevelGroup]
    settled: Sequence[LegView]
    entries: Sequence[ChronicleEntry]
    signs: Sequence[SignOfLife]
    # Offices that alarms go to and that have nobody on duty now.
    unattended: Sequence[str]

    @property
    def owed(self) -> Sequence[LegView]:
        """The legs still owed, the most pressing first."""
        return self.situation.owed

    @property
    def pressing(self) -> Sequence[LegView]:
        """Those of them that stand open on the page."""
        return self.owed[:SHOWN_PRESSING]

    @property
    def less_pressing(self) -> Sequence[LegView]:
        """Those that are folded away below."""
        return self.owed[SHOWN_PRESSING:]

    @property
    def open_count(self) -> int:
        """How many incidents are open."""
        return sum(group.count for group in self.groups)

    @property
    def hidden_count(self) -> int:
        """How many of them the board has no room for: the least severe and longest unchanged."""
        return self.open_count - sum(len(group.rows) for group in self.groups)

    @property
    def nothing_alive(self) -> bool:
        """Whether no process fires the clocks' stages any more; what the page shows of them stays right."""
        return all(sign.is_silent for sign in self.signs)


def board_for(actor: Actor, *, at: datetime) -> Board:
    """Return what an actor's board shows at an instant."""
    groups, own = _groups(visible_incidents(actor).filter(status=IncidentStatus.OPEN)), own_county(actor)
    return Board(
        at=at,
        situation=situation_of(actor, at=at),
        groups=groups,
        settled=_settled([row.incident.pk for group in groups for row in group.rows], at),
        entries=latest_entries(actor, limit=SHOWN_ENTRIES),
        signs=[SignOfLife(source, int(age)) for source, age in sorted(ages().items())],
        unattended=unattended(MUST_ANSWER, own.pk if own else None, at=at),
    )


def _settled(incident_ids: Collection[int], at: datetime) -> list[LegView]:
    """Return the legs delivered last in these incidents, the newest first."""
    delivered = [
        (leg.verdict.received_at, leg.obligation.pk, leg)
        for leg in legs(incident_ids, at)
        if leg.verdict.received_at is not None
    ]
    return [leg for _received, _pk, leg in sorted(delivered, reverse=True)[:SHOWN_SETTLED]]


def _groups(incidents: QuerySet[Incident]) -> list[LevelGroup]:
    ranked = incidents.annotate(rank=Least(_rank("proposed_level"), _rank("confirmed_level")))
    counts = dict(ranked.order_by().values_list("rank").annotate(Count("pk")))
    shown = ranked.select_related("county", "zone", "place").order_by("rank", "-changed_at", "-pk")
    rows = _rows(shown[:SHOWN_INCIDENTS])
    by_level = {level: list(same) for level, same in groupby(rows, key=lambda row: row.incident.duty_level)}
    return [
        LevelGroup(level, counts[rank], by_level.get(level, []))
        for rank, level in enumerate(_SEVERITY)
        if rank in counts
    ]


def _rows(incidents: Iterable[Incident]) -> list[IncidentRow]:
    found = list(incidents)
    latest = (
        AssessmentRecord.objects.filter(incident__in=found).order_by("incident", "-pk").distinct("incident")
    )
    assessments = {record.incident_id: record for record in latest}
    return [IncidentRow(incident, assessments.get(incident.pk)) for incident in found]


def _rank(field: str) -> Case:
    """Return how severe a level is, 0 the worst: the database knows only words."""
    return Case(
        *(When(**{field: level.value}, then=Value(rank)) for rank, level in enumerate(_SEVERITY)),
        default=Value(len(_SEVERITY) - 1),
        output_field=IntegerField(),
    )
