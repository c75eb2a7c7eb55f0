"""Forms of the triage: taking a public report up, closing it, passing it on, reading who sent it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.forms.fields import MomentField, choice, line, offer, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Jurisdiction, JurisdictionKind
from incidents.models import Incident, IncidentStatus
from incidents.selectors import visible_incidents
from reporting.forms.quick import QuickReportForm
from reporting.models import PublicReport
from reporting.public_choices import PublicOutcome, ReporterKind
from reporting.triage_page import latest_said

MOST_INCIDENTS = 50


class TakeUpForm(QuickReportForm):
    """What the regulator states from a public report, to open an incident or to let it join one (5.2)."""

    incident = choice(
        label=gettext_lazy("归入"), choices=(), help_text=gettext_lazy("不选则登记为新的事故。")
    )
    reporter = line(label=gettext_lazy("经营者或单位的名称"), max_length=80)
    discovered_at = MomentField(
        label=gettext_lazy("经营者发现的时间"),
        required=False,
        help_text=gettext_lazy("1小时从此起算；报告以到达本系统的时间为准。"),
    )

    field_order = (
        "incident",
        "form_token",
        "occurred_earliest",
        "occurred_latest",
        "occurred_unknown",
        "area",
    )

    def __init__(self, *args: Any, report: PublicReport, actor: Actor, at: datetime, **kwargs: Any) -> None:
        kwargs.setdefault("initial", prefilled(report))
        super().__init__(*args, actor=actor, at=at, **kwargs)
        open_ = visible_incidents(actor).filter(status=IncidentStatus.OPEN).order_by("-changed_at", "-pk")
        self.incidents = {each.number: each for each in open_.select_related("place")[:MOST_INCIDENTS]}
        names = [(number, f"{number} {_where(each)}") for number, each in self.incidents.items()]
        offer(self, "incident", [("", gettext_lazy("登记为新的事故")), *names])
        if report.kind not in {ReporterKind.OPERATOR, ReporterKind.UNIT}:
            del self.fields["reporter"]
        if report.kind != ReporterKind.OPERATOR:
            del self.fields["discovered_at"]

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            "stated": replace(self.stated(), join=self.incidents.get(data["incident"])),
            "reporter": data.get("reporter", ""),
            "discovered_at": data.get("discovered_at"),
        }


class CloseForm(PlanForm):
    """Why a public report leads to no incident: what its sender is told, and what stays on record."""

    outcome = choice(
        label=gettext_lazy("答复报告人"),
        choices=[("", gettext_lazy("请选择")), *PublicOutcome.choices],
        required=True,
    )
    reason = words(
        label=gettext_lazy("理由"),
        required=True,
        max_length=300,
        rows=2,
        help_text=gettext_lazy("只存内部记录，报告人看不到。"),
    )


class PassOnForm(PlanForm):
    """To which county a public report belongs (A46)."""

    area = choice(label=gettext_lazy("事发地区县（市）或功能区"), choices=(), required=True)
    reason = words(label=gettext_lazy("理由"), required=True, max_length=300, rows=2)

    def __init__(self, *args: Any, report: PublicReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = (
            Jurisdiction.objects.exclude(kind=JurisdictionKind.CITY).select_related("host").order_by("code")
        )
        self.areas = {each.code: each for each in areas if each.county.pk != report.county_id}
        names = [(code, each.name) for code, each in self.areas.items()]
        offer(self, "area", [("", gettext_lazy("请选择")), *names])

    @property
    def chosen(self) -> Jurisdiction:
        """The county or zone chosen on the valid form."""
        return self.areas[self.cleaned_data["area"]]


def prefilled(report: PublicReport) -> dict[str, Any]:
    """Return what the sender said about time, place and number, latest first; not its words, and nothing about itself."""
    said = latest_said(report)
    unknown = {
        "occurred_unknown": said["occurred_earliest"] is None,
        "place_unknown": not said["place_text"],
        "illness_unknown": said["illness_count"] is None,
    }
    return {**said, **unknown, "area": str(report.area_id), "reporter": report.reporter}


def _where(incident: Incident) -> str:
    return incident.place.name if incident.place else incident.place_text
