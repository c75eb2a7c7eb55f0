"""The quick report: time, place and number of people, each of which may be unknown yet (5.2); nothing else is asked."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.forms.fields import MomentField, PeopleField, choice, line, offer, tick, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Jurisdiction, JurisdictionKind
from accounts.moments import time_of_day
from accounts.permissions import own_county
from incidents.actions.facts import NewFact
from incidents.models import CountKind, FactKind, PlaceKind
from incidents.places import find_place
from reporting.stated import NUMBER, OCCURRED, PLACE, StatedReport

COUNTS = {
    "illness_count": FactKind.ILLNESS,
    "death_count": FactKind.DEATHS,
    "severe_count": FactKind.SEVERE,
}
# What 5.2 asks for, and the tick that says that it is not known yet.
ASKED = {
    "occurred_earliest": "occurred_unknown",
    "place_text": "place_unknown",
    "illness_count": "illness_unknown",
}


class QuickReportForm(PlanForm):
    """A county regulator's first report, filed from a phone in under a minute (5.2, A26)."""

    form_token = forms.Field(widget=forms.HiddenInput, required=False)
    occurred_earliest = MomentField(label=gettext_lazy("事发时间"), required=False)
    occurred_latest = MomentField(label=gettext_lazy("最晚可能的时间"), required=False)
    occurred_unknown = tick(label=gettext_lazy("暂不清楚"))
    area = choice(label=gettext_lazy("事发地区县（市）或功能区"), choices=(), required=True)
    place_text = line(
        label=gettext_lazy("地点"),
        max_length=120,
        help_text=gettext_lazy("单位名称或大致位置，选列出的名称可自动归并。"),
    )
    place_unknown = tick(label=gettext_lazy("暂不清楚"))
    place_kind = choice(
        label=gettext_lazy("场所类型"), choices=[("", gettext_lazy("未选择")), *PlaceKind.choices]
    )
    address = line(label=gettext_lazy("详细地址"), max_length=200)
    illness_count = PeopleField(label=gettext_lazy("发病人数"), required=False)
    illness_unknown = tick(label=gettext_lazy("暂不清楚"))
    count_kind = choice(
        label=gettext_lazy("人数口径"),
        choices=[
            (CountKind.TOTAL.value, gettext_lazy("合计：目前已知的全部")),
            (CountKind.OWN.value, gettext_lazy("本单位：只是本单位掌握的")),
        ],
        required=True,
    )
    death_count = PeopleField(label=gettext_lazy("其中死亡"), required=False)
    severe_count = PeopleField(label=gettext_lazy("其中重症"), required=False)
    suspect_food = line(label=gettext_lazy("可疑食品"), max_length=120)
    is_sensitive = tick(label=gettext_lazy("属于敏感事故"))
    sensitive_reason = line(label=gettext_lazy("敏感的理由"), max_length=200)
    known_at = MomentField(
        label=gettext_lazy("得知时间"), required=False, help_text=gettext_lazy("不填即为提交的时刻。")
    )
    note = words(label=gettext_lazy("说明"))

    def __init__(self, *args: Any, actor: Actor, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.areas = {str(area.pk): area for area in areas_of(actor)}
        choices = [(key, area.name) for key, area in self.areas.items()]
        county = own_county(actor)
        if county is None:
            choices.insert(0, ("", _("请选择")))
        offer(self, "area", choices)
        self.initial.setdefault("area", str(county.pk) if county else "")
        self.initial.setdefault("form_token", uuid.uuid4())
        self.initial.setdefault("count_kind", CountKind.TOTAL.value)

        self.fields["place_text"].widget.attrs |= {
            "list": "places",
            "hx-post": reverse("reporting:places"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#places",
            "hx-swap": "innerHTML",
            "hx-params": "area,place_text",
        }
        for known, unknown in ASKED.items():
            self.fields[known].widget.attrs["data-known"] = ""
            self.fields[unknown].widget.attrs["data-unknown"] = ""

    @property
    def asks_area(self) -> bool:
        """Whether the county must be asked for: a county office reports for its own."""
        return not self.initial["area"] or bool(self.errors.get("area"))

    @property
    def where_is_told(self) -> bool:
        """Whether the fold about the place holds anything."""
        return any(self[name].value() or self.errors.get(name) for name in ("place_kind", "address"))

    @property
    def more_is_told(self) -> bool:
        """Whether the fold with what the plan does not ask for holds anything."""
        return any(
            self[name].value() or self.errors.get(name)
            for name in (*COUNTS, "suspect_food", "known_at", "is_sensitive", "sensitive_reason", "note")
            if name != "illness_count"
        )

    def clean(self) -> dict[str, Any]:
        """Ask for time, place and number, or that each is said to be unknown (5.2)."""
        data = self.cleaned_data
        self._check_occurred(data)
        self._ask(data, "place_text", "place_unknown", _("请填写地点，或勾选“暂不清楚”。"))
        self._ask(data, "illness_count", "illness_unknown", _("请填写发病人数，或勾选“暂不清楚”。"))
        known_at = data.get("known_at")
        if known_at and known_at > self.at:
            self.add_error("known_at", self._in_future())
        if data.get("is_sensitive") and not data.get("sensitive_reason"):
            self.add_error("sensitive_reason", _("标为敏感事故的，请写明理由（5.1(7)）。"))
        return data

    def _check_occurred(self, data: dict[str, Any]) -> None:
        earliest, latest = data.get("occurred_earliest"), data.get("occurred_latest")
        if latest and not earliest:
            self.add_error("occurred_earliest", _("请填写最早可能的时间。"))
        else:
            self._ask(data, "occurred_earliest", "occurred_unknown", _("请填写事发时间，或勾选“暂不清楚”。"))
        for name, moment in (("occurred_earliest", earliest), ("occurred_latest", latest)):
            if moment and moment > self.at:
                self.add_error(name, self._in_future())
        if earliest and latest and latest < earliest:
            self.add_error("occurred_latest", _("最晚时间不能早于事发时间。"))

    def _ask(self, data: dict[str, Any], name: str, unknown: str, message: str) -> None:
        if name in data and data[name] in {None, ""} and not data.get(unknown):
            self.add_error(name, message)

    def _in_future(self) -> str:
        return _("不能晚于现在（%s）。") % time_of_day(self.at)

    @property
    def token(self) -> uuid.UUID | None:
        """What lets a second click be recognised; None if it was lost on the way."""
        try:
            return uuid.UUID(str(self.cleaned_data["form_token"]))
        except ValueError:
            return None

    def stated(self) -> StatedReport:
        """Return what the valid form states."""
        data = self.cleaned_data
        area = self.areas[data["area"]]
        place_text = data["place_text"].strip()
        earliest = data["occurred_earliest"]
        return StatedReport(
            area=area,
            known_at=data["known_at"] or self.at,
            place=find_place(area, name=place_text),
            place_text=place_text,
            address=data["address"],
            place_kind=data["place_kind"],
            occurred_earliest=earliest,
            occurred_latest=(data["occurred_latest"] or earliest) if earliest else None,
            facts=tuple(self._counts()),
            unknown=frozenset(self._unknown()),
            suspect_food=data["suspect_food"],
            sensitive_reason=data["sensitive_reason"] if data["is_sensitive"] else "",
            note=data["note"],
        )

    def _counts(self) -> list[NewFact]:
        return [
            NewFact(
                kind=kind,
                value=self.cleaned_data[name],
                as_of=self.at,
                count_kind=self.cleaned_data["count_kind"],
            )
            for name, kind in COUNTS.items()
            if self.cleaned_data[name] is not None
        ]

    def _unknown(self) -> list[str]:
        codes = {OCCURRED: "occurred_earliest", PLACE: "place_text", NUMBER: "illness_count"}
        return [code for code, name in codes.items() if self.cleaned_data[name] in {None, ""}]


def areas_of(actor: Actor) -> list[Jurisdiction]:
    """Return the counties and zones an office may file for: its own, or all for a city office (A43)."""
    areas = Jurisdiction.objects.exclude(kind=JurisdictionKind.CITY).select_related("host")
    county = own_county(actor)
    found = sorted(areas, key=lambda area: (area.kind != JurisdictionKind.COUNTY, area.code))
    return [area for area in found if county is None or area.county.pk == county.pk]
