"""The form with which a hospital sends a line list as a workbook (5.1(3))."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import MomentField, choice, line, offer
from accounts.forms.plan_form import PlanForm
from accounts.models import Jurisdiction, JurisdictionKind, Organisation
from incidents.models import PlaceKind


def workbook(help_text: Any) -> forms.FileField:
    """Return the field of a file to be read."""
    return forms.FileField(
        label=_("病例清单文件"),
        allow_empty_file=True,
        help_text=help_text,
        error_messages={"required": _("请选择文件。")},
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx,.csv"}),
    )


class SingleCasesForm(PlanForm):
    """A workbook of single cases; there is nothing to say about them together."""

    workbook = workbook(_(".xlsx或.csv，不超过1 MB、500例，读第一张工作表。"))


class LineListForm(PlanForm):
    """What is sent, and what about."""

    workbook = workbook(_(".xlsx或.csv，不超过1 MB、2000名患者，读第一张工作表。"))
    reference = line(
        label=_("报告编号"),
        max_length=80,
        required=True,
        help_text=_("本院自编，同一起事件每次相同：再次导入即为修订，整份替换上一次的清单。"),
    )
    place_name = line(label=_("就餐地点"), max_length=120, help_text=_("单位名称；尚不清楚的留空。"))
    place_kind = choice(label=_("地点类型"), choices=[("", _("尚不清楚")), *PlaceKind.choices])
    county = choice(label=_("就餐地所在区县（市）或功能区"), choices=(), required=True)
    suspect_food = line(label=_("可疑食品"), max_length=120)
    found_at = MomentField(
        label=_("本院发现的时间"), required=False, help_text=_("何时认为是聚集性病例；报告时限由此起算。")
    )

    def __init__(self, *args: Any, hospital: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = Jurisdiction.objects.exclude(kind=JurisdictionKind.CITY).order_by("kind", "code")
        offer(self, "county", list(areas.values_list("code", "name")))
        self.initial.setdefault("county", hospital.jurisdiction.county.code)

    def about(self) -> dict[str, Any]:
        """Return what the valid form says, as the body of a report carries it."""
        data = self.cleaned_data
        place = {"name": data["place_name"] or None, "county": data["county"], "kind": data["place_kind"]}
        stated = {"suspect_food": data["suspect_food"], "found_at": data["found_at"]}
        if stated["found_at"]:
            stated["found_at"] = stated["found_at"].isoformat()
        return {
            "reference": data["reference"],
            "place": {name: value for name, value in place.items() if value != ""},
            "first_onset_at": None,
            "counts": {"ill": None},
            **{name: value for name, value in stated.items() if value},
        }
