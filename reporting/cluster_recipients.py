"""Whom of its county a hospital's cluster concerns, and what they are told when it has no further cases (5.1(3))."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import JurisdictionKind, Organisation
from outbox.actions.messages import Owed
from plan.duties import DUTY_5_1_3
from reporting.models import Report


def cluster_recipients(report: Report) -> list[Organisation]:
    """Return county health and county regulator of the hospital's own county (A27)."""
    area = report.organisation.jurisdiction
    county = report.incident.county if area.kind == JurisdictionKind.CITY else area.county
    found = Organisation.objects.filter(kind__in=DUTY_5_1_3.recipients, jurisdiction=county).order_by("code")
    if len(found) != len(DUTY_5_1_3.recipients):
        raise LookupError(f"county {county.code} lacks a recipient of cluster reports in the reference data")
    return list(found)


def closing_messages(report: Report, recipients: Iterable[Organisation]) -> list[Owed]:
    """Return the messages by which they learn that the hospital has no further cases (预案 5.1(3))."""
    incident = report.incident
    words = {"number": incident.number, "hospital": report.organisation.name}
    return [
        Owed(
            dedupe_key=f"closed:{report.ref}:{each.code}",
            recipient=each.code,
            kind="cluster_closed",
            title=_("%(number)s：%(hospital)s报告无新增病例") % words,
            body=_("该院表示这起聚集性病例没有新增病例；再有新增将继续报送。时限和响应不因此终止。"),
            link=f"/incidents/{incident.number}/",
            chain=incident.chain,
            drill=incident.is_drill,
        )
        for each in recipients
    ]
