"""What was judged of the trend, by whom and when: 研判发展趋势 goes into the adjustment (3.4.1, 6.3.4, 6.4.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.moments import minute
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.groups import Group
from response.models import AssessmentReport, MeasureRecord, TaskEntry

DUTY = f"{Group.INVESTIGATION}:trend"


@dataclass(frozen=True, slots=True)
class TrendJudgement:
    """One judgement of the trend."""

    who: str
    text: str
    at: datetime

    def __str__(self) -> str:
        said = {"who": self.who, "time": minute(self.at), "text": self.text}
        return _("%(who)s %(time)s研判：%(text)s") % said


def trend_judgements(incident: Incident, report: AssessmentReport | None) -> list[TrendJudgement]:
    """Return the latest judgement of the investigation group, of the experts and of the assessment, the newest first."""
    return sorted(_judged(incident, report), key=lambda each: each.at, reverse=True)


def _judged(incident: Incident, report: AssessmentReport | None) -> Iterator[TrendJudgement]:
    family = family_ids(incident)
    task = TaskEntry.objects.filter(incident__in=family, code=DUTY).order_by("pk").last()
    if task is not None and (task.note or task.document):
        text = " ".join(filter(None, (task.note, task.document)))
        yield TrendJudgement(Group.INVESTIGATION.label_zh, text, task.recorded_at)
    opinions = MeasureRecord.objects.filter(
        incident__in=family, kind="expert_opinion", retracts__isnull=True, retracted_by__isnull=True
    )
    opinion = opinions.order_by("done_at", "pk").last()
    if opinion is not None:
        yield TrendJudgement(_("专家"), opinion.details.get("trend", ""), opinion.done_at)
    if report is not None:
        yield TrendJudgement(report.organisation.name, report.trend, report.made_at)
