"""The form that fixes a level: which level, and on which assessment (6.1; Ⅳ: 6.2.4)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import choice, offer, words
from accounts.forms.plan_form import PlanForm
from accounts.moments import minute
from incidents.models import AssessmentRecord, Incident
from incidents.selectors import latest_assessment
from plan.levels import IncidentLevel
from response.models import AssessmentReport
from response.policies.assessment import counts_what_stands
from response.selectors.levels import reports_of

LEVEL_CHOICES = [(level.value, f"{level.numeral} {level.label_zh}") for level in IncidentLevel]


class ConfirmForm(PlanForm):
    """A named office's 核定 of the level, the latest assessment offered first."""

    level = choice(label=gettext_lazy("核定级别"), choices=LEVEL_CHOICES, required=True)
    report = choice(label=gettext_lazy("依据的评估"), choices=())
    reason = words(
        label=gettext_lazy("没有书面评估，或评估后事实又有变化的，写明理由"), max_length=300, rows=2
    )
    note = words(label=gettext_lazy("说明"), max_length=500, rows=2)

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reports = {str(each.pk): each for each in reports_of(incident)}
        self.initial.setdefault("report", next(iter(self.reports), ""))
        self.initial.setdefault("level", incident.proposed_level)
        offer(self, "report", list(_choices(self.reports.values(), latest_assessment(incident))))

    @property
    def report_named(self) -> AssessmentReport | None:
        """The assessment that was picked."""
        return self.reports.get(self.cleaned_data["report"])


def _choices(reports: Iterable[AssessmentReport], now: AssessmentRecord | None) -> Iterable[tuple[str, str]]:
    for each in reports:
        named = {
            "office": each.organisation.name,
            "time": minute(each.made_at),
            "level": IncidentLevel(each.present_level).numeral,
        }
        label = _("%(office)s %(time)s的评估（%(level)s）") % named
        yield str(each.pk), label if counts_what_stands(each, now) else label + _("，其后事实有变化")
    yield "", _("没有书面评估")
