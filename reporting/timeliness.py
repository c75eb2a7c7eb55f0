"""How timely each office reports: what became of the legs that began in a period, by office, clause and level (预案 5.1).

The verdicts are those of the incident's page; what is read is bounded by the period, in a constant number of queries.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Final

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Jurisdiction
from audit.worlds import in_drill
from incidents.models import Incident
from plan.duties import DUTIES, DUTY_5_1_8
from plan.levels import IncidentLevel
from plan.offices import OUTSIDE, OfficeKind
from reporting.alerts import BEIJING, leg_label
from reporting.clocks import minutes_after
from reporting.leg_view import LegView
from reporting.models import Ground, Obligation, ObligationState
from reporting.selectors import legs
from reporting.verdicts import VerdictState


class Outcome(models.TextChoices):
    """What became of a leg, as it is counted; a missed 力争 target is still within the limit (A24)."""

    IN_TARGET = "in_target", gettext_lazy("力争时限内")
    IN_LIMIT = "in_limit", gettext_lazy("法定时限内")
    EXCUSED = "excused", gettext_lazy("已口头说明原因")
    LATE = "late", gettext_lazy("超时送达")
    MISSED = "missed", gettext_lazy("超时未送达")
    RUNNING = "running", gettext_lazy("计时中")
    NO_LONGER_OWED = "no_longer_owed", gettext_lazy("不再需要")
    DELIVERED = "delivered", gettext_lazy("已送达（未定时数）")
    OPEN = "open", gettext_lazy("未送达（未定时数）")


OUTCOMES: Final[Mapping[VerdictState, Outcome]] = {
    VerdictState.MET_IN_TARGET: Outcome.IN_TARGET,
    VerdictState.MET: Outcome.IN_LIMIT,
    VerdictState.IN_TIME: Outcome.IN_LIMIT,
    VerdictState.EXCUSED: Outcome.EXCUSED,
    VerdictState.LATE_EXCUSED: Outcome.EXCUSED,
    VerdictState.LATE: Outcome.LATE,
    VerdictState.MISSED: Outcome.MISSED,
    VerdictState.RUNNING: Outcome.RUNNING,
    VerdictState.RUNNING_PAST_TARGET: Outcome.RUNNING,
    VerdictState.NO_LONGER_OWED: Outcome.NO_LONGER_OWED,
    VerdictState.DELIVERED: Outcome.DELIVERED,
    VerdictState.OPEN: Outcome.OPEN,
}


class Scope(models.TextChoices):
    """Which incidents count; drills and demonstrations never among the real ones."""

    REAL = "real", gettext_lazy("实际事故")
    DRILL = "drill", gettext_lazy("演练")
    DEMO = "demo", gettext_lazy("演示")


_MARKS: Final = {
    Scope.REAL: {"incident__is_drill": False, "incident__is_demo": False},
    Scope.DRILL: {"incident__is_drill": True, "incident__is_demo": False},
    Scope.DEMO: {"incident__is_demo": True},
}


def in_scope(scope: str) -> dict[str, bool]:
    """Return the condition on rows of an incident that it is one of those that count."""
    asked = Scope(scope)
    # In a drill's own world its incidents are the ones that count.
    return _MARKS[Scope.DRILL if asked is Scope.REAL and in_drill() else asked]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which legs are asked for: those whose hours began on these Beijing days, both included, of one county's bearers."""

    since: date
    until: date
    county: Jurisdiction | None = None
    scope: Scope = Scope.REAL

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The first instant of the first day, and the first after the last."""
        first, last = (datetime.combine(day, time(), BEIJING) for day in (self.since, self.until))
        return first, last + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tally:
    """The legs of one office, clause or level; `minutes` from 事发 and from 得知 are those of the delivered ones."""

    name: str
    counts: Counter[Outcome]
    from_start: Sequence[int]
    from_knowledge: Sequence[int]

    @property
    def total(self) -> int:
        """How many legs."""
        return self.counts.total()

    @property
    def columns(self) -> list[tuple[Outcome, int]]:
        """Each outcome with its number, in the order of the columns."""
        return [(outcome, self.counts[outcome]) for outcome in Outcome]

    @property
    def delivered(self) -> int:
        """How many were delivered, in time or late: the medians are theirs."""
        return len(self.from_start)

    @property
    def median_from_start(self) -> float | None:
        """The median of the minutes from 事发 or 发现; None without a delivery."""
        return median(self.from_start) if self.from_start else None

    @property
    def median_from_knowledge(self) -> float | None:
        """The median of the minutes from 得知 (A16); None without a delivery."""
        return median(self.from_knowledge) if self.from_knowledge else None


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The statistics of a period; each leg is counted once in each of the three groupings.

    hops: the reports level by level of 5.1(7), by office and apart: each report opens some, the plan sets them no hours,
    and a county regulator's go on by themselves (A64); among the others they would drown what offices do.
    """

    asked: Asked
    whole: Tally
    offices: Sequence[Tally]
    clauses: Sequence[Tally]
    levels: Sequence[Tally]
    hops: Sequence[Tally]

    @property
    def most(self) -> int:
        """The number of legs of the office with the most, for the length of the bars."""
        return max((office.total for office in self.offices), default=0)


def timeliness(asked: Asked, at: datetime) -> Timeliness:
    """Return the statistics of what is asked for, judged at a moment (预案 5.1(8), A16, A18, A24)."""
    areas = Jurisdiction.objects.select_related("host").in_bulk()
    wholes = list(_begun(asked).annotate(whole=_WHOLE).values_list("whole", flat=True).distinct())
    begun = [leg for leg in legs(wholes, at) if _is_asked_for(leg, asked, areas)]
    counted = [leg for leg in begun if leg.obligation.ground != Ground.LEVELS]
    hops = [leg for leg in begun if leg.obligation.ground == Ground.LEVELS]
    levels = {each.pk: each.duty_level for each in Incident.objects.filter(pk__in=wholes)}
    severity = list(IncidentLevel)
    return Timeliness(
        asked=asked,
        whole=_tally(_("全部"), counted),
        offices=_grouped(counted, lambda leg: _office(leg, areas)),
        clauses=_grouped(counted, _clause),
        levels=[
            _tally(f"{level.numeral} {level.label_zh}", found)
            for level in severity
            if (found := [leg for leg in counted if levels[_whole(leg)] == level])
        ],
        hops=_grouped(hops, lambda leg: _office(leg, areas)),
    )


_WHOLE: Final = Coalesce("incident__merged_into", "incident")


def _begun(asked: Asked) -> QuerySet[Obligation]:
    first, after = asked.span
    begun = Obligation.objects.filter(
        anchor_latest__gte=first, anchor_latest__lt=after, **in_scope(asked.scope)
    )
    if asked.county is None:
        return begun
    of_county = Jurisdiction.objects.filter(models.Q(pk=asked.county.pk) | models.Q(host=asked.county))
    return begun.filter(bearer__jurisdiction__in=of_county)


def _is_asked_for(leg: LegView, asked: Asked, areas: Mapping[int, Jurisdiction]) -> bool:
    """Tell whether a leg as it stands now began in the period; a replaced one goes on elsewhere and counts there."""
    own = leg.obligation
    began_on = own.anchor_latest.astimezone(BEIJING).date()
    return (
        asked.since <= began_on <= asked.until
        and own.state != ObligationState.SUPERSEDED
        and (asked.county is None or areas[leg.bearer.jurisdiction_id].county == asked.county)
    )


def _whole(leg: LegView) -> int:
    return leg.incident.merged_into_id or leg.incident.pk


def _office(leg: LegView, areas: Mapping[int, Jurisdiction]) -> str:
    """Return the office's name; operators and units hold none and are counted together, by county."""
    if leg.bearer.kind in OUTSIDE:
        county = areas[leg.bearer.jurisdiction_id].county
        return f"{county.name} {OfficeKind(leg.bearer.kind).label_zh}"
    return leg.bearer.name


def _clause(leg: LegView) -> str:
    ref = leg.obligation.clause
    if ref == DUTY_5_1_8.clause:
        return f"{ref} {leg_label(leg.obligation.leg)}"
    of_clause = [duty for duty in DUTIES if duty.clause == ref]
    own = [duty for duty in of_clause if leg.bearer.kind in duty.bearers]
    return f"{ref} {(own or of_clause)[0].label_zh if of_clause else leg_label(leg.obligation.leg)}"


def _grouped(counted: Iterable[LegView], name_of: Callable[[LegView], str]) -> list[Tally]:
    groups: dict[str, list[LegView]] = defaultdict(list)
    for leg in counted:
        groups[name_of(leg)].append(leg)
    return [_tally(name, groups[name]) for name in sorted(groups)]


def _tally(name: str, counted: Sequence[LegView]) -> Tally:
    received = [(leg.obligation, leg.verdict.received_at) for leg in counted if leg.verdict.received_at]
    return Tally(
        name=name,
        counts=Counter(OUTCOMES[leg.verdict.state] for leg in counted),
        from_start=[minutes_after(own.anchor_latest, stamp) for own, stamp in received],
        from_knowledge=[
            minutes_after(max(own.known_at, own.anchor_latest), stamp) for own, stamp in received
        ],
    )
