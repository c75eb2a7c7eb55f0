"""Forms about the calendar of important events."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.forms.fields import MomentField, choice, line, offer, tick, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Jurisdiction, JurisdictionKind
from reporting.actions.events import EventDraft
from reporting.models import EventScope, ImportantEvent


class EventForm(PlanForm):
    """An important event: what, how far it reaches, when and where (5.1(8), A22)."""

    name = line(label=gettext_lazy("活动名称"), max_length=80, required=True)
    scope = choice(label=gettext_lazy("范围"), choices=EventScope.choices, required=True)
    starts_at = MomentField(label=gettext_lazy("开始时间"))
    ends_at = MomentField(
        label=gettext_lazy("结束时间"), help_text=gettext_lazy("结束的那一分钟也算在活动期间内。")
    )
    counties = forms.MultipleChoiceField(
        label=gettext_lazy("所在区县（市）"),
        help_text=gettext_lazy("都不选，即为全市。"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place_name = line(
        label=gettext_lazy("限于某一场所"),
        max_length=80,
        help_text=gettext_lazy("选填。场所名称或地址中出现该名称的事故才算在内；同时只选一个区县（市）。"),
    )
    is_drill = tick(label=gettext_lazy("仅用于演练：只对演练事故起算"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counties = Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY).order_by("code")
        self.known = {each.code: each for each in counties}
        offer(self, "counties", [(code, each.name) for code, each in self.known.items()])

    def draft(self) -> EventDraft:
        """Return what the valid form says."""
        data = self.cleaned_data
        names = ("name", "starts_at", "ends_at", "place_name")
        return EventDraft(
            **{name: data[name] for name in names},
            scope=EventScope(data["scope"]),
            counties=tuple(self.known[code] for code in data["counties"]),
            is_drill=data.get("is_drill", False),
        )


class ChangeEventForm(EventForm):
    """An event as it is now, with the reason; what was entered for drills stays so."""

    is_drill = None  # type: ignore[assignment]
    reason = words(label=gettext_lazy("修改理由"), required=True, max_length=300, rows=2)

    def __init__(self, *args: Any, event: ImportantEvent, **kwargs: Any) -> None:
        super().__init__(*args, initial=vars(event), **kwargs)
