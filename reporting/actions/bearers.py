"""Choose the city units concerned: each bears its own clocks (5.1(8), A21)."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import Entry, record
from incidents.actions.assessing import lock
from incidents.models import Incident
from incidents.policies import check_is_open
from reporting.actions.clocks import arm_owed
from reporting.models import CityUnitConcerned
from reporting.permissions import check_actor_can_name_bearers
from reporting.policies import check_can_be_city_unit


@transaction.atomic
def name_city_unit(
    *, incident: Incident, organisation: Organisation, by: Actor, at: datetime
) -> CityUnitConcerned:
    """Name a 市级有关单位 of an incident; at Ⅲ or worse, or within an important event, its clocks start at once (5.1(8), A21).

    Naming it twice returns the first. Refused: without the right (403), on a closed incident (409), for a body that
    is no unit of the city or receives the reports itself (422).
    """
    (incident,) = lock([incident.pk])
    check_actor_can_name_bearers(by, incident)
    check_is_open(incident)
    check_can_be_city_unit(organisation)
    unit, is_new = CityUnitConcerned.objects.get_or_create(
        incident=incident, organisation=organisation, defaults={"named_by": by.ref, "named_at": at}
    )
    if not is_new:
        return unit
    record(
        Entry(
            chain=incident.chain,
            action="reporting.name_city_unit",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"incident:{incident.number}",
            payload={"organisation": organisation.code},
        )
    )
    arm_owed(incident=incident, by=by, at=at)
    return unit
