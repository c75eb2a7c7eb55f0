"""Choose the city units concerned, each with clocks of its own (5.1(8), A21), and name departments that have no place here."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor
from accounts.models import JurisdictionKind, Organisation
from accounts.rights import Right
from audit.record import Entry, record
from incidents.actions.assessing import lock, lock_families
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from incidents.policies import check_is_open
from plan.duties import DUTY_5_1_6_COUNTY
from plan.offices import OfficeKind
from reporting.actions.clocks import arm_owed
from reporting.bodies import body_named
from reporting.duty_policies import check_can_be_named
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


@transaction.atomic
def name_county_body(*, incident: Incident, name: str, by: Actor, at: datetime) -> Organisation:
    """Put a department of the incident's county on record that has no organisation here, to report or be told (5.1(4)–(7)).

    Refused: by who may not see the incident (403), without a name (422), for one that is on record already (409).
    """
    incident = lock_families([incident])[incident.pk]
    check_actor_may_with(by, Right.SEE_INCIDENTS, incident)
    check_can_be_named(name, _offices_near(incident))
    body = body_named(OfficeKind.COUNTY_DEPARTMENT, name, incident.county, clause=DUTY_5_1_6_COUNTY.clause)
    record(
        Entry(
            chain=incident.chain,
            action="reporting.name_county_body",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"incident:{incident.number}",
            payload={"organisation": body.code},
        )
    )
    return body


def _offices_near(incident: Incident) -> list[str]:
    """Return the names of all that is on record in the incident's county and in the city."""
    near = Q(jurisdiction=incident.county) | Q(jurisdiction__kind=JurisdictionKind.CITY)
    return list(Organisation.objects.filter(near).values_list("name", flat=True))
