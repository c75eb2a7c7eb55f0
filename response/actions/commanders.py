"""Name the commander, and the county that leads: both are the government's word (3.1, 3.5)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Jurisdiction, OfficeHolding
from accounts.rights import Right
from incidents.models import Incident
from plan.authority import Act
from response.actions.deciding import decide, lock_response, lock_whole, tell, watchers, write_down
from response.models import CommanderAppointment, CommanderBasis, Decision, Response, Step
from response.permissions import check_actor_in_city, check_actor_may_on
from response.policies.command import check_can_command, check_can_lead, check_is_running
from response.policies.rounds import latest
from response.policies.spoken import Spoken, check_spoken
from response.selectors.command import commander_of, handling_of
from response.selectors.running import decisions_of


@transaction.atomic
def appoint_commander(
    *,
    response: Response,
    holding: OfficeHolding,
    basis: CommanderBasis,
    spoken: Spoken,
    by: Actor,
    at: datetime,
) -> CommanderAppointment:
    """Name the commander: the leader in charge, or the head of a unit the government designates (3.1, 3.5, A47).

    By mouth, the paper is owed. Naming the same again changes nothing. Refused: by another than the government (403),
    an office that can't command on this basis (422), a response that is over (409).
    """
    incident, response = lock_response(response)
    check_actor_may_on(by, Right.APPOINT_COMMANDER, response)
    check_is_running(response, "3.1")
    check_spoken(spoken, "3.1", at)
    check_can_command(response, holding, basis)
    current = commander_of(response)
    if current is not None and (current.holding_id, current.basis) == (holding.pk, basis):
        return current
    decision = decide(
        incident=incident,
        act=Act.APPOINT_COMMANDER,
        step=Step.ACT,
        spoken=spoken,
        fields={"response": response},
        by=by,
        at=at,
    )
    appointment = CommanderAppointment(
        headquarters=response.headquarters,
        holding=holding,
        basis=basis,
        decision=decision,
        appointed_by=by.ref,
        appointed_at=at,
    )
    _keep(incident, appointment, by, at)
    return appointment


def _keep(incident: Incident, appointment: CommanderAppointment, by: Actor, at: datetime) -> None:
    appointment.save(force_insert=True)
    write_down(
        incident=incident,
        action="response.appoint_commander",
        rows=[appointment],
        payload={"holding": appointment.holding_id, "basis": str(appointment.basis)},
        by=by,
        at=at,
    )
    headquarters, holding = appointment.headquarters, appointment.holding
    codes = [headquarters.body.code, headquarters.office.code, holding.organisation.code]
    title = _("已明确应急指挥部总指挥（%s）") % CommanderBasis(appointment.basis).label
    tell(incident=incident, about=appointment, title=title, body="", to=codes, by=by, at=at)


@transaction.atomic
def designate_lead_county(
    *, incident: Incident, county: Jurisdiction, spoken: Spoken, by: Actor, at: datetime
) -> Decision:
    """Record that 市政府 names the county that leads a cross-county incident (3.5, A38).

    Refused: by another office (403), a county not concerned or an incident of one county (422).
    """
    incident = lock_whole(incident)
    check_actor_in_city(by, Right.APPROVE, incident)
    check_spoken(spoken, "3.5", at)
    check_can_lead(county.pk, {each.pk for each in handling_of(incident).counties})
    before = latest(decisions_of(incident), Act.DESIGNATE_LEAD_COUNTY, Step.ACT)
    if before is not None and before.county_id == county.pk:
        return before
    decision = decide(
        incident=incident,
        act=Act.DESIGNATE_LEAD_COUNTY,
        step=Step.ACT,
        spoken=spoken,
        fields={"county": county},
        by=by,
        at=at,
    )
    title = _("市政府指定%s牵头负责") % county.name
    tell(incident=incident, about=decision, title=title, body="", to=watchers(incident), by=by, at=at)
    return decision
