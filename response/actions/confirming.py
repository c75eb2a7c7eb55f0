"""Fix the level on an assessment: 根据评估情况核定食品安全事故级别 (6.1; Ⅳ: 6.2.4)."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.rights import Right
from incidents.fixing import fix_level
from incidents.models import Incident
from incidents.permissions import check_actor_may_with, check_office_fixes
from incidents.policies import check_can_confirm_level
from incidents.selectors import family_ids, latest_assessment
from plan.levels import IncidentLevel
from response.actions.deciding import lock_whole, write_down
from response.models import AssessmentReport, LevelBasis
from response.policies.assessment import check_can_fix_on


@transaction.atomic
def confirm_on_assessment(
    *,
    incident: Incident,
    level: IncidentLevel,
    report: AssessmentReport | None = None,
    reason: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
) -> Incident:
    """Fix the incident's level and name the assessment it follows from (6.1, A14); a county office Ⅳ and below (6.2.4).

    reason: why there is none in writing yet, or why one that counted other facts. note: on what ground higher than proposed.
    Refused: as `fix_level`; without assessment and reason (422), on another incident's (422), on an older one (409).
    """
    lock_whole(incident)
    incident = Incident.objects.get(pk=incident.pk)
    office = check_actor_may_with(by, Right.CONFIRM_LEVEL, incident)
    check_office_fixes(by, incident, level)
    check_can_confirm_level(incident, level, note)
    check_can_fix_on(report, family_ids(incident), latest_assessment(incident), reason)
    confirmed = fix_level(incident=incident, level=level, note=note, by=by, at=at)
    basis = LevelBasis.objects.create(
        confirmation=confirmed.confirmations.latest("pk"),
        report=report,
        reason=reason,
        organisation=office,
        stated_by=by.ref,
        stated_at=at,
    )
    payload = {"assessment": report.pk if report is not None else None}
    write_down(incident=confirmed, action="response.state_basis", rows=[basis], payload=payload, by=by, at=at)
    return confirmed
