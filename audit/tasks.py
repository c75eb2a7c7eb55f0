"""Celery's way to the daily root."""

from celery import shared_task

from audit.clock import database_now
from audit.roots import roll_due_root


@shared_task
def roll_root() -> None:
    """Close yesterday if nobody has yet."""
    roll_due_root(database_now())
