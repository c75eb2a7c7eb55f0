"""The form by which a person says that two incidents are one."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import choice, offer, words
from accounts.forms.plan_form import PlanForm
from incidents.models import Incident
from plan.levels import IncidentLevel


class MergeForm(PlanForm):
    """Which other incident is the same one, and why (A12); beside each the level the two would have together."""

    other = choice(
        label=gettext_lazy("与哪一起合并"),
        choices=(),
        required=True,
        help_text=gettext_lazy("先登记的为合并后的事故；括号内为合并后按现有事实达到的级别。"),
    )
    reason = words(label=gettext_lazy("判断的理由"), required=True, max_length=300, rows=2)

    def __init__(
        self, *args: Any, others: Mapping[str, Incident], together: Mapping[int, IncidentLevel], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.others = others
        names = [(number, _option(each, together[each.pk])) for number, each in others.items()]
        offer(self, "other", [("", gettext_lazy("请选择")), *names])

    @property
    def chosen(self) -> Incident:
        """The incident chosen on the valid form."""
        return self.others[self.cleaned_data["other"]]


def _option(incident: Incident, level: IncidentLevel) -> str:
    return _("%(number)s %(place)s（合并后：%(level)s）") % {
        "number": incident.number,
        "place": incident.place_text or incident.county.name,
        "level": level.label_zh,
    }
