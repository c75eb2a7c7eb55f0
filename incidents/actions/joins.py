"""Decide a proposed join: whether two incidents are one, 一起, and counted together (A12, A56)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.rights import Right
from audit.record import Entry, record
from incidents.actions.assessing import lock
from incidents.actions.merging import merge_incidents
from incidents.models import Incident, JoinProposal
from incidents.permissions import check_actor_may_with
from incidents.policies import check_can_decide_join
from incidents.selectors import family_ids
from plan.refusal import PlanRefusal


@transaction.atomic
def accept_join(*, proposal: JoinProposal, reason: str, by: Actor, at: datetime) -> Incident:
    """Find that two incidents are one: the later-opened becomes part of the earlier, which is graded anew (A12).

    Refused: without the right in both (403), without a reason (422), when decided or closed already (409).
    """
    proposal = _locked(proposal, reason, by)
    whole, part = sorted(
        (proposal.incident, proposal.other), key=lambda incident: (incident.opened_at, incident.pk)
    )
    return merge_incidents(whole=whole, part=part, reason=reason, by=by, at=at)


@transaction.atomic
def decline_join(*, proposal: JoinProposal, reason: str, by: Actor, at: datetime) -> None:
    """Find that two incidents are two; the proposal stays on record with its reason."""
    proposal = _locked(proposal, reason, by)
    proposal.decline()
    proposal.decided_at, proposal.decided_by, proposal.reason = at, by.ref, reason
    proposal.save()
    incidents = (proposal.incident, proposal.other)
    record(
        *(
            Entry(
                chain=incident.chain,
                action="incidents.decline_join",
                actor=by.ref,
                office=by.office,
                at=at,
                subject=f"join:{proposal.pk}",
                payload={"incidents": [each.number for each in incidents]},
            )
            for incident in incidents
        )
    )


def _locked(proposal: JoinProposal, reason: str, by: Actor) -> JoinProposal:
    """Lock both incidents' families by id, then the proposal; return it with the locked rows in place if it may be decided."""
    families = {*family_ids(proposal.incident), *family_ids(proposal.other)}
    incidents = {incident.pk: incident for incident in lock(families)}
    fresh = JoinProposal.objects.select_for_update().get(pk=proposal.pk)
    fresh.incident, fresh.other = incidents[fresh.incident_id], incidents[fresh.other_id]
    for incident in (fresh.incident, fresh.other):
        check_actor_may_with(by, Right.DECIDE_JOIN, incident)
    check_can_decide_join(fresh)
    if not reason.strip():
        raise PlanRefusal(_("请写明判断的理由。"), clause="2.3(2)", code="join_without_reason")
    return fresh
