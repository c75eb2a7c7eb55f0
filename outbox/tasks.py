"""Celery's way to the outbox."""

from celery import shared_task

from outbox.actions.sending import send_due
from outbox.heartbeat import beat
from outbox.senders import Senders

BATCH = 200
# Outside is sent beside the task: a slow receiver must not keep the worker from the clocks.
senders = Senders("celery")


@shared_task
def send_outbox() -> None:
    """Send until nothing is due."""
    while send_due(source="celery", limit=BATCH) == BATCH:
        pass
    senders.look()
    beat("outbox")
