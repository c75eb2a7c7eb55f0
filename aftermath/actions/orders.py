"""Mobilise and requisition on record, and say what became of it (8.6)."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor
from aftermath.keeping import keep, next_version, sent_before, take_place_of
from aftermath.models import Cost, Requisition
from aftermath.permissions import check_actor_keeps
from aftermath.policies.entries import (
    check_order_ends,
    check_says,
    check_says_proof,
    check_still_holds,
    check_taken_by_now,
    check_takes_entries,
)
from aftermath.policies.money import check_is_past
from aftermath.selectors.standing import HOLDS, current, open_costs
from aftermath.terms import OrderTerms, said
from incidents.models import Incident
from plan.aftermath import SOCIAL_FORCES, OrderState
from response.actions.deciding import lock_whole


@transaction.atomic
def order_requisition(
    *,
    incident: Incident,
    terms: OrderTerms,
    replaces: Requisition | None = None,
    reason: str = "",
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> Requisition:
    """Put a mobilisation or requisition on record with its legal basis, or correct it (8.6); sent twice, it is one.

    It is open until returned or compensated; a correction reopens one whose end was entered by mistake.
    Refused: by an office that settles nothing here (403), without legal basis, owner, item or quantity (422).
    """
    whole = lock_whole(incident)
    office = check_actor_keeps(by, whole)
    if before := sent_before(Requisition, form_token, by):
        return before
    check_takes_entries(whole)
    check_says(SOCIAL_FORCES, said(terms), ["legal_basis", "owner", "item", "quantity"])
    check_taken_by_now(terms.taken_at, at)
    row = Requisition(**said(terms), incident=whole, organisation=office)
    row = take_place_of(row, replaces, reason, whole, by)
    return keep(row, action="aftermath.order_requisition", form_token=form_token, by=by, at=at)


@transaction.atomic
def end_requisition(
    *, order: Requisition, state: OrderState, ended_on: date, proof: str, by: Actor, at: datetime
) -> Requisition:
    """Say that what was called on was returned or compensated, with proof (8.6).

    Refused: by an office that settles nothing here (403), of one that has ended, or as compensated while nothing was
    entered for it or it is not paid in full (409), without proof (422).
    """
    whole = lock_whole(order.incident)
    check_actor_keeps(by, whole)
    held = check_still_holds(current(Requisition.objects.select_related("incident", "organisation"), order))
    check_is_past(ended_on, timezone.localdate(at))
    check_says_proof(proof)
    costs = Cost.objects.filter(HOLDS, order=held.statement_id)
    check_order_ends(held, state, owed=costs.count(), open_costs=open_costs(costs).count())
    row = next_version(held)
    row.replaces, row.first_id, row.reason = held, held.statement_id, state.label_zh
    row.state, row.ended_on, row.end_proof = state, ended_on, proof
    return keep(row, action="aftermath.end_requisition", by=by, at=at)
