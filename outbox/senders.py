"""The threads of a process that send outside: some for each channel, so that a slow one holds up no other."""

import logging
import time
from collections import Counter
from threading import Event, Lock, Thread, current_thread

from django.db import DatabaseError, InterfaceError, connection

from outbox.actions.posting import post_next
from outbox.selectors import channels_due

PER_CHANNEL = 4

logger = logging.getLogger(__name__)


class Senders:
    """Starts threads where something is due; each ends when nothing is left for it."""

    def __init__(self, source: str) -> None:
        """`source` is what the evidence calls this process."""
        self.source = source
        self._is_stopping = Event()
        self._lock = Lock()
        self._running: Counter[str] = Counter()
        self._threads: set[Thread] = set()

    def look(self) -> None:
        """Start what is missing for what is due now; returns at once."""
        for channel, addresses in channels_due().items():
            with self._lock:
                missing = min(addresses, PER_CHANNEL - self._running[channel])
                threads = [Thread(target=self._work, args=(channel,), daemon=True) for _ in range(missing)]
                self._running[channel] += len(threads)
                self._threads.update(threads)
            for thread in threads:
                thread.start()

    def stop(self, wait_s: float) -> None:
        """Begin no further message, and wait for those under way."""
        self._is_stopping.set()
        until = time.monotonic() + wait_s
        with self._lock:
            left = list(self._threads)
        for thread in left:
            thread.join(max(0.0, until - time.monotonic()))

    def _work(self, channel: str) -> None:
        try:
            while not self._is_stopping.is_set() and post_next(source=self.source, channel=channel):
                pass
        except (DatabaseError, InterfaceError) as error:
            logger.warning(
                "sending by %s stopped, goes on with the next round: %s", channel, type(error).__name__
            )
        finally:
            connection.close()
            with self._lock:
                self._running[channel] -= 1
                self._threads.discard(current_thread())
