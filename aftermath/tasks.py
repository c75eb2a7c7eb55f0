"""Celery's way to what the clock process does for the aftermath as well; either of the two is enough (7.1)."""

from celery import shared_task

from accounts.actors import CLOCK
from aftermath.actions.chasing import chase_aftermath
from aftermath.actions.insurance import tell_insurance_of_incidents
from audit.clock import database_now


@shared_task
def look_after() -> None:
    """Tell the insurance regulator of new incidents, and remind of what waits past its day (7.1)."""
    tell_insurance_of_incidents(by=CLOCK, at=database_now())
    chase_aftermath(by=CLOCK, at=database_now())
