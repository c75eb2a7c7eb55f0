"""The forms about a warning: what it says, its lifting, what a recipient did (4.2)."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import choice, line, offer, tick, words
from accounts.models import Jurisdiction, JurisdictionKind, Organisation
from incidents.models import Stage
from monitoring.choices import (
    CERTAINTIES,
    GROUNDS,
    NONE_SAID,
    SEVERITIES,
    STAGES,
    STREAMS,
    UNSET,
    URGENCIES,
)
from monitoring.content import Content
from monitoring.forms.observations import PLACE_LENGTH, SUMMARY_LENGTH
from monitoring.models import BulletinKind, FoodWarning, Hazard
from monitoring.permissions import HEALTH, REGULATORS, regulators
from monitoring.values import WarningText
from plan.monitoring import LiftGround, Stream
from plan.offices import BY_NAME_ALONE, OfficeKind
from reporting.models import Signal
from response.measure_forms import OnceForm

HEADLINE_LENGTH: Final = 60
CAP_HELP: Final = _("国际通用格式（CAP 1.2）的字段，预案没有规定，可以不作说明。")
NOT_SENT_TO: Final = frozenset({*BY_NAME_ALONE, OfficeKind.HOSPITAL, OfficeKind.PROVINCE_DEPARTMENTS})
# Of another tier, who acts on a warning there (4.2.1(b)).
ACTS: Final = frozenset({*REGULATORS, *HEALTH, OfficeKind.CITY_COMMISSION_OFFICE})
OF_AN_ALERT: Final = ("partners",)
OF_A_LIFTING: Final = ("ground", "judgement")
NOT_OF_A_LIFTING: Final = ("harm", "trend", "house_level", "urgency", "severity", "certainty")


def several(*, label: Any, help_text: Any = "", required: bool = False) -> forms.MultipleChoiceField:
    """Return a field that ticks several of a list."""
    return forms.MultipleChoiceField(
        label=label,
        choices=(),
        required=required,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个。")},
    )


class BulletinForm(OnceForm):
    """What a bulletin says; a lifting says why, the others what harm and what trend."""

    headline = line(label=_("标题"), max_length=HEADLINE_LENGTH, required=True, help_text=_("不超过60字。"))
    ground = choice(label=_("解除的理由"), choices=[UNSET, *GROUNDS], required=True)
    judgement = words(label=_("研判"), required=True, max_length=SUMMARY_LENGTH)
    harm = words(label=_("对社会公众健康的危害程度"), required=True, max_length=SUMMARY_LENGTH)
    trend = words(label=_("可能发展的趋势"), required=True, max_length=SUMMARY_LENGTH)
    advice = words(
        label=_("请公众和有关方面"),
        max_length=SUMMARY_LENGTH,
        help_text=_("例如：停止食用、销售，封存待检。"),
    )
    stream = choice(label=_("监测内容"), choices=[UNSET, *STREAMS], required=True)
    food = line(label=_("食品"), max_length=PLACE_LENGTH)
    stage = choice(label=_("环节"), choices=[NONE_SAID, *STAGES])
    areas = several(label=_("区域"), required=True)
    is_public = tick(label=_("向社会公布"))
    departments = several(label=_("发给有关部门"))
    partners = several(label=_("联合发布的部门"), help_text=_("各部门都签发后才发布；不选即为单独发布。"))
    headline_en = line(label=_("英文标题"), max_length=120)
    text_en = words(
        label=_("英文正文"),
        max_length=SUMMARY_LENGTH,
        help_text=_("不填则英文版只给出标题、区域和中文原文。"),
    )
    house_level = line(
        label=_("本单位自定的级别"),
        max_length=20,
        help_text=_("预案没有预警级别和颜色；填写的会注明“非预案规定”。"),
    )
    urgency = choice(label=_("紧迫程度"), choices=URGENCIES, help_text=CAP_HELP)
    severity = choice(label=_("严重程度"), choices=SEVERITIES, help_text=CAP_HELP)
    certainty = choice(label=_("把握程度"), choices=CERTAINTIES, help_text=CAP_HELP)

    def __init__(self, *args: Any, lead: Organisation, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left_out = (() if kind == BulletinKind.ALERT else OF_AN_ALERT) + (
            NOT_OF_A_LIFTING if kind == BulletinKind.LIFT else OF_A_LIFTING
        )
        for name in left_out:
            del self.fields[name]
        self.areas_known = areas_of(lead)
        self.bodies = {each.code: each for each in bodies_for(lead)}
        self.others = {each.code: each for each in regulators() if each != lead}
        offer(self, "areas", [(code, each.name) for code, each in self.areas_known.items()])
        offer(self, "departments", [(code, each.name) for code, each in self.bodies.items()])
        if "partners" in self.fields:
            offer(self, "partners", [(code, each.name) for code, each in self.others.items()])
        self.initial.setdefault("areas", list(self.areas_known)[:1])

    def text(self) -> WarningText:
        """Return what the valid form says."""
        data = self.cleaned_data
        plain = ("headline", "harm", "trend", "advice", "headline_en", "text_en", "food", "house_level")
        levels = ("urgency", "severity", "certainty")
        return WarningText(
            **{name: data.get(name, "") for name in plain},
            **{name: data.get(name) or "Unknown" for name in levels},
            stream=Stream(data["stream"]),
            stage=Stage(data["stage"]) if data["stage"] else None,
            areas=tuple(self.areas_known[code] for code in data["areas"]),
            departments=tuple(self.bodies[code] for code in data["departments"]),
            is_public=data["is_public"],
            partners=tuple(self.others[code] for code in data.get("partners", ())),
            ground=LiftGround(data["ground"]) if data.get("ground") else None,
            judgement=data.get("judgement", ""),
        )


class SignForm(forms.Form):
    """The hash of what was read, so that nothing else is signed."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


def areas_of(lead: Organisation) -> dict[str, Jurisdiction]:
    """Return the areas an issuer may warn of, by code: the city first, or its own county (4.2.1)."""
    rows = Jurisdiction.objects.select_related("host").order_by("code")
    if lead.jurisdiction.kind != JurisdictionKind.CITY:
        county = lead.jurisdiction.county
        rows = rows.filter(pk=county.pk) | rows.filter(host=county)
    return {each.code: each for each in rows}


def bodies_for(lead: Organisation) -> list[Organisation]:
    """Return who a warning may be sent to: the bodies of its own tier first, then those that act on the other."""
    rows = Organisation.objects.exclude(kind__in=NOT_SENT_TO).exclude(pk=lead.pk)
    own = rows.filter(jurisdiction=lead.jurisdiction)
    others = rows.filter(kind__in=ACTS)
    if lead.jurisdiction.kind != JurisdictionKind.CITY:
        others = others.filter(jurisdiction__kind=JurisdictionKind.CITY)
    found = list((own | others).select_related("jurisdiction__host").order_by("jurisdiction__code", "pk"))
    return sorted(found, key=lambda each: each.jurisdiction != lead.jurisdiction)


def prefilled(content: Content | None, hazard: Hazard | None, signal: Signal | None) -> dict[str, Any]:
    """Return what a form starts with: what was said last, else what the hazard or the signal says."""
    if content is not None:
        return {name: value for name, value in content.items() if name != "issuers"} | {
            "partners": content["issuers"]
        }
    if hazard is not None:
        said = {name: getattr(hazard, name) for name in ("stream", "stage", "food")}
        return {**said, "headline": hazard.title[:HEADLINE_LENGTH], "areas": [hazard.area.code]}
    if signal is not None:
        food = signal.shared if signal.kind == "food" else ""
        return {"stream": Stream.DISEASE.value, "food": food}
    return {}


def content_before(warning: FoodWarning) -> Content | None:
    """Return what was said last of a warning: in its draft, else in its latest bulletin."""
    draft = warning.drafts.filter(is_open=True).first()
    if draft is not None:
        said: Content = draft.content
        return said
    latest = warning.bulletins.order_by("-serial").first()
    return latest.content if latest else None
