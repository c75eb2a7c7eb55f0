"""Put down what an outside body decided, and close a file; neither is the machine's to judge (7.3)."""

import uuid
from datetime import date, datetime

from django.db import transaction

from accounts.actors import Actor
from reporting.documents.wording import BEIJING
from response.actions.accountability_log import lock_file, note_accountability, sent_before
from response.models import AccountabilityClosing, AccountabilityEntry, AccountabilityOutcome, Referral
from response.policies.accountability_files import (
    check_can_close,
    check_is_open,
    check_outcome,
    check_outcome_of,
)
from response.selectors.accountability_files import referrals_of


@transaction.atomic
def record_outcome(
    *,
    entry: AccountabilityEntry,
    body: str,
    document_number: str,
    decided_on: date,
    outcome: str,
    referral: Referral | None = None,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> AccountabilityOutcome:
    """Record what a competent body decided, by its document (7.3); sent twice, it is one.

    Refused: by another office (403, 404), once closed or on a referral never sent (409), without body, number or text,
    of a day to come or of another file's referral (422).
    """
    own, office = lock_file(entry, by)
    before = sent_before(AccountabilityOutcome, form_token, by)
    if before is not None:
        return before
    check_is_open(own)
    today = at.astimezone(BEIJING).date()
    check_outcome((body, document_number, outcome), is_past=decided_on <= today)
    standing = {each.referral.pk: each.standing for each in referrals_of(own)}
    check_outcome_of(own, referral, standing.get(referral.pk, "") if referral else "")
    made = AccountabilityOutcome.objects.create(
        entry=own,
        referral=referral,
        body=body,
        document_number=document_number,
        decided_on=decided_on,
        outcome=outcome,
        form_token=form_token,
        organisation=office,
        recorded_by=by.ref,
        recorded_at=at,
    )
    note_accountability(action="response.record_outcome", about=own, rows=[made], by=by, at=at)
    return made


@transaction.atomic
def close_accountability_file(
    *,
    entry: AccountabilityEntry,
    reason: str = "",
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> AccountabilityClosing:
    """Close a file on the latest outcome on record, or with a reason where there is none (7.3); sent twice, it is one.

    Refused: by another office (403, 404), a second time (409), with neither outcome nor reason (422).
    """
    own, office = lock_file(entry, by)
    before = sent_before(AccountabilityClosing, form_token, by)
    if before is not None:
        return before
    check_is_open(own)
    outcome = AccountabilityOutcome.objects.filter(entry=own).order_by("pk").last()
    check_can_close(has_outcome=outcome is not None, reason=reason)
    closing = AccountabilityClosing.objects.create(
        entry=own,
        outcome=outcome,
        reason=reason.strip(),
        form_token=form_token,
        organisation=office,
        recorded_by=by.ref,
        recorded_at=at,
    )
    note_accountability(action="response.close_accountability_file", about=own, rows=[closing], by=by, at=at)
    return closing
