"""Everything the incident page shows, read with a constant number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from django.db.models import Q

from accounts.actors import Actor
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.models import ChainHead
from incidents.models import (
    AssessmentRecord,
    Fact,
    FactKind,
    Incident,
    InvolvedCounty,
    JoinProposal,
    JoinState,
    LevelConfirmation,
    Lineage,
)
from incidents.permissions import check_office_fixes, check_office_makes_findings
from incidents.policies import check_is_open
from incidents.selectors import latest_assessment
from plan.levels import IncidentLevel
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from reporting.document_page import DocumentRow, document_rows
from reporting.leg_view import DutyView, LegView
from reporting.models import CityUnitConcerned, Leap, Report, ReportState
from reporting.notice_order import NoticeOrder, leaps_seen, notice_orders
from reporting.selectors import legs, open_duties
from response.chronicle import ChronicleEntry, chronicle_of
from response.key_numbers import Counting, counting_of

SHOWN_ENTRIES: Final = 40


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact as it stands, what it was before, and whether the level rests on it."""

    fact: Fact
    earlier: Sequence[Fact]
    counted: bool

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.fact.is_retraction


@dataclass(frozen=True, slots=True)
class Refusals:
    """Why this office can't do what the page offers; None where it can."""

    fact: PlanRefusal | None
    delivery: PlanRefusal | None
    confirm: PlanRefusal | None
    join: PlanRefusal | None
    city_unit: PlanRefusal | None
    operator: PlanRefusal | None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The incident page at one instant; `fact_kinds` are what the office may record."""

    incident: Incident
    assessment: AssessmentRecord | None
    confirmation: LevelConfirmation | None
    counting: Counting
    statements: Sequence[Statement]
    reports: Sequence[Report]
    legs: Sequence[LegView]
    duties: Sequence[DutyView]
    units: Sequence[CityUnitConcerned]
    documents: Sequence[DocumentRow]
    involved: Sequence[InvolvedCounty]
    joins: Sequence[JoinProposal]
    parts: Sequence[Incident]
    lineage: Sequence[Lineage]
    chronicle: Sequence[ChronicleEntry]
    orders: Sequence[NoticeOrder]
    leaps: Sequence[Leap]
    head: ChainHead | None
    refusals: Refusals
    fact_kinds: Sequence[FactKind]
    at: datetime

    @property
    def done_without_hours(self) -> list[LegView]:
        """The legs that were delivered and had no hours: told, and folded away."""
        return [leg for leg in self.legs if leg.is_done_without_hours]

    @property
    def first_report(self) -> Report | None:
        """The 首报: the earliest report that stands (5.1); None where all were taken back."""
        accepted = [each for each in self.reports if each.state == ReportState.ACCEPTED]
        return min(accepted, key=lambda each: (each.received_at, each.pk), default=None)

    @property
    def known_at(self) -> datetime:
        """When the first of what is one was known of (A16, A56)."""
        return min(each.known_at for each in (self.incident, *self.parts))


def case_file(incident: Incident, actor: Actor, at: datetime) -> CaseFile:
    """Return what an actor sees of an incident and of what was merged into it (A12, A56)."""
    parts = list(incident.merged.select_related("county").order_by("pk"))
    family = [incident.pk, *(part.pk for part in parts)]
    facts = list(Fact.objects.filter(incident__in=family).select_related("source").order_by("pk"))
    assessment = latest_assessment(incident)
    involved = list(InvolvedCounty.objects.filter(incident=incident).select_related("county").order_by("pk"))
    units = CityUnitConcerned.objects.filter(incident__in=family).select_related("organisation")
    owed = sorted(legs([incident.pk], at), key=_pressing)
    return CaseFile(
        incident=incident,
        assessment=assessment,
        confirmation=_confirmation(incident),
        counting=counting_of(incident, facts, at),
        statements=_statements(facts, assessment.fact_ids if assessment else ()),
        reports=_reports(family),
        legs=owed,
        orders=notice_orders(family, owed),
        leaps=leaps_seen(family, actor),
        duties=open_duties([incident.pk], at),
        units=list(units.order_by("pk")),
        documents=document_rows(family, actor),
        involved=involved,
        joins=_joins(incident),
        parts=parts,
        lineage=_lineage(incident),
        chronicle=chronicle_of(incident, limit=SHOWN_ENTRIES),
        head=ChainHead.objects.filter(chain=incident.chain).first(),
        fact_kinds=_fact_kinds(actor),
        refusals=_refusals(incident, actor, {row.county_id for row in involved}),
        at=at,
    )


def _fact_kinds(actor: Actor) -> list[FactKind]:
    """Return what this office may record (6.1)."""
    return [
        kind for kind in FactKind if refusal_of(partial(check_office_makes_findings, actor, kind)) is None
    ]


def _joins(incident: Incident) -> list[JoinProposal]:
    proposals = JoinProposal.objects.filter(Q(incident=incident) | Q(other=incident), state=JoinState.PENDING)
    return list(proposals.select_related("incident__county", "other__county").order_by("pk"))


def _reports(family: Sequence[int]) -> list[Report]:
    """Return the reports of a family of incidents, the newest first."""
    reports = Report.objects.filter(incident__in=family).select_related("organisation", "closing")
    return list(reports.order_by("-received_at", "-pk"))


def _lineage(incident: Incident) -> list[Lineage]:
    """Return each merge and split of an incident, in order (A56)."""
    rows = Lineage.objects.filter(Q(whole=incident) | Q(part=incident)).select_related("whole", "part")
    return list(rows.order_by("pk"))


def _pressing(leg: LegView) -> tuple[bool, bool, datetime]:
    """Order legs: owed before settled, with hours before without, the nearest limit first."""
    limit_at = leg.obligation.limit_at
    return not leg.verdict.is_owed, limit_at is None, limit_at or leg.obligation.armed_at


def _confirmation(incident: Incident) -> LevelConfirmation | None:
    """Return the 核定 that holds, with the assessment it names (6.1)."""
    found = incident.confirmations.select_related("organisation", "basis__report__organisation")
    return found.order_by("pk").last()


def _statements(facts: Iterable[Fact], counted: Iterable[int]) -> list[Statement]:
    """Return each statement with its corrections, the newest statement first."""
    graded = set(counted)
    chains: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        chains[fact.statement_id].append(fact)
    statements = [Statement(chain[-1], chain[-2::-1], chain[-1].pk in graded) for chain in chains.values()]
    return sorted(statements, key=lambda statement: statement.fact.pk, reverse=True)


def _refusals(incident: Incident, actor: Actor, counties: set[int]) -> Refusals:
    proposed = IncidentLevel(incident.proposed_level)

    def asked(right: Right, *more: Callable[[], object]) -> PlanRefusal | None:
        checks = (lambda: check_actor_may(actor, right, counties=counties), *more)
        return next(filter(None, map(refusal_of, checks)), None)

    def is_open() -> None:
        check_is_open(incident)

    return Refusals(
        fact=asked(Right.RECORD_FACT, is_open),
        delivery=asked(Right.RECORD_DELIVERY),
        confirm=asked(Right.CONFIRM_LEVEL, is_open, lambda: check_office_fixes(actor, incident, proposed)),
        join=asked(Right.DECIDE_JOIN, is_open),
        city_unit=asked(Right.NAME_BEARERS, is_open),
        operator=asked(Right.FILE_REPORT, is_open),
    )
