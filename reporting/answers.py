"""What a hospital is told of its report: its own fate, the level with its clauses, and nothing others reported."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.actions.incidents import BEIJING
from incidents.models import AssessmentRecord, Incident
from incidents.selectors import latest_assessment
from plan.clauses import clause
from plan.levels import IncidentLevel
from reporting.models import Delivery, OpenDuty, Report
from reporting.stated import NUMBER, OCCURRED, PLACE

DUTY_NAMES = {
    OCCURRED: gettext_lazy("事故发生时间"),
    PLACE: gettext_lazy("地点"),
    NUMBER: gettext_lazy("人数"),
}


def cluster_answer(report: Report) -> dict[str, Any]:
    """Return the report's fate as the API gives it (5.1(3)); the counts behind the level stay with the offices."""
    incident = report.incident.merged_into or report.incident
    return {
        "ref": str(report.ref),
        "url": reverse("reporting_api:cluster_report", args=[report.ref]),
        "reference": report.reference,
        "revision": report.revision,
        "superseded_by": _superseded_by(report),
        "received_at": _beijing(report.received_at),
        "state": report.state,
        "withdrawn_at": _beijing(report.withdrawn_at) if report.withdrawn_at else None,
        "withdrawal_reason": report.withdrawal_reason or None,
        "incident": _incident(incident, latest_assessment(incident)),
        "legs": _legs(report),
        "missing": _missing(report, incident),
    }


def _incident(incident: Incident, assessment: AssessmentRecord | None) -> dict[str, Any]:
    level = IncidentLevel(assessment.level if assessment else IncidentLevel.BELOW)
    refs = assessment.clauses if assessment else []
    clauses = [{"clause": ref, "text": clause(ref).text_zh} for ref in refs]
    confirmed = IncidentLevel(incident.confirmed_level) if incident.confirmed_level else None
    return {
        "number": incident.number,
        "url": reverse("response:incident", args=[incident.number]),
        "status": incident.status,
        "proposed_level": _level(level),
        "confirmed_level": _level(confirmed) if confirmed else None,
        "clauses": clauses,
        "explanation": _explanation(level, clauses),
        "edition": incident.edition,
    }


def _level(level: IncidentLevel) -> dict[str, str]:
    return {"code": level.value, "numeral": level.numeral, "name": level.label_zh}


def _explanation(level: IncidentLevel, clauses: list[dict[str, str]]) -> str:
    if level is IncidentLevel.BELOW:
        return _("目前未达到一般级别，由事发地区县（市）政府酌情处置（6.2.4）；报告义务照常适用。")
    quoted = "；".join(f"{one['clause']}“{one['text'].rstrip('；。')}”" for one in clauses)
    found = {"level": level.label_zh, "numeral": level.numeral, "quoted": quoted}
    proposed = _("系统建议定为%(level)s食品安全事故（%(numeral)s级），符合%(quoted)s。") % found
    if level is IncidentLevel.IV:
        return proposed + _("级别待县级食药安办核定（6.2.4）。")
    return proposed + _("级别待市食药安办核定（6.1）。")


def _legs(report: Report) -> list[dict[str, Any]]:
    """Return to whom the report went and when it arrived there (A18)."""
    deliveries = Delivery.objects.filter(report=report, corrected_by__isnull=True, is_retraction=False)
    return [
        {
            "clause": "5.1(3)",
            "recipient": {"code": delivery.recipient.code, "name": delivery.recipient.name},
            "received_at": _beijing(delivery.received_at),
        }
        for delivery in deliveries.select_related("recipient").order_by("pk")
    ]


def _missing(report: Report, incident: Incident) -> list[dict[str, str]]:
    """Return what the hospital said it does not know yet and still owes (5.2)."""
    family = {report.incident_id, incident.pk}
    duties = OpenDuty.objects.filter(
        incident__in=family, bearer=report.organisation_id, settled_at__isnull=True
    )
    return [
        {"code": duty.code, "name": str(DUTY_NAMES[duty.code]), "clause": duty.clause}
        for duty in duties.order_by("pk")
    ]


def _superseded_by(report: Report) -> str | None:
    if not report.reference:
        return None
    later = Report.objects.filter(
        organisation=report.organisation_id, reference=report.reference, revision__gt=report.revision
    )
    newest = later.order_by("-revision").first()
    return str(newest.ref) if newest else None


def _beijing(moment: datetime) -> str:
    return moment.astimezone(BEIJING).isoformat(timespec="seconds")
