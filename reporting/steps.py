"""What is chased beside the clocks; `config.wiring` fills the list once, at start."""

from datetime import datetime
from typing import Protocol

from accounts.actors import Actor


class Chase(Protocol):
    """Remind whoever is late, each once, whichever process asks first; how many."""

    def __call__(self, *, by: Actor, at: datetime) -> int:
        """Look at what is overdue at this moment."""


CHASES: list[Chase] = []
