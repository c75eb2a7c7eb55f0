"""How the patients are and what follows for the end, live (6.4.2(1)): from the register, else as reported in sum."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Max

from incidents.models import Case, Incident
from incidents.selectors import current_facts, family_ids, latest_assessment
from plan.agents import Agent, agents, doubt_zh
from plan.courses import Standing, patients_of
from plan.recovery import Judgement, Patients, judge, longest_incubation
from response.models import AgentFinding, AssessmentReport, ConditionReport
from response.selectors.patients import Person, people_of

GONE = frozenset({Standing.RECOVERED, Standing.DIED, Standing.LOST})


@dataclass(frozen=True, slots=True)
class Cause:
    """What is judged to have made people ill, by whom, and the longest incubation that follows from it (A33)."""

    agent: Agent | None
    other: str
    expert: str
    incubation: timedelta | None
    last_exposure_at: datetime | None
    stated_at: datetime
    is_own_figure: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """How the patients are at one instant; `people` is empty while none is on record one by one.

    `suspected`: the agent that the facts name, by its code or in words; a suspicion is no finding.
    """

    judgement: Judgement
    known: int
    people: Sequence[Person]
    report: ConditionReport | None
    cause: Cause | None
    suspected: str = ""

    @property
    def in_hospital(self) -> int:
        """How many are still in hospital, as far as anybody said."""
        if self.people:
            return sum(each.standing not in GONE for each in self.people)
        return self.report.in_hospital if self.report is not None else 0

    @property
    def unregistered(self) -> int:
        """How many more are reported ill than are on record; below zero, how many fewer."""
        return self.known - len(self.people)


def latest_report(incident: Incident) -> AssessmentReport | None:
    """Return the office's latest assessment, the current one of 6.1 (A32)."""
    found = AssessmentReport.objects.filter(incident__in=family_ids(incident))
    return found.select_related("organisation", "record").order_by("pk").last()


def condition_of(incident: Incident, at: datetime) -> Condition:
    """Return how the patients are: one by one where the register has any, else by the latest report of their sum."""
    report, people = _latest_report_of_sum(incident), people_of(incident, at)
    made, cause = latest_assessment(incident), _cause(incident, report)
    known = (made.ill or 0) if made is not None else 0
    onset = _latest_onset(incident)
    patients = _one_by_one(people, known, onset, cause) if people else _in_sum(report, known, onset, cause)
    said, suspected = (cause.agent, cause.other) if cause is not None else (None, ""), incident.suspect_agent
    patients = replace(patients, agent_doubt_zh=doubt_zh(*said, suspected))
    return Condition(judge(patients, at), known, people, report, cause, suspected)


def recovery_of(incident: Incident, at: datetime) -> Judgement:
    """Judge 6.4.2(1) at an instant."""
    return condition_of(incident, at).judgement


def found_agent(incident: Incident) -> Agent | None:
    """Return the agent of the table that was found last, if one was (6.4.2(1))."""
    cause = _cause(incident, _latest_report_of_sum(incident))
    return cause.agent if cause is not None else None


def _latest_report_of_sum(incident: Incident) -> ConditionReport | None:
    found = ConditionReport.objects.filter(incident__in=family_ids(incident))
    return found.select_related("organisation").order_by("as_of", "pk").last()


def _cause(incident: Incident, report: ConditionReport | None) -> Cause | None:
    """Return what was said last about the agent: a finding of its own, or beside the patients' sum."""
    found = AgentFinding.objects.filter(incident__in=family_ids(incident)).order_by("pk").last()
    said = report if report is not None and (report.agent or report.incubation_h) else None
    if found is not None and (said is None or found.found_at >= said.recorded_at):
        return _caused(found, found.other, found.found_at)
    return _caused(said, "", said.recorded_at) if said is not None else None


def _caused(said: AgentFinding | ConditionReport, other: str, stated_at: datetime) -> Cause:
    agent = agents().get(said.agent)
    own = None if said.incubation_h is None else timedelta(hours=float(said.incubation_h))
    return Cause(
        agent=agent,
        other=other,
        expert=said.expert,
        incubation=longest_incubation(agent, own, is_confirmed=bool(said.expert)),
        last_exposure_at=said.last_exposure_at,
        stated_at=stated_at,
        is_own_figure=own is not None,
    )


def _one_by_one(
    people: Sequence[Person], known: int, onset: datetime | None, cause: Cause | None
) -> Patients:
    return patients_of(
        [each.course for each in people],
        known=known,
        last_onset_at=onset,
        last_exposure_at=cause.last_exposure_at if cause is not None else None,
        incubation=cause.incubation if cause is not None else None,
    )


def _in_sum(
    report: ConditionReport | None, known: int, onset: datetime | None, cause: Cause | None
) -> Patients:
    """Take the sum as reported; a case whose onset is later than the report's last makes it stale."""
    last = report.last_onset_at if report is not None else None
    reported = report.patients if report is not None else 0
    is_stale = report is not None and onset is not None and (last is None or onset > last)
    return Patients(
        reported=reported,
        known=max(known, reported + 1) if is_stale else known,
        untraced=report.untraced if report is not None else 0,
        all_treated=report is not None and report.all_treated,
        stable_since=report.stable_since if report is not None else None,
        last_onset_at=max(filter(None, (onset, last)), default=None),
        last_exposure_at=cause.last_exposure_at if cause is not None else None,
        incubation=cause.incubation if cause is not None else None,
    )


def _latest_onset(incident: Incident) -> datetime | None:
    facts = current_facts(family_ids(incident))
    found: datetime | None = Case.objects.filter(fact__in=facts).aggregate(Max("onset_at"))["onset_at__max"]
    return found
