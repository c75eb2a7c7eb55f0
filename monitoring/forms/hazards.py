"""The forms about a hazard: what was found, what was done, who was told (4.1(f))."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import MomentField, choice, line, offer, words
from accounts.forms.plan_form import PlanForm
from accounts.models import JurisdictionKind, Organisation
from incidents.models import Stage
from monitoring.choices import NONE_SAID, STAGES, STREAMS, UNSET
from monitoring.forms.observations import PLACE_LENGTH, SUMMARY_LENGTH, AreaForm
from monitoring.models import Hazard, Observation
from monitoring.permissions import HEALTH, REGULATORS
from monitoring.values import NewHazard
from plan.monitoring import Stream
from plan.offices import BY_NAME_ALONE, OfficeKind
from reporting.models import Signal

# Hospitals report and are no 有关方面 that an office notifies by itself.
UNTOLD = frozenset({*BY_NAME_ALONE, OfficeKind.HOSPITAL})
# 有关方面 of the city: who watches food and health, and the departments of the stages.
OF_THE_CITY = frozenset(
    {*HEALTH, *REGULATORS, OfficeKind.CITY_COMMISSION_OFFICE, OfficeKind.CDC, OfficeKind.CITY_UNIT}
)


class HazardForm(AreaForm):
    """A hazard or problem that was found."""

    title = line(label=_("隐患或问题"), max_length=PLACE_LENGTH, required=True)
    stream = choice(label=_("监测内容"), choices=[UNSET, *STREAMS], required=True)
    area = choice(label=_("区域"), choices=(), required=True)
    found_at = MomentField(label=_("发现时间"))
    food = line(label=_("食品"), max_length=PLACE_LENGTH)
    stage = choice(label=_("环节"), choices=[NONE_SAID, *STAGES])
    place_text = line(label=_("单位或地点"), max_length=PLACE_LENGTH)
    note = words(label=_("说明"), max_length=SUMMARY_LENGTH, help_text=_("不要写个人姓名、电话和证件号。"))

    def __init__(
        self, *args: Any, observation: Observation | None, signal: Signal | None, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.observation, self.signal, self.at = observation, signal, at
        for name, value in {"found_at": at, **_prefilled(observation, signal)}.items():
            self.initial.setdefault(name, value)

    def clean_found_at(self) -> datetime:
        """Take the minute that is running as now."""
        found: datetime = self.cleaned_data["found_at"]
        return self.at if found == self.at.replace(second=0, microsecond=0) else found

    def hazard(self) -> NewHazard:
        """Return what the valid form says."""
        data = self.cleaned_data
        return NewHazard(
            title=data["title"],
            stream=Stream(data["stream"]),
            area=self.chosen_area,
            found_at=data["found_at"],
            stage=Stage(data["stage"]) if data["stage"] else None,
            place_text=data["place_text"],
            food=data["food"],
            note=data["note"],
            observation=self.observation,
            signal=self.signal,
        )


def _prefilled(observation: Observation | None, signal: Signal | None) -> dict[str, str]:
    """Return what the observation or the signal itself says."""
    if observation is not None:
        named = ("stream", "stage", "food", "place_text")
        said = {name: getattr(observation, name) for name in named}
        what = " ".join(
            filter(None, (observation.food, observation.factor, observation.get_finding_display()))
        )
        return {**said, "area": observation.area.code, "title": what, "note": observation.summary}
    if signal is not None:
        shared = signal.shared
        return {
            "stream": Stream.DISEASE.value,
            "title": f"{signal.get_kind_display()} {shared}".strip(),
            "food" if signal.kind == "food" else "place_text": shared,
        }
    return {}


class ControlForm(PlanForm):
    """What was done against it, and when."""

    done_at = MomentField(label=_("采取时间"))
    words = words(label=_("采取的控制措施"), required=True, max_length=SUMMARY_LENGTH)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.initial.setdefault("done_at", at)

    def clean_done_at(self) -> datetime:
        """Take the minute that is running as now."""
        done: datetime = self.cleaned_data["done_at"]
        return self.at if done == self.at.replace(second=0, microsecond=0) else done


class TellForm(PlanForm):
    """Whom to tell of it; health of the place is ticked."""

    recipients = forms.MultipleChoiceField(
        label=_("通报给"),
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个。")},
    )
    words = words(label=_("通报内容"), required=True, max_length=SUMMARY_LENGTH)

    def __init__(self, *args: Any, hazard: Hazard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {each.code: each for each in bodies_near(hazard)}
        offer(self, "recipients", [(code, each.name) for code, each in self.bodies.items()])
        self.initial.setdefault(
            "recipients", [each.code for each in self.bodies.values() if each.kind in HEALTH][:1]
        )
        self.initial.setdefault("words", hazard.title)

    def told(self) -> list[Organisation]:
        """Return whom the valid form names."""
        return [self.bodies[code] for code in self.cleaned_data["recipients"]]


def bodies_near(hazard: Hazard) -> list[Organisation]:
    """Return who may be told of a hazard: the bodies of its county, then the city's; health first."""
    rows = Organisation.objects.exclude(kind__in=UNTOLD).select_related("jurisdiction__host")
    county = hazard.area.county
    city = rows.filter(jurisdiction__kind=JurisdictionKind.CITY, kind__in=OF_THE_CITY)
    wanted = rows.filter(jurisdiction=county) | city
    found = [each for each in wanted.order_by("pk") if each != hazard.organisation]
    return sorted(found, key=lambda each: (each.kind not in HEALTH, each.jurisdiction != county, each.pk))
