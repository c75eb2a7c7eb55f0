"""Hear the accused unit: ask it, and take its answer from itself or, with the source, for it (7.3)."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from incidents.models import Incident
from outbox.actions.messages import Owed, owe
from plan.offices import BY_NAME_ALONE
from response.actions.accountability_log import (
    lock_file,
    lock_suspected,
    note_accountability,
    sent_before,
)
from response.models import AccountabilityAnswer, AccountabilityEntry, AccountabilityQuestion
from response.policies.accountability_files import (
    check_answer_to,
    check_is_accused,
    check_is_open,
    check_question,
    check_source,
)


@transaction.atomic
def ask_accused(
    *,
    entry: AccountabilityEntry,
    question: str,
    due_at: datetime,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> AccountabilityQuestion:
    """Ask the accused unit for its answer by a time the office sets; the plan names none (7.3). Sent twice, it is one.

    Refused: by another office (403, 404), once closed (409), without a question or by a time that is past (422).
    """
    own, office = lock_file(entry, by)
    before = sent_before(AccountabilityQuestion, form_token, by)
    if before is not None:
        return before
    check_is_open(own)
    check_question(question, due_at, at)
    asked = AccountabilityQuestion.objects.create(
        entry=own,
        question=question,
        due_at=due_at,
        form_token=form_token,
        organisation=office,
        recorded_by=by.ref,
        recorded_at=at,
    )
    note_accountability(action="response.ask_accused", about=own, rows=[asked], by=by, at=at)
    if own.accused.kind not in BY_NAME_ALONE:
        title = _("请就有关情况作出说明")
        body = _("答复时间由%s确定，预案没有规定时数。") % office.name
        link = f"/accountability/questions/{asked.pk}/"
        _tell(own, key=f"asked:{asked.pk}", to=own.accused, title=title, link=link, body=body, at=at)
    return asked


@transaction.atomic
def answer_accusation(
    *,
    asked: AccountabilityQuestion,
    answer: str,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> AccountabilityAnswer:
    """Answer as the unit that was asked (7.3); a late answer is taken, and shown as late. Sent twice, it is one.

    Refused: by another (404), a second time or once the file is closed (409), without words (422).
    """
    lock_suspected(asked.entry.incident)
    own = _fresh(asked)
    office = check_is_accused(by.organisation, own.entry.accused)
    before = sent_before(AccountabilityAnswer, form_token, by)
    if before is not None:
        return before
    check_is_open(own.entry)
    given = AccountabilityAnswer(answer=answer, answered_at=at, form_token=form_token)
    _save(given, own, office, by, at)
    title, link = _("%s已作出说明") % office.name, _page_of(own.entry)
    _tell(own.entry, key=f"answered:{given.pk}", to=own.organisation, title=title, link=link, at=at)
    return given


@transaction.atomic
def record_accused_answer(
    *,
    asked: AccountabilityQuestion,
    answer: str,
    source: str,
    answered_at: datetime,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> AccountabilityAnswer:
    """Enter the answer of a unit that has no account, or that answered on paper, with its source (7.3).

    The unit is told, where it acts here. Refused: by another office (403, 404), a second time or once closed (409),
    without words or source, or at a time that can't be (422).
    """
    entry, office = lock_file(asked.entry, by)
    before = sent_before(AccountabilityAnswer, form_token, by)
    if before is not None:
        return before
    check_is_open(entry)
    own = _fresh(asked)
    check_source(source, answered_at, own.recorded_at, at)
    given = AccountabilityAnswer(answer=answer, source=source, answered_at=answered_at, form_token=form_token)
    _save(given, own, office, by, at)
    if entry.accused.kind not in BY_NAME_ALONE:
        title, link = _("%s已登记贵单位的说明，请核对") % office.name, f"/accountability/questions/{own.pk}/"
        _tell(entry, key=f"answered:{given.pk}", to=entry.accused, title=title, link=link, at=at)
    return given


def _fresh(asked: AccountabilityQuestion) -> AccountabilityQuestion:
    rows = AccountabilityQuestion.objects.select_related(
        "entry__accused", "entry__incident__merged_into", "organisation"
    )
    return rows.get(pk=asked.pk)


def _save(
    given: AccountabilityAnswer, asked: AccountabilityQuestion, office: Organisation, by: Actor, at: datetime
) -> None:
    is_answered = AccountabilityAnswer.objects.filter(asked=asked).exists()
    check_answer_to(is_answered=is_answered, answer=given.answer)
    given.asked, given.entry, given.organisation = asked, asked.entry, office
    given.recorded_by, given.recorded_at = by.ref, at
    given.save(force_insert=True)
    note_accountability(action="response.answer_accusation", about=asked.entry, rows=[given], by=by, at=at)


def _page_of(entry: AccountabilityEntry) -> str:
    whole: Incident = entry.incident.merged_into or entry.incident
    return f"/incidents/{whole.number}/accountability/files/{entry.pk}/"


def _tell(
    entry: AccountabilityEntry,
    *,
    key: str,
    to: Organisation,
    title: str,
    link: str,
    body: str = "",
    at: datetime,
) -> None:
    """Tell one office; what may leave the house names neither ground nor incident, and no incident's chain tells of it."""
    owed = Owed(
        dedupe_key=f"accountability-{key}",
        recipient=to.code,
        kind="accountability",
        title=title,
        body=body,
        link=link,
        drill=entry.incident.is_drill,
    )
    owe([owed], at=at)
