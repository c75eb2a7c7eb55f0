"""The forms of the one store: an observation, a table of them, a food of high risk (4.1, 8.2)."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.forms.fields import MomentField, choice, line, offer, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Jurisdiction, JurisdictionKind
from accounts.permissions import is_city_wide, own_county
from incidents.models import Stage
from monitoring.choices import FEEDS, FINDINGS, HELPERS, NONE_SAID, STAGES, STREAMS, UNSET
from monitoring.models import Finding
from monitoring.values import NewObservation
from plan.monitoring import Feed, Helper, Stream
from response.measure_forms import OnceForm

PLACE_LENGTH, SUMMARY_LENGTH = 120, 500


def areas_for(actor: Actor) -> dict[str, Jurisdiction]:
    """Return the areas an office watches, by code: all for the city, else the county and its zones (4.1(b))."""
    rows = Jurisdiction.objects.select_related("host").order_by("code")
    county = own_county(actor)
    if not is_city_wide(actor):
        rows = rows.filter(pk=county.pk if county else 0) | rows.filter(host=county)
    return {each.code: each for each in rows}


class AreaForm(OnceForm):
    """A form about some place that the office watches."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas_for(actor)
        offer(self, "area", [(code, each.name) for code, each in self.areas.items()])

    @property
    def chosen_area(self) -> Jurisdiction:
        """The area that was chosen."""
        return self.areas[self.cleaned_data["area"]]


class ObservationForm(AreaForm):
    """One observation of one feed."""

    feed = choice(label=_("来源"), choices=[UNSET, *FEEDS], required=True)
    stream = choice(label=_("监测内容"), choices=[UNSET, *STREAMS], required=True)
    area = choice(label=_("区域"), choices=(), required=True)
    occurred_at = MomentField(label=_("采样或发生时间"))
    food = line(label=_("食品"), max_length=PLACE_LENGTH)
    stage = choice(label=_("环节"), choices=[NONE_SAID, *STAGES])
    factor = line(
        label=_("项目或因素"), max_length=PLACE_LENGTH, help_text=_("例如：亚硝酸盐、副溶血性弧菌。")
    )
    finding = choice(label=_("检验结果"), choices=[NONE_SAID, *FINDINGS], help_text=_("仅抽检监测填写。"))
    place_text = line(label=_("单位或地点"), max_length=PLACE_LENGTH)
    summary = words(label=_("情况"), max_length=SUMMARY_LENGTH, help_text=_("不要写个人姓名、电话和证件号。"))

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("occurred_at", at)

    def stated(self) -> NewObservation:
        """Return what the valid form says; its token is the number it is recognised by."""
        data = self.cleaned_data
        return NewObservation(
            feed=Feed(data["feed"]),
            stream=Stream(data["stream"]),
            area=self.chosen_area,
            occurred_at=data["occurred_at"],
            reference=f"web-{self.token}",
            stage=Stage(data["stage"]) if data["stage"] else None,
            place_text=data["place_text"],
            food=data["food"],
            factor=data["factor"],
            finding=Finding(data["finding"]) if data["finding"] else None,
            summary=data["summary"],
        )


class TableForm(PlanForm):
    """A table of observations to be looked at before it is taken."""

    table = forms.FileField(
        label=_("监测信息表"),
        allow_empty_file=True,
        help_text=_(".csv或.xlsx，不超过1 MB、2000行，读第一张工作表。"),
        error_messages={"required": _("请选择文件。")},
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".csv,.xlsx"}),
    )


class RiskyFoodForm(AreaForm):
    """A food of high risk at one stage."""

    food = line(label=_("食品"), max_length=PLACE_LENGTH, required=True)
    stage = choice(label=_("环节"), choices=[UNSET, *STAGES], required=True)
    area = choice(label=_("区域"), choices=(), required=True)
    risk = words(label=_("风险"), required=True, max_length=300, rows=2)
    supervision = words(label=_("日常监管措施"), required=True, max_length=300, rows=2)

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            "food": data["food"],
            "stage": Stage(data["stage"]),
            "area": self.chosen_area,
            "risk": data["risk"],
            "supervision": data["supervision"],
            "form_token": self.token,
        }


class HelperForm(OnceForm):
    """What an assistant, an informant or a volunteer noticed (8.2(b)); no account is asked for."""

    helper = choice(label=_("您的身份"), choices=[UNSET, *HELPERS], required=True)
    area = choice(label=_("所在区县（市）或功能区"), choices=(), required=True)
    place_text = line(label=_("单位或地点"), max_length=PLACE_LENGTH, required=True)
    food = line(label=_("食品"), max_length=PLACE_LENGTH)
    summary = words(
        label=_("看到的情况"),
        max_length=SUMMARY_LENGTH,
        required=True,
        help_text=_("不要写个人姓名、电话和证件号。有人发病的，请改用“报告食品安全问题”。"),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        rows = Jurisdiction.objects.exclude(kind=JurisdictionKind.CITY).select_related("host")
        self.areas = {each.code: each for each in rows.order_by("code")}
        offer(self, "area", [UNSET, *((code, each.name) for code, each in self.areas.items())])

    @property
    def helper_kind(self) -> Helper:
        """Which of the three kinds speaks."""
        return Helper(self.cleaned_data["helper"])

    def stated(self) -> NewObservation:
        """Return what the valid form says."""
        data = self.cleaned_data
        return NewObservation(
            feed=Feed.NOTICE,
            area=self.areas[data["area"]],
            occurred_at=self.at,
            reference=f"helper-{self.token}",
            place_text=data["place_text"],
            food=data["food"],
            summary=data["summary"],
        )
