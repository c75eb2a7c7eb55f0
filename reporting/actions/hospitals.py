"""A hospital that reports a cluster by phone or on paper: two legs at once, each with the time it was received (5.1(3), A19)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from incidents.actions.assessing import lock_families
from incidents.models import Incident
from incidents.policies import check_is_open
from plan.duties import DUTY_5_1_3
from plan.offices import OfficeKind
from reporting.actions.deliveries import record_delivery
from reporting.actions.owing import Owing, owe_legs
from reporting.actions.passing import offices
from reporting.bodies import body_named
from reporting.duty_policies import check_can_have_found
from reporting.models import Ground, LegCode, Obligation, ObligationState
from reporting.permissions import check_actor_can_record_operator

OWING = Owing.by(DUTY_5_1_3.clause, Ground.CLUSTER, DUTY_5_1_3.legs[0])


@transaction.atomic
def record_hospital_report(
    *,
    incident: Incident,
    hospital: Organisation | None = None,
    name: str = "",
    discovered_at: datetime,
    health_at: datetime | None = None,
    regulator_at: datetime | None = None,
    channel: str = "",
    receiver: str = "",
    by: Actor,
    at: datetime,
) -> list[Obligation]:
    """Record that a hospital found a cluster, and when county health and the county regulator had its report (5.1(3)).

    立即 has no hours, so there is no limit (A19); a leg without a time stays open. name: of a body that is not on the list.
    What came by the hospital's own system is received there already and stays. Refused: without the right (403), on a
    closed incident (409), for times that can't be or without a name (422).
    """
    incident = lock_families([incident])[incident.pk]
    check_actor_can_record_operator(by, incident)
    check_is_open(incident.merged_into or incident)
    received = {OfficeKind.COUNTY_HEALTH: health_at, OfficeKind.COUNTY_REGULATOR: regulator_at}
    check_can_have_found(discovered_at, [each for each in received.values() if each], at=at)
    bearer = hospital or body_named(OfficeKind.HOSPITAL, name, incident.county, clause=DUTY_5_1_3.clause)
    recipients, held = offices(DUTY_5_1_3.recipients, of=bearer), _held(incident, bearer)
    to = [each for each in recipients if each.pk not in held]
    owe_legs(incident=incident, owing=OWING, bearer=bearer, recipients=to, since=discovered_at, by=by, at=at)
    same: dict[str, Any] = {"incident": incident, "bearer": bearer, "channel": channel, "receiver": receiver}
    for each in recipients:
        came_at = received[OfficeKind(each.kind)]
        if came_at is not None:
            record_delivery(**same, recipient=each, leg=LegCode.REPORT, received_at=came_at, by=by, at=at)
    return list(_held(incident, bearer).values())


def _held(incident: Incident, bearer: Organisation) -> dict[int, Obligation]:
    """Return the hospital's legs in this incident, whichever way they were begun, by their recipients."""
    own = Obligation.objects.filter(
        incident=incident, ground=Ground.CLUSTER, bearer=bearer, state=ObligationState.ARMED
    )
    return {each.recipient_id: each for each in own.select_related("bearer", "recipient").order_by("pk")}
