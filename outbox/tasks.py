"""Celery's way to the outbox."""

from celery import shared_task

from outbox.actions.sending import send_due
from outbox.heartbeat import beat

BATCH = 200


@shared_task
def send_outbox() -> None:
    """Send until nothing is due."""
    while send_due(source="celery", limit=BATCH) == BATCH:
        pass
    beat("outbox")
