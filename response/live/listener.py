"""One connection per process hears the evidence log's NOTIFY and passes it on to the hub."""

import asyncio
import logging
from typing import Any, Final

import psycopg
from django.db import DatabaseError, connections

from accounts.standing import standing
from response.live.hub import Hub, News
from response.live.scopes import BESIDE, audiences, beside, in_pool, parts

PROBE_S: Final = 10
FIRST_PAUSE_S: Final = 0.25
LONGEST_PAUSE_S: Final = 5.0
# Between two rounds of telling: a burst of commits becomes a few events, and the first is not held up.
GATHER_S: Final = 0.05
INCIDENT, OFFICE = "incident:", "org:"

logger = logging.getLogger(__name__)


class Listener:
    """Keeps a hub told of what is committed, through every restart of the database."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._heard: set[str] = set()
        self._news = asyncio.Event()

    async def run(self) -> None:
        """Listen and tell until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._listen_for_ever())
                tasks.create_task(self._tell_for_ever())
        finally:
            self._end()

    def _begin(self) -> None:
        standing.hear(True)
        self.hub.hears()

    def _end(self) -> None:
        standing.hear(False)
        self.hub.hears_nothing()

    async def _listen_for_ever(self) -> None:
        pause = FIRST_PAUSE_S
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    **_parameters(), autocommit=True
                ) as connection:
                    await connection.execute("LISTEN audit")
                    self._begin()
                    pause = FIRST_PAUSE_S
                    await self._hear(connection)
            except (psycopg.Error, OSError) as error:
                logger.warning("live feed lost the database: %s", type(error).__name__)
            self._end()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    async def _hear(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Take in notifications; a connection that is silent for long is asked whether it still lives."""
        while True:
            async for notice in connection.notifies(timeout=PROBE_S):
                standing.doubt(notice.payload)
                self._heard.add(notice.payload)
                self._news.set()
            async with asyncio.timeout(PROBE_S):
                await connection.execute("SELECT 1")

    async def _tell_for_ever(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            chains, self._heard = self._heard, set()
            await self._tell(chains)
            await asyncio.sleep(GATHER_S)

    async def _tell(self, chains: set[str]) -> None:
        self.hub.doubt(chains)
        numbers = [chain.removeprefix(INCIDENT) for chain in chains if chain.startswith(INCIDENT)]
        offices = frozenset(chain.removeprefix(OFFICE) for chain in chains if chain.startswith(OFFICE))
        others = [chain for chain in chains if chain.startswith(tuple(BESIDE))]
        if not numbers and not others and not offices:
            return
        try:
            self.hub.changed(
                News(
                    await in_pool(audiences, numbers),
                    await in_pool(parts, numbers) if self.hub.tells_parts else {},
                    await in_pool(beside, others),
                    offices,
                )
            )
        except DatabaseError as error:
            logger.warning("live feed could not look up whom to tell: %s", type(error).__name__)
            self.hub.missed_something()


def _parameters() -> dict[str, Any]:
    """Return how Django connects, for a connection of our own beside its pool."""
    given = connections["default"].get_connection_params()
    ours = {name: value for name, value in given.items() if name not in {"cursor_factory", "context"}}
    return ours | {
        "connect_timeout": 3,
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
    }
