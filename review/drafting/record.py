"""All that a paper of 7.2 can be drafted from, read once, with a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aftermath.models import Cost, Finish
from aftermath.selectors.finishing import last_finish
from aftermath.selectors.standing import Paid, with_paid
from incidents.models import Fact, Incident, LevelConfirmation
from incidents.selectors import definition_in_force, family_ids
from reporting.leg_view import LegView
from reporting.models import Report, ReportState
from reporting.selectors import legs
from response.key_numbers import Counting, counting_of
from response.models import Decision, MeasureRecord
from response.outbreak_times import Times, times_of
from response.selectors.measures import standing_measures
from response.selectors.recovery import found_agent
from response.selectors.running import decisions_of
from review.milestones import Stamps, milestones_of
from review.models import InvestigationTeam
from review.selectors import Followed, improvements_of, team_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


@dataclass(frozen=True, slots=True)
class Record:
    """The record of an incident and of what is one with it, as it stands at a moment (A56)."""

    incident: Incident
    at: datetime
    facts: Sequence[Fact]
    counting: Counting
    times: Times
    agent: str
    reports: Sequence[Report]
    legs: Sequence[LegView]
    confirmations: Sequence[LevelConfirmation]
    decisions: Sequence[Decision]
    measures: Sequence[MeasureRecord]
    stamps: Stamps
    costs: "Sequence[WithAnnotations[Cost, Paid]]"
    finish: Finish | None
    team: InvestigationTeam | None
    improvements: Sequence[Followed]


def record_of(incident: Incident, at: datetime) -> Record:
    """Read the record; `incident` is the whole of its family (A56)."""
    family = family_ids(incident)
    facts = list(
        Fact.objects.filter(incident__in=family).select_related("source__jurisdiction__host").order_by("pk")
    )
    definition = definition_in_force(incident)
    counting = counting_of(incident, facts, at)
    hospitals = {fact.pk: fact.source.name for fact in facts if fact.source}
    agent = found_agent(incident)
    confirmed = LevelConfirmation.objects.filter(incident__in=family).select_related("organisation")
    reports = Report.objects.filter(incident__in=family, state=ReportState.ACCEPTED)
    return Record(
        incident=incident,
        at=at,
        facts=facts,
        counting=counting,
        times=times_of(counting.once.cases, definition, hospitals, agent, grouping=""),
        agent=agent.name_zh if agent else "",
        reports=list(reports.select_related("organisation").order_by("received_at", "pk")),
        legs=legs([incident.pk], at),
        confirmations=list(confirmed.order_by("pk")),
        decisions=decisions_of(incident),
        measures=standing_measures(incident),
        stamps=milestones_of([incident])[incident.pk],
        costs=list(with_paid(Cost.objects.filter(incident__in=family)).order_by("pk")),
        finish=last_finish(incident),
        team=team_of(incident),
        improvements=improvements_of(incident),
    )
