"""What apps above response add to its pages; `config.wiring` fills the list once, at start."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from accounts.actors import Actor
from response.desk.todo import ToDo


class Waits(Protocol):
    """Say what waits for an office in an app above, with a constant number of queries."""

    def __call__(self, actor: Actor, *, at: datetime) -> Iterable[ToDo]:
        """Look at what waits at this moment."""


WAITS_ABOVE: list[Waits] = []
