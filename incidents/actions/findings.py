"""Find, by signature, that something is no food-safety incident (2, A57)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import is_city_wide
from accounts.rights import Right
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock, reassess
from incidents.models import Incident, LevelConfirmation
from incidents.permissions import check_actor_may_with
from incidents.policies import check_is_open
from incidents.steps import BEFORE_FINDING_NO_INCIDENT
from plan.levels import IncidentLevel
from plan.refusal import PlanRefusal


@transaction.atomic
def find_not_an_incident(*, incident: Incident, reason: str, by: Actor, at: datetime) -> Incident:
    """Find that it did not come from food or harms nobody (2): open clocks end, history stays (A57).

    The county office finds so up to Ⅳ, 市食药安办 at any level. Refused: without the right (403), without a reason (422),
    on a closed incident (409), while a response runs (409: then it ends under 6.4.2).
    """
    (incident,) = lock([incident.pk])
    office = check_actor_may_with(by, Right.CONFIRM_LEVEL, incident)
    _check_can_find(by, incident, reason)
    for check in BEFORE_FINDING_NO_INCIDENT:
        check(incident)
    return close_as_no_incident(incident=incident, reason=reason, office=office, by=by, at=at)


def close_as_no_incident(
    *, incident: Incident, reason: str, office: Organisation, by: Actor, at: datetime
) -> Incident:
    """Close a locked incident as none (2, A57): a part of the finding before a response, and of its end (6.4.2(4))."""
    incident.find_not_an_incident()
    incident.confirmed_level = IncidentLevel.BELOW
    incident.save()
    finding = LevelConfirmation.objects.create(
        incident=incident,
        assessment=incident.assessments.latest("pk"),
        level=IncidentLevel.BELOW,
        clauses=[],
        note=reason,
        organisation=office,
        confirmed_by=by.ref,
        confirmed_at=at,
    )
    record(
        Entry(
            chain=incident.chain,
            action="incidents.find_not_an_incident",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"incident:{incident.number}",
            payload={"proposed": incident.proposed_level, "rows": seals([finding])},
        )
    )
    reassess(incident=incident, by=by, at=at)
    return incident


def _check_can_find(by: Actor, incident: Incident, reason: str) -> None:
    if incident.duty_level.at_least(IncidentLevel.III) and not is_city_wide(by):
        raise PlanRefusal(
            _("较大及以上的，由市食药安办认定。"),
            clause="6.1",
            code="finding_needs_city",
            status=403,
            next_step=_("请将材料报市食药安办。"),
        )
    check_is_open(incident)
    if not reason.strip():
        raise PlanRefusal(_("请写明认定的依据。"), clause="2", code="finding_without_reason")
