"""A hospital says that it has no further cases of a cluster (5.1(3))."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock_with_whole
from incidents.models import Incident
from outbox.actions.messages import owe
from plan.refusal import PlanRefusal
from reporting.cluster_recipients import closing_messages, cluster_recipients
from reporting.models import ClusterClosing, Report, ReportState


@transaction.atomic
def close_cluster(*, report: Report, by: Actor, at: datetime) -> ClusterClosing:
    """Write down that the hospital has no further cases, and tell its county; said again, it is one (5.1(3)).

    Nothing ends by it: clocks and response go on, and a later revision is taken as ever. Refused: by another
    organisation (403), of a report withdrawn (409).
    """
    hospital = check_actor_may(by, Right.SEND_CLUSTER)
    if hospital.pk != report.organisation_id:
        raise PlanRefusal(
            _("只能由报出单位报告无新增病例。"), clause="5.1(3)", code="not_the_reporter", status=403
        )
    incident, _whole = lock_with_whole(report.incident_id)
    newest = _newest(report)
    before = ClusterClosing.objects.filter(report=newest).first()
    if before is not None:
        return before
    if newest.state != ReportState.ACCEPTED:
        raise PlanRefusal(_("这份报告已撤回。"), clause="5.1", code="already_withdrawn", status=409)
    newest.incident = incident
    made = ClusterClosing.objects.create(report=newest, closed_by=by.ref, office=by.office, closed_at=at)
    _write_down(made, incident, by, at)
    owe(closing_messages(newest, cluster_recipients(newest)), at=at)
    return made


def _newest(report: Report) -> Report:
    of_series = Report.objects.filter(organisation=report.organisation_id, reference=report.reference)
    return of_series.select_related("organisation__jurisdiction__host").order_by("-revision")[0]


def _write_down(closing: ClusterClosing, incident: Incident, by: Actor, at: datetime) -> None:
    record(
        Entry(
            chain=incident.chain,
            action="reporting.close_cluster",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"report:{closing.report.ref}",
            payload={"incident": incident.number, "rows": seals([closing])},
        )
    )
