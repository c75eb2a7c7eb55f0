"""Decide whether two incidents are one: 一起 is counted together (A12, A56)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.rights import Right
from audit.record import Entry, record
from incidents.actions.assessing import lock, reassess
from incidents.models import CountyRole, Incident, InvolvedCounty, JoinProposal
from incidents.permissions import check_actor_may_with
from incidents.policies import check_can_decide_join
from plan.refusal import PlanRefusal


@transaction.atomic
def accept_join(*, proposal: JoinProposal, reason: str, by: Actor, at: datetime) -> Incident:
    """Find that two incidents are one: the later-opened becomes part of the earlier, which is graded anew (A12).

    Reports and deliveries of either count for the whole (A56). Refused: without the right in both (403), without a
    reason (422), when decided or closed already (409).
    """
    proposal = _locked(proposal)
    whole, part = sorted(
        (proposal.incident, proposal.other), key=lambda incident: (incident.opened_at, incident.pk)
    )
    _decide(proposal, reason, by, at, accepted=True)
    part.merge()
    part.merged_into = whole
    part.changed_at = at
    part.save()
    # Families are one level deep: what the part had taken in belongs to the whole as well.
    Incident.objects.filter(merged_into=part).update(merged_into=whole)
    for involved in InvolvedCounty.objects.filter(incident=part):
        InvolvedCounty.objects.get_or_create(
            incident=whole,
            county=involved.county,
            defaults={"role": CountyRole(involved.role), "added_at": at},
        )
    whole.known_at = min(whole.known_at, part.known_at)
    reassess(incident=whole, by=by, at=at)
    return whole


@transaction.atomic
def decline_join(*, proposal: JoinProposal, reason: str, by: Actor, at: datetime) -> None:
    """Find that two incidents are two; the proposal stays on record with its reason."""
    _decide(_locked(proposal), reason, by, at, accepted=False)


def _locked(proposal: JoinProposal) -> JoinProposal:
    """Lock both incidents by id, then the proposal, and return it with the locked rows in place."""
    incidents = {incident.pk: incident for incident in lock([proposal.incident_id, proposal.other_id])}
    fresh = JoinProposal.objects.select_for_update().get(pk=proposal.pk)
    fresh.incident, fresh.other = incidents[fresh.incident_id], incidents[fresh.other_id]
    return fresh


def _decide(proposal: JoinProposal, reason: str, by: Actor, at: datetime, *, accepted: bool) -> None:
    for incident in (proposal.incident, proposal.other):
        check_actor_may_with(by, Right.DECIDE_JOIN, incident)
    check_can_decide_join(proposal)
    if not reason.strip():
        raise PlanRefusal(_("请写明判断的理由。"), clause="2.3(2)", code="join_without_reason")
    if accepted:
        proposal.accept()
    else:
        proposal.decline()
    proposal.decided_at, proposal.decided_by, proposal.reason = at, by.ref, reason
    proposal.save()
    action = "incidents.accept_join" if accepted else "incidents.decline_join"
    incidents = (proposal.incident, proposal.other)
    record(
        *(
            Entry(
                chain=incident.chain,
                action=action,
                actor=by.ref,
                office=by.office,
                at=at,
                subject=f"join:{proposal.pk}",
                payload={"incidents": [each.number for each in incidents]},
            )
            for incident in incidents
        )
    )
