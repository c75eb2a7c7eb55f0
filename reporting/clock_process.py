"""The clock process: wakes on every commit and at every due time, needs PostgreSQL and nothing else."""

import logging
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, connection

from audit.clock import database_now
from audit.roots import roll_due_root
from outbox.actions.sending import send_due
from outbox.heartbeat import beat
from reporting.actions.firing import fire_due
from reporting.models import Obligation

CHANNEL = "audit"
LONGEST_WAIT_S = 1.0
# A row that another process holds is due but passed over: look again soon, not at once.
SHORTEST_WAIT_S = 0.02
RETRY_FIRST_S = 0.1
RETRY_LONGEST_S = 2.0
DATABASE_AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)

logger = logging.getLogger(__name__)


class ClockProcess:
    """Rounds of firing and sending until told to stop; a restarting database is waited for."""

    def __init__(self, name: str) -> None:
        """`name` is what stage events and the heartbeat call it: stable, so that a restart adds no row."""
        self.name = name
        self.is_stopping = False
        self._retry_s = RETRY_FIRST_S

    def stop(self) -> None:
        """Finish the round and end."""
        self.is_stopping = True

    def run(self) -> None:
        """Run until stopped."""
        while not self.is_stopping:
            try:
                with closing(_listener()) as listener:
                    self._rounds(listener)
            except DATABASE_AWAY as error:
                logger.warning("database away, next try in %.1f s: %s", self._retry_s, type(error).__name__)
                connection.close()
                time.sleep(self._retry_s)
                self._retry_s = min(self._retry_s * 2, RETRY_LONGEST_S)

    def _rounds(self, listener: psycopg.Connection[Any]) -> None:
        while not self.is_stopping:
            self._round()
            self._retry_s = RETRY_FIRST_S
            for _notice in listener.notifies(timeout=_wait_s(), stop_after=1):
                pass

    def _round(self) -> None:
        """Fire first; without a round of firing there is no sign of life, whatever else works."""
        if self._try(lambda: fire_due(source=self.name)):
            self._try(lambda: beat(self.name))
        self._try(lambda: send_due(source=self.name))
        self._try(lambda: roll_due_root(database_now()))

    def _try(self, chore: Callable[[], object]) -> bool:
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
        "connect_timeout": 3,
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
