"""Celery's way to what is chased, beside the clock process; whether something is overdue is computed on the page without it (3.4, 6.1)."""

from celery import shared_task

from accounts.actors import CLOCK
from audit.clock import database_now
from response.actions.chasing import chase_late_answers
from response.actions.group_reports import chase_late_reports
from response.actions.urging import chase_late_decisions


@shared_task
def chase_reports() -> None:
    """Remind the groups whose report to the headquarters' office is overdue (预案 3.4)."""
    chase_late_reports(by=CLOCK, at=database_now())


@shared_task
def chase_answers() -> None:
    """Remind whoever owes papers for the assessment, an answer, or the paper of an oral word (预案 6.1, 6.2, A59)."""
    chase_late_answers(by=CLOCK, at=database_now())
    chase_late_decisions(by=CLOCK, at=database_now())
