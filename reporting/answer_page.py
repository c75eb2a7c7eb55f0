"""What the reporter is shown after reporting: the level and why, the running clocks, and what to do next."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import check_actor_may
from accounts.rights import Right
from incidents.models import AssessmentRecord, Fact, Incident
from incidents.permissions import involved_counties
from incidents.selectors import latest_assessment, visible_incidents
from plan.duties import DUTY_5_1_8
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from reporting.leg_view import DutyView, LegView
from reporting.models import Report, ReportState
from reporting.selectors import legs, open_duties


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Everything on the answer page at one instant; `incident` is what the report's incident became part of."""

    report: Report
    incident: Incident
    assessment: AssessmentRecord | None
    facts: list[Fact]
    legs: list[LegView]
    duties: list[DutyView]
    no_delivery: PlanRefusal | None
    at: datetime

    @property
    def joined(self) -> bool:
        """Whether the incident was there before the report."""
        return self.incident.opened_at < self.report.received_at

    @property
    def to_do(self) -> list[LegView]:
        """The reports to people that are still owed, phone before writing (5.1(8))."""
        order = [leg.code for leg in DUTY_5_1_8.legs]
        owed = [
            leg for leg in self.legs if leg.verdict.is_owed and leg.obligation.clause == DUTY_5_1_8.clause
        ]
        return sorted(owed, key=lambda leg: order.index(leg.obligation.leg))

    @property
    def may_withdraw(self) -> bool:
        """Whether the report still stands."""
        return bool(self.report.state == ReportState.ACCEPTED)


def report_for(actor: Actor, ref: UUID) -> Report:
    """Return the report if the actor's office may see its incident; a refusal (404) that reads the same otherwise."""
    found = (
        Report.objects.filter(ref=ref, incident__in=visible_incidents(actor))
        .select_related("incident__county", "incident__merged_into__county", "organisation", "place")
        .first()
    )
    if found is None:
        raise PlanRefusal(
            _("没有这份报告，或不在您单位的管辖范围内。"),
            clause="5.1(7)",
            code="report_not_found",
            status=404,
            next_step=_("请从事故列表进入。"),
        )
    return found


def answer_page(report: Report, actor: Actor, at: datetime) -> AnswerPage:
    """Return the answer to a report as things stand now (5.1(8), 5.2, 6.1)."""
    incident = report.incident.merged_into or report.incident
    counties = involved_counties(incident)
    stated = Fact.objects.filter(incident=report.incident_id, report_ref=str(report.ref), corrects=None)
    return AnswerPage(
        report=report,
        incident=incident,
        assessment=latest_assessment(incident),
        facts=list(stated.order_by("pk")),
        legs=legs([incident.pk], at),
        duties=open_duties([incident.pk], at),
        no_delivery=refusal_of(lambda: check_actor_may(actor, Right.RECORD_DELIVERY, counties=counties)),
        at=at,
    )
