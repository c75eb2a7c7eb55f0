"""Recipients have a warning in hand, and say what they did about it (4.2.1(b))."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.evidence import write_down
from monitoring.drafts import addressee, lock_warning
from monitoring.models import Answer, AnswerKind, FoodWarning
from monitoring.policies import check_not_in_future, check_says_what


@transaction.atomic
def confirm_warning(*, warning: FoodWarning, by: Actor, at: datetime) -> Answer:
    """Sign for the latest bulletin of a warning (4.2.1(b)); a second time it is the same receipt.

    Refused: by an office it was not sent to (403), before it was issued (409).
    """
    warning = lock_warning(warning)
    office, bulletin = addressee(warning, by.organisation, of_issuers=False)
    before = warning.answers.filter(bulletin=bulletin, organisation=office, kind=AnswerKind.RECEIPT).first()
    row = Answer(warning=warning, bulletin=bulletin, organisation=office, kind=AnswerKind.RECEIPT, done_at=at)
    return before or _answer(row, by, at)


@transaction.atomic
def answer_warning(
    *, warning: FoodWarning, words: str, done_at: datetime | None = None, by: Actor, at: datetime
) -> Answer:
    """Record a control measure that an office took because of a warning (4.2.1(b)), with its own time; issuers take some too.

    Refused: by an office it neither was sent to nor comes from (403), before it was issued (409), without words or in the future (422).
    """
    warning = lock_warning(warning)
    office, bulletin = addressee(warning, by.organisation, of_issuers=True)
    check_says_what(words, "4.2.1")
    check_not_in_future(done_at or at, at, "4.2.1")
    row = Answer(warning=warning, bulletin=bulletin, organisation=office, kind=AnswerKind.MEASURE)
    row.words, row.done_at = words, done_at or at
    return _answer(row, by, at)


def _answer(row: Answer, by: Actor, at: datetime) -> Answer:
    row.recorded_by, row.recorded_at = by.ref, at
    row.save(force_insert=True)
    write_down("monitoring.answer_warning", row.warning.chain, by, at, rows=[row], kind=row.kind)
    return row
