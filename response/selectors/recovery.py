"""How the patients are and what follows for the end, live (6.4.2(1)); the latest assessment reports."""

from datetime import datetime, timedelta

from django.db.models import Max

from incidents.models import Case, Incident
from incidents.selectors import current_facts, family_ids, latest_assessment
from plan.agents import agents
from plan.recovery import Judgement, Patients, judge, longest_incubation
from response.models import AssessmentReport, ConditionReport


def latest_report(incident: Incident) -> AssessmentReport | None:
    """Return the office's latest assessment, the current one of 6.1 (A32)."""
    found = AssessmentReport.objects.filter(incident__in=family_ids(incident))
    return found.select_related("organisation", "record").order_by("pk").last()


def latest_condition(incident: Incident) -> ConditionReport | None:
    """Return how the patients are, by the latest time it holds for."""
    found = ConditionReport.objects.filter(incident__in=family_ids(incident))
    return found.select_related("organisation").order_by("as_of", "pk").last()


def recovery_of(incident: Incident, at: datetime) -> Judgement:
    """Judge 6.4.2(1) at an instant; a case whose onset is later than the report's last makes it stale."""
    report, made = latest_condition(incident), latest_assessment(incident)
    known = int(made.counted["illness_count"]) if made is not None else 0
    if report is None:
        nobody = Patients(
            reported=0,
            known=known,
            untraced=0,
            all_treated=False,
            stable_since=None,
            last_onset_at=None,
            incubation=None,
        )
        return judge(nobody, at)
    return judge(_patients(report, known, _latest_onset(incident)), at)


def _patients(report: ConditionReport, known: int, onset: datetime | None) -> Patients:
    is_stale = onset is not None and (report.last_onset_at is None or onset > report.last_onset_at)
    agent = agents().get(report.agent)
    figure = None if report.incubation_h is None else timedelta(hours=float(report.incubation_h))
    return Patients(
        reported=report.patients,
        known=max(known, report.patients + 1) if is_stale else known,
        untraced=report.untraced,
        all_treated=report.all_treated,
        stable_since=report.stable_since,
        last_onset_at=max(filter(None, (onset, report.last_onset_at)), default=None),
        last_exposure_at=report.last_exposure_at,
        incubation=longest_incubation(agent, figure, is_confirmed=bool(report.expert)),
    )


def _latest_onset(incident: Incident) -> datetime | None:
    facts = current_facts(family_ids(incident))
    found: datetime | None = Case.objects.filter(fact__in=facts).aggregate(Max("onset_at"))["onset_at__max"]
    return found
