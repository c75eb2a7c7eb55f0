"""Celery's way to the clocks: one of two, either of which is enough."""

from celery import shared_task

from accounts.actors import CLOCK
from audit.clock import database_now
from outbox.actions.climbing import climb_due
from outbox.heartbeat import beat
from reporting.actions.asking_again import ask_again_due
from reporting.actions.countersigning import chase_countersignatures
from reporting.actions.firing import fire_due
from reporting.actions.proposing import sweep_signals
from reporting.actions.public import forget_sources
from reporting.actions.sourcing import propose_common_sources
from reporting.photos import drop_orphans

SOURCE = "sweep"


@shared_task
def sweep_clocks() -> None:
    """Fire until nothing is due (预案 5.1(8))."""
    while fire_due(source=SOURCE):
        pass
    beat(SOURCE)


@shared_task
def tidy_public() -> None:
    """Forget where public reports came from, and drop files that belong to none; so much at once and no more."""
    at = database_now()
    forget_sources(by=CLOCK, at=at)
    drop_orphans(at=at)


@shared_task
def go_on_with_alarms() -> None:
    """Tell the next in turn, and ask again: apart from the stages, which wait for nothing (house setting)."""
    climb_due(source=SOURCE)
    ask_again_due(source=SOURCE)
    chase_countersignatures(by=CLOCK, at=database_now())


@shared_task
def look_for_signals() -> None:
    """Look again at what came lately, and at what incidents have in common (4.1, 8.2(a))."""
    sweep_signals(by=CLOCK, at=database_now())
    propose_common_sources(by=CLOCK, at=database_now())
