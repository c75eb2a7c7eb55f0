"""The lower half of 核定: the machine proposes, a named office fixes the level (6.1; Ⅳ: 6.2.4).

No action by itself, so that no level is fixed without its basis: what it follows from is named above, by
`confirm_on_assessment`, and assessments are not known here.
"""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.rights import Right
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock, reassess
from incidents.models import Incident, LevelConfirmation
from incidents.permissions import check_actor_may_with, check_office_fixes
from incidents.policies import check_can_confirm_level
from plan.levels import IncidentLevel


@transaction.atomic
def fix_level(
    *, incident: Incident, level: IncidentLevel, note: str = "", by: Actor, at: datetime
) -> Incident:
    """Fix the incident's level, 核定 (6.1, A14); a county office fixes Ⅳ and below alone (6.2.4).

    Refused: without the right (403), below what the facts meet (409), above it without a note (422).
    """
    (incident,) = lock([incident.pk])
    office = check_actor_may_with(by, Right.CONFIRM_LEVEL, incident)
    check_office_fixes(by, incident, level)
    check_can_confirm_level(incident, level, note)
    made = incident.assessments.latest("pk")
    confirmation = LevelConfirmation.objects.create(
        incident=incident,
        assessment=made,
        level=level,
        clauses=made.clauses if level == made.level else [],
        note=note,
        organisation=office,
        confirmed_by=by.ref,
        confirmed_at=at,
    )
    incident.confirmed_level = level
    incident.save()
    record(
        Entry(
            chain=incident.chain,
            action="incidents.confirm_level",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"incident:{incident.number}",
            payload={"level": level.value, "assessment": made.pk, "rows": seals([confirmation])},
        )
    )
    reassess(incident=incident, by=by, at=at)
    return incident
