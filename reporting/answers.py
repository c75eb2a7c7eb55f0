"""What a hospital is told of its report: its own fate, the level with its clauses, and nothing others reported."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from incidents.actions.incidents import BEIJING
from incidents.models import AssessmentRecord, Incident
from incidents.selectors import latest_assessment
from plan.clauses import clause
from plan.levels import IncidentLevel
from reporting.models import Delivery, OpenDuty, Report, ReportKind
from reporting.own_cases import OwnCase, latest_cases, with_fates
from reporting.stated import NUMBER, OCCURRED, PLACE

PER_PAGE = 50
Row = TypeVar("Row", bound=Model)
DUTY_NAMES = {
    OCCURRED: gettext_lazy("事故发生时间"),
    PLACE: gettext_lazy("地点"),
    NUMBER: gettext_lazy("人数"),
}


def cluster_answer(report: Report) -> dict[str, Any]:
    """Return the report's fate as the API gives it (5.1(3)); the counts behind the level stay with the offices."""
    incident, newest = report.incident.merged_into or report.incident, _newest(report)
    return {
        "ref": str(report.ref),
        "url": reverse("reporting_api:cluster_report", args=[report.ref]),
        "reference": report.reference,
        "revision": report.revision,
        "superseded_by": None if newest == report else str(newest.ref),
        "received_at": beijing(report.received_at),
        "state": report.state,
        "withdrawn_at": beijing(report.withdrawn_at),
        "withdrawal_reason": report.withdrawal_reason or None,
        "closed_at": _closed_at(newest),
        "incident": _incident(incident, latest_assessment(incident)),
        "legs": _legs(report),
        "missing": _missing(report, incident),
    }


def listed_reports(hospital: Organisation, *, page: int) -> dict[str, Any]:
    """Return one page of a hospital's own cluster reports, the newest first (5.1(3))."""
    own = Report.objects.filter(organisation=hospital, kind=ReportKind.CLUSTER)
    rows = own.select_related("incident__merged_into", "closing").order_by("-received_at", "-pk")
    return one_page(rows, page, _listed)


def one_page(rows: QuerySet[Row], page: int, shown: Callable[[Row], dict[str, Any]]) -> dict[str, Any]:
    """Return a page of a list as the API gives it; past the last there are none."""
    return one_page_of(rows, page, lambda found: map(shown, found))


def one_page_of(
    rows: QuerySet[Row], page: int, shown: Callable[[Iterable[Row]], Iterable[dict[str, Any]]]
) -> dict[str, Any]:
    """Return a page of a list whose rows are looked at together."""
    count, first = rows.count(), (page - 1) * PER_PAGE
    return {
        "count": count,
        "page": page,
        "pages": max(1, -(-count // PER_PAGE)),
        "results": list(shown(rows[first : first + PER_PAGE])),
    }


def beijing(moment: datetime | None) -> str | None:
    """Return an instant as the API writes it."""
    return moment.astimezone(BEIJING).isoformat(timespec="seconds") if moment else None


def listed_cases(hospital: Organisation, *, page: int) -> dict[str, Any]:
    """Return one page of a hospital's own single cases and their fate, the newest first (4.1(d))."""
    return one_page_of(latest_cases(hospital), page, lambda cases: map(_listed_case, with_fates(cases)))


def _listed_case(own: OwnCase) -> dict[str, Any]:
    return {
        "local_id": own.case.local_id,
        "revision": own.case.revision,
        "received_at": beijing(own.case.recorded_at),
        "fate": own.fate.value,
        "incident_number": own.incident.number if own.incident else "",
        "reason": own.case.reason,
    }


def _listed(report: Report) -> dict[str, Any]:
    """Return a report as the list has it; `closed_at` of this very revision, which a later one takes back."""
    incident = report.incident.merged_into or report.incident
    return {
        "ref": str(report.ref),
        "url": reverse("reporting_api:cluster_report", args=[report.ref]),
        "reference": report.reference,
        "revision": report.revision,
        "received_at": beijing(report.received_at),
        "state": report.state,
        "closed_at": _closed_at(report),
        "incident_number": incident.number,
    }


def _closed_at(report: Report) -> str | None:
    """Return when the hospital said of this revision that no further cases followed."""
    return beijing(report.closing.closed_at) if hasattr(report, "closing") else None


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
            "received_at": beijing(delivery.received_at),
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


def _newest(report: Report) -> Report:
    of_series = Report.objects.filter(organisation=report.organisation_id, reference=report.reference)
    return of_series.select_related("closing").order_by("-revision")[0]
