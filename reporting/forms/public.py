"""The public's forms: who reports, time, place and number (5.2), each of which may be unknown yet; nothing else is asked for."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.forms.fields import MomentField, PeopleField, choice, line, offer, tick, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Jurisdiction, JurisdictionKind
from plan.refusal import PlanRefusal
from reporting.photos import LARGEST_BYTES, MOST_AT_ONCE, Photo, read_photo
from reporting.public_choices import ReporterKind
from reporting.public_words import PublicStated, Said

# What 5.2 asks for, and the tick that says that it is not known yet.
ASKED = {
    "occurred_earliest": "occurred_unknown",
    "place_text": "place_unknown",
    "illness_count": "illness_unknown",
}
LONGEST_RECEIPT = 60


class PhotosField(forms.FileField):
    """Several photos, each read as a picture and written anew; none is fine."""

    def __init__(self) -> None:
        # A browser gives no page back the files it had chosen, so the field itself stays when a refused form comes back.
        picker = forms.ClearableFileInput(
            attrs={"class": "form-control", "accept": "image/jpeg,image/png", "hx-preserve": "true"}
        )
        picker.allow_multiple_selected = True
        picker.attrs["multiple"] = True
        super().__init__(
            label=gettext_lazy("照片"),
            required=False,
            widget=picker,
            help_text=gettext_lazy("最多4张，每张不超过10MB；拍摄地点等附带信息会自动去除。"),
        )

    def clean(self, data: Any, initial: Any = None) -> list[Photo]:
        """Read the pictures; what is none is said by its own reason."""
        files = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(_("一次最多%d张照片。") % MOST_AT_ONCE, code="too_many_photos")
        try:
            return [read_photo(each) for each in files]
        except PlanRefusal as unfit:
            raise forms.ValidationError(unfit.message_zh, code=unfit.code) from unfit


class SaidForm(PlanForm):
    """What a sender may say, at first or later."""

    illness_count = PeopleField(label=gettext_lazy("发病人数"), required=False)
    suspect_food = line(label=gettext_lazy("可疑食品"), max_length=120)
    words = words(label=gettext_lazy("情况说明"))
    photos = PhotosField()

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    @property
    def pictures(self) -> Sequence[Photo]:
        """The photos of the valid form."""
        found: list[Photo] = self.cleaned_data["photos"]
        return found


class AdditionForm(SaidForm):
    """What the sender of a report has learnt since."""

    field_order = ("receipt", "words", "illness_count", "suspect_food", "photos")
    receipt = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_RECEIPT)

    def said(self) -> Said:
        """Return what the valid form says."""
        data = self.cleaned_data
        return Said(
            illness_count=data["illness_count"], suspect_food=data["suspect_food"], words=data["words"]
        )


class ReceiptForm(PlanForm):
    """The number by which a sender comes back."""

    receipt = forms.CharField(
        label=gettext_lazy("受理号"),
        max_length=LONGEST_RECEIPT,
        help_text=gettext_lazy("提交后显示的16位数字，空格可省略。"),
        error_messages={"required": gettext_lazy("请填写受理号。")},
        widget=forms.TextInput(
            attrs={"class": "form-control num", "inputmode": "numeric", "autocomplete": "off"}
        ),
    )


class PublicReportForm(SaidForm):
    """A report by anybody, without an account (5.1(1), 5.1(2), 5.1(4))."""

    form_token = forms.Field(widget=forms.HiddenInput, required=False)
    kind = choice(
        label=gettext_lazy("我是"),
        choices=[("", gettext_lazy("请选择")), *ReporterKind.choices],
        required=True,
    )
    reporter = line(
        label=gettext_lazy("本单位名称"),
        max_length=80,
        help_text=gettext_lazy("以单位名义报告的填写，个人不填。"),
    )
    occurred_earliest = MomentField(label=gettext_lazy("发生时间"), required=False)
    occurred_unknown = tick(label=gettext_lazy("暂不清楚"))
    discovered_at = MomentField(
        label=gettext_lazy("本单位发现的时间"),
        required=False,
        help_text=gettext_lazy("食品生产经营者填写。"),
    )
    area = choice(label=gettext_lazy("事发地区县（市）或功能区"), choices=(), required=True)
    place_text = line(
        label=gettext_lazy("地点"), max_length=120, help_text=gettext_lazy("店名、学校名，或大致位置。")
    )
    place_unknown = tick(label=gettext_lazy("暂不清楚"))
    illness_unknown = tick(label=gettext_lazy("暂不清楚"))
    is_tip_off = tick(label=gettext_lazy("这是举报，请为我保密"))
    contact_name = line(label=gettext_lazy("怎么称呼您"), max_length=60)
    contact_phone = line(label=gettext_lazy("联系电话"), max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = Jurisdiction.objects.exclude(kind=JurisdictionKind.CITY).select_related("host")
        found = sorted(areas, key=lambda area: (area.kind != JurisdictionKind.COUNTY, area.code))
        self.areas = {str(area.pk): area for area in found}
        english = get_language() == "en"
        names = [(key, area.name_en if english else area.name) for key, area in self.areas.items()]
        offer(self, "area", [("", _("请选择")), *names])
        self.initial.setdefault("form_token", uuid.uuid4())
        self.fields["contact_phone"].widget.attrs["inputmode"] = "tel"
        for name in ("contact_name", "contact_phone"):
            self.fields[name].widget.attrs["data-not-kept"] = ""
        for known, unknown in ASKED.items():
            self.fields[known].widget.attrs["data-known"] = ""
            self.fields[unknown].widget.attrs["data-unknown"] = ""

    @property
    def most_bytes(self) -> int:
        """How large all photos together may be."""
        return MOST_AT_ONCE * LARGEST_BYTES

    @property
    def contact_is_told(self) -> bool:
        """Whether the fold about the sender holds anything."""
        names = ("contact_name", "contact_phone", "is_tip_off")
        return any(self[name].value() or self.errors.get(name) for name in names)

    def clean(self) -> dict[str, Any]:
        """Ask for time, place and number, or that each is said to be unknown (5.2)."""
        data = self.cleaned_data
        asked = {
            "occurred_earliest": _("请填写发生时间，或勾选“暂不清楚”。"),
            "place_text": _("请填写地点，或勾选“暂不清楚”。"),
            "illness_count": _("请填写发病人数，或勾选“暂不清楚”。"),
        }
        for name, message in asked.items():
            if name in data and data[name] in {None, ""} and not data.get(ASKED[name]):
                self.add_error(name, message)
        for name in ("occurred_earliest", "discovered_at"):
            if data.get(name) and data[name] > self.at:
                self.add_error(name, _("不能晚于现在（北京时间）。"))
        return data

    @property
    def token(self) -> uuid.UUID:
        """What lets a second click be recognised; a new one if it was lost on the way."""
        try:
            return uuid.UUID(str(self.cleaned_data["form_token"]))
        except ValueError:
            return uuid.uuid4()

    def stated(self) -> PublicStated:
        """Return what the valid form states."""
        data = self.cleaned_data
        names = ("discovered_at", "illness_count", "suspect_food", "words", "contact_name", "contact_phone")
        return PublicStated(
            kind=ReporterKind(data["kind"]),
            area=self.areas[data["area"]],
            is_tip_off=data["is_tip_off"],
            reporter=data["reporter"],
            said=Said(
                occurred_earliest=data["occurred_earliest"],
                occurred_latest=data["occurred_earliest"],
                place_text=data["place_text"].strip(),
                **{name: data[name] for name in names},
            ),
        )
