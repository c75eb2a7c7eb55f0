"""Enter what the aftermath owes, to whom, who is liable, and what was paid (7.1)."""

import uuid
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.actors import Actor
from aftermath.keeping import keep, sent_before, take_place_of
from aftermath.models import Cost, Flow, Liability, Payment
from aftermath.permissions import check_actor_keeps
from aftermath.policies.entries import (
    check_links,
    check_says,
    check_says_what_other,
    check_still_holds,
    check_takes_entries,
)
from aftermath.policies.money import cents, check_covers, check_fits, check_is_past
from aftermath.selectors.standing import HOLDS, ZERO, advanced_for, current
from aftermath.terms import CostTerms, LiabilityTerms, PaymentTerms, said
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.aftermath import CLAUSE
from response.actions.deciding import lock_whole


@transaction.atomic
def enter_cost(
    *,
    incident: Incident,
    terms: CostTerms,
    replaces: Cost | None = None,
    reason: str = "",
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> Cost:
    """Enter an item of the ledger, or correct one by a version that takes its place (7.1); sent twice, it is one.

    Refused: by an office that settles nothing here (403), to less than was paid (409), without a payee or an amount (422).
    """
    whole = lock_whole(incident)
    office = check_actor_keeps(by, whole)
    if before := sent_before(Cost, form_token, by):
        return before
    check_takes_entries(whole)
    check_says(CLAUSE, said(terms), ["payee"])
    check_says_what_other(terms)
    check_links(terms, family_ids(whole))
    amount = cents(terms.amount)
    row = Cost(**{**said(terms), "amount": amount}, incident=whole, organisation=office)
    row = take_place_of(row, replaces, reason, whole, by)
    if replaces is not None:
        check_covers(amount, moved=_moved(cost=replaces.statement_id))
    return keep(row, action="aftermath.enter_cost", form_token=form_token, by=by, at=at)


@transaction.atomic
def enter_liability(
    *,
    incident: Incident,
    terms: LiabilityTerms,
    replaces: Liability | None = None,
    reason: str = "",
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> Liability:
    """Enter what a responsible party owes a group of victims, or correct it (7.1); sent twice, it is one.

    Refused: by an office that settles nothing here (403), to less than was compensated (409), without a basis (422).
    """
    whole = lock_whole(incident)
    office = check_actor_keeps(by, whole)
    if before := sent_before(Liability, form_token, by):
        return before
    check_takes_entries(whole)
    check_says(CLAUSE, said(terms), ["party", "victims", "basis"])
    amount = cents(terms.amount)
    row = Liability(**{**said(terms), "amount": amount}, incident=whole, organisation=office)
    row = take_place_of(row, replaces, reason, whole, by)
    if replaces is not None:
        check_covers(amount, moved=_moved(liability=replaces.statement_id, flow=Flow.COMPENSATED))
    return keep(row, action="aftermath.enter_liability", form_token=form_token, by=by, at=at)


@transaction.atomic
def pay_cost(
    *,
    cost: Cost,
    terms: PaymentTerms,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> Payment:
    """Enter that money was paid for an item of the ledger, with its proof (7.1); sent twice, it is one.

    Refused: by an office that settles nothing here (403), for what no longer holds or more than is owed (409), without proof (422).
    """
    whole = lock_whole(cost.incident)
    if before := sent_before(Payment, form_token, by):
        return before
    held = check_still_holds(current(Cost.objects.all(), cost))
    row = _payment(whole, terms, by, at)
    row.flow, row.cost_id = Flow.PAID, held.statement_id
    check_fits(row.amount, before=_moved(cost=held.statement_id), limit=held.amount)
    return keep(row, action="aftermath.pay_cost", form_token=form_token, by=by, at=at)


@transaction.atomic
def receive_from_party(
    *,
    liability: Liability,
    flow: Flow,
    terms: PaymentTerms,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> Payment:
    """Enter what a responsible party paid: to victims (`compensated`) or back to the public purse (`recovered`) (7.1).

    Refused: by an office that settles nothing here (403), more than is owed or was advanced (409), without proof (422).
    """
    whole = lock_whole(liability.incident)
    if before := sent_before(Payment, form_token, by):
        return before
    held = check_still_holds(current(Liability.objects.all(), liability))
    row = _payment(whole, terms, by, at)
    row.flow, row.liability_id = flow, held.statement_id
    before_this = _moved(liability=held.statement_id, flow=flow)
    limit = held.amount if flow == Flow.COMPENSATED else advanced_for(held)
    check_fits(row.amount, before=before_this, limit=limit)
    return keep(row, action="aftermath.receive_from_party", form_token=form_token, by=by, at=at)


def _payment(incident: Incident, terms: PaymentTerms, by: Actor, at: datetime) -> Payment:
    office = check_actor_keeps(by, incident)
    check_takes_entries(incident)
    check_says(CLAUSE, said(terms), ["proof"])
    check_is_past(terms.paid_on, timezone.localdate(at))
    terms = replace(terms, amount=cents(terms.amount))
    return Payment(**said(terms), incident=incident, organisation=office)


def _moved(**of: Any) -> Decimal:
    """Return what moved so far for one thing."""
    total: Decimal | None = Payment.objects.filter(HOLDS, **of).aggregate(total=Sum("amount"))["total"]
    return total or ZERO
