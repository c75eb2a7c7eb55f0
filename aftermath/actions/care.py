"""Settle and visit people, restore order, keep the two insurance lists, withdraw what was entered by mistake (7.1)."""

import uuid
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor
from aftermath.keeping import keep, next_version, sent_before, take_place_of
from aftermath.models import CareTask, Cost, InsuranceClaim, Liability, Payment, Requisition
from aftermath.permissions import check_actor_keeps, check_actor_keeps_insurance
from aftermath.policies.entries import (
    check_claim,
    check_nothing_hangs_on,
    check_says,
    check_takes_entries,
    check_task,
)
from aftermath.policies.money import cents_if_any, check_is_past
from aftermath.selectors.standing import HOLDS
from aftermath.terms import ClaimTerms, TaskTerms, said
from incidents.models import Incident
from plan.aftermath import CLAUSE
from response.actions.deciding import lock_whole


@transaction.atomic
def enter_aftermath_task(
    *,
    incident: Incident,
    terms: TaskTerms,
    replaces: CareTask | None = None,
    reason: str = "",
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> CareTask:
    """Enter a settlement, a visit, a disposal or another task of 7.1, or how it went on; sent twice, it is one.

    Refused: by an office that settles nothing here (403), of a version that no longer holds (409), done without a day (422).
    """
    whole = lock_whole(incident)
    office = check_actor_keeps(by, whole)
    if before := sent_before(CareTask, form_token, by):
        return before
    check_takes_entries(whole)
    check_says(CLAUSE, said(terms), ["summary"])
    check_task(terms)
    if terms.done_on is not None:
        check_is_past(terms.done_on, timezone.localdate(at))
    row = CareTask(**said(terms), incident=whole, organisation=office)
    row = take_place_of(row, replaces, reason, whole, by)
    return keep(row, action="aftermath.enter_task", form_token=form_token, by=by, at=at)


@transaction.atomic
def enter_insurance_claim(
    *,
    incident: Incident,
    terms: ClaimTerms,
    replaces: InsuranceClaim | None = None,
    reason: str = "",
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> InsuranceClaim:
    """Enter a case with an insurer on one of the two lists, or how it was answered (7.1); sent twice, it is one.

    Nothing waits for the end of a response, nor for its start.
    Refused: by an office that organises no insurers (403), of a version that no longer holds (409), paid without an amount (422).
    """
    whole = lock_whole(incident)
    office = check_actor_keeps_insurance(by, whole)
    if before := sent_before(InsuranceClaim, form_token, by):
        return before
    check_takes_entries(whole)
    check_says(CLAUSE, said(terms), ["insurer", "case_number"])
    check_claim(terms)
    terms = replace(terms, amount=cents_if_any(terms.amount), paid=cents_if_any(terms.paid))
    row = InsuranceClaim(**said(terms), incident=whole, organisation=office)
    row = take_place_of(row, replaces, reason, whole, by)
    return keep(row, action="aftermath.enter_claim", form_token=form_token, by=by, at=at)


@transaction.atomic
def withdraw_aftermath_entry(
    *,
    entry: Cost | Payment | Liability | Requisition | CareTask | InsuranceClaim,
    reason: str,
    by: Actor,
    at: datetime,
) -> Cost | Payment | Liability | Requisition | CareTask | InsuranceClaim:
    """Take an entry back that should not have been made, by a version that says why (7.1).

    Refused: by another office (403), with payments or costs under it or overtaken (409), without a reason (422).
    """
    whole = lock_whole(entry.incident)
    row = take_place_of(next_version(entry), entry, reason, whole, by)
    check_nothing_hangs_on(hanging=_hanging_on(entry))
    row.is_withdrawn = True
    return keep(row, action="aftermath.withdraw_entry", by=by, at=at)


def _hanging_on(entry: Cost | Payment | Liability | Requisition | CareTask | InsuranceClaim) -> int:
    """Count the payments and costs that name an entry."""
    first = entry.statement_id
    match entry:
        case Cost():
            return Payment.objects.filter(HOLDS, cost=first).count()
        case Liability():
            payments = Payment.objects.filter(HOLDS, liability=first)
            return payments.count() + Cost.objects.filter(HOLDS, liability=first).count()
        case Requisition():
            return Cost.objects.filter(HOLDS, order=first).count()
        case _:
            return 0
