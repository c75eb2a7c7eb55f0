"""Reports and tip-offs of technical bodies, associations and private persons (5.1(4))."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from incidents.actions.assessing import lock_families
from incidents.models import Incident
from incidents.policies import check_is_open
from plan.duties import DUTY_5_1_4
from plan.offices import OfficeKind
from reporting.actions.deliveries import record_delivery
from reporting.actions.owing import Owing, owe_legs
from reporting.actions.passing import offices
from reporting.bodies import body_named, body_unnamed
from reporting.duty_policies import check_can_be_tip
from reporting.models import Ground, LegCode, Obligation
from reporting.permissions import check_actor_can_record_operator
from reporting.public_choices import ReporterKind

BODIES = {
    ReporterKind.TECHNICAL: OfficeKind.TESTING_BODY,
    ReporterKind.ASSOCIATION: OfficeKind.ASSOCIATION,
    ReporterKind.INDIVIDUAL: OfficeKind.INDIVIDUAL,
}


@transaction.atomic
def record_tip(  # noqa: PLR0913  each is something such a report is asked for
    *,
    incident: Incident,
    kind: ReporterKind,
    is_tip_off: bool = False,
    reporter: str = "",
    found_at: datetime | None = None,
    received_at: datetime,
    recipient: Organisation | None = None,
    channel: str = "",
    receiver: str = "",
    by: Actor,
    at: datetime,
) -> Obligation:
    """Record what a technical body, an association or a private person reported, or gave as a tip-off (5.1(4)).

    及时 has no hours, so there is no limit (A19). reporter: a body's name; who gave a tip-off, or is a person, is on record
    nowhere. recipient: who got it if not the county regulator, which leaves the leg open (A46). Refused: without the right
    (403), on a closed incident (409), for times that can't be or another kind of reporter (422).
    """
    incident = lock_families([incident])[incident.pk]
    check_actor_can_record_operator(by, incident)
    check_is_open(incident.merged_into or incident)
    check_can_be_tip(kind=kind, is_known=kind in BODIES, found_at=found_at, received_at=received_at, at=at)
    bearer = tipster(kind, "" if is_tip_off else reporter, incident)
    (regulator,) = offices([OfficeKind.COUNTY_REGULATOR], of=bearer)
    owing = Owing.by(DUTY_5_1_4.clause, Ground.TIP_OFF if is_tip_off else Ground.TOLD, DUTY_5_1_4.legs[0])
    since = found_at or received_at
    owe_legs(incident=incident, owing=owing, bearer=bearer, recipients=[regulator], since=since, by=by, at=at)
    record_delivery(
        incident=incident,
        bearer=bearer,
        recipient=recipient or regulator,
        leg=LegCode.REPORT,
        received_at=received_at,
        channel=channel,
        receiver=receiver,
        by=by,
        at=at,
    )
    return Obligation.objects.select_related("bearer", "recipient", "incident").get(
        incident=incident, clause=owing.clause, ground=owing.ground, bearer=bearer, recipient=regulator
    )


def tipster(kind: ReporterKind, reporter: str, incident: Incident) -> Organisation:
    """Return the body that reported, or what stands for anybody of its kind: a person, or who gives no name (5.1(4))."""
    if reporter.strip() and kind != ReporterKind.INDIVIDUAL:
        return body_named(BODIES[kind], reporter, incident.county, clause=DUTY_5_1_4.clause)
    return body_unnamed(BODIES[kind], incident.county)
