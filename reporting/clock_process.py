"""The clock process: wakes on every commit and at every due time, needs PostgreSQL and nothing else."""

import logging
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from threading import Event, Thread
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, connection

from accounts.actors import CLOCK
from audit.clock import database_now
from audit.roots import roll_due_root
from outbox.actions.climbing import climb_due
from outbox.actions.sending import send_due
from outbox.heartbeat import beat
from outbox.senders import Senders
from reporting.actions.asking_again import ask_again_due
from reporting.actions.firing import fire_due
from reporting.models import Obligation
from reporting.steps import CHASES

CHANNEL = "audit"
LONGEST_WAIT_S = 1.0
# A row that another process holds is due but passed over: look again soon, not at once.
SHORTEST_WAIT_S = 0.02
RETRY_FIRST_S = 0.1
# Once the database is back nobody sleeps on: what fell due meanwhile fires within two seconds.
RETRY_LONGEST_S = 0.25
# What worked this long was well: the next trouble is a new one.
LONG_S = 10.0
# What is chased waits for minutes or hours; Celery looks as often.
CHASE_EVERY_S = 30.0
CONNECT_LIMIT_S = 3
SEND_BATCH = 50
LAST_SENDING_S = 3.0
# What is under way outside is waited for as long as its channel may take: cut off, it would go out twice.
LAST_LETTER_S = 14.0
DATABASE_AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)

logger = logging.getLogger(__name__)


class ClockProcess:
    """Fires until told to stop, and sends beside it: a slow channel holds up no stage, a restarting database is waited for."""

    def __init__(self, name: str) -> None:
        """`name` is what stage events and the heartbeat call it: stable, so that a restart adds no row."""
        self.name = name
        self._is_stopping = Event()
        self._may_have_messages = Event()
        self._senders = Senders(name)
        self._chase_from = 0.0

    def stop(self) -> None:
        """Finish the round and end."""
        self._is_stopping.set()

    def run(self) -> None:
        """Run until stopped."""
        sender = Thread(target=self._keep, args=(self._send,), daemon=True)
        sender.start()
        self._keep(self._fire)
        self._may_have_messages.set()
        sender.join(LAST_SENDING_S)
        self._senders.stop(LAST_LETTER_S)

    def _keep(self, work: Callable[[], None]) -> None:
        """Do the work again and again until stopped, and wait for a database that is away."""
        retry_s = RETRY_FIRST_S
        while not self._is_stopping.is_set():
            began = time.monotonic()
            try:
                work()
            except DATABASE_AWAY as error:
                logger.warning("database away, next try in %.1f s: %s", retry_s, type(error).__name__)
                connection.close()
                self._is_stopping.wait(retry_s)
                worked_for_s = time.monotonic() - began
                retry_s = min(retry_s * 2, RETRY_LONGEST_S) if worked_for_s < LONG_S else RETRY_FIRST_S
        connection.close()

    def _fire(self) -> None:
        """Fire what is due, wait for a commit or the next due time, again and again; each round leaves a sign of life."""
        with closing(_listener()) as listener:
            while not self._is_stopping.is_set():
                if _done(lambda: fire_due(source=self.name)):
                    beat(self.name)
                self._may_have_messages.set()
                for _notice in listener.notifies(timeout=_wait_s(), stop_after=1):
                    pass

    def _send(self) -> None:
        """Send what is owed, go on with alarms that nobody took on, close a day that is over; then wait for the next round."""
        self._may_have_messages.wait()
        self._may_have_messages.clear()
        _done(self._send_all)
        _done(self._senders.look)
        _done(lambda: climb_due(source=self.name))
        _done(lambda: ask_again_due(source=self.name))
        self._chase()
        _done(lambda: roll_due_root(database_now()))

    def _chase(self) -> None:
        """Remind whoever is late with what apps above wait for (3.4, 6.1), now and then."""
        if time.monotonic() < self._chase_from:
            return
        self._chase_from = time.monotonic() + CHASE_EVERY_S
        for chase in CHASES:
            _done(partial(chase, by=CLOCK, at=database_now()))

    def _send_all(self) -> None:
        while send_due(source=self.name, limit=SEND_BATCH) == SEND_BATCH and not self._is_stopping.is_set():
            pass


def _done(chore: Callable[[], object]) -> bool:
    """Do it and say whether it worked; only a database that is away ends the round."""
    try:
        chore()
    except DATABASE_AWAY:
        raise
    except Exception:
        logger.exception("a part of the round failed; the others go on")
        return False
    return True


def _listener() -> psycopg.Connection[Any]:
    """Open a connection beside Django's, for nothing but listening; a server that vanished is noticed in seconds."""
    given = connection.get_connection_params()
    params: dict[str, Any] = {
        **{name: value for name, value in given.items() if name not in {"context", "cursor_factory"}},
        "connect_timeout": CONNECT_LIMIT_S,
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
    }
    listener = psycopg.connect(**params, autocommit=True)
    listener.execute(f"LISTEN {CHANNEL}")
    return listener


def _wait_s() -> float:
    waiting = Obligation.objects.filter(next_due_at__isnull=False).order_by("next_due_at")
    due_at = waiting.values_list("next_due_at", flat=True).first()
    if due_at is None:
        return LONGEST_WAIT_S
    return min(max((due_at - database_now()).total_seconds(), SHORTEST_WAIT_S), LONGEST_WAIT_S)
