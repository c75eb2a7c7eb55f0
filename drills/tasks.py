"""Celery's way to the drills, beside the clock process's slower round (9.2)."""

from celery import shared_task

from accounts.actors import CLOCK
from audit.clock import database_now
from drills.actions.playing import go_on_with_drills


@shared_task
def play_drills() -> None:
    """Play what fell due in the drills under way (预案 9.2)."""
    go_on_with_drills(by=CLOCK, at=database_now())
