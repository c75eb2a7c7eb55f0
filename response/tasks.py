"""Celery's way to what is chased; whether a report is overdue is computed on the page without it (3.4)."""

from celery import shared_task

from accounts.actors import CLOCK
from audit.clock import database_now
from response.actions.group_reports import chase_late_reports


@shared_task
def chase_reports() -> None:
    """Remind the groups whose report to the headquarters' office is overdue (预案 3.4)."""
    chase_late_reports(by=CLOCK, at=database_now())
