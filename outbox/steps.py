"""What an app above tells the outbox: who of an office is told, and in which order (architecture: the only upward path)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from outbox.models import Rank


@dataclass(frozen=True, slots=True)
class Turn:
    """Those who are told in the same turn, as `user:12`."""

    rank: Rank
    people: tuple[str, ...]


# The offices' codes and the moment, and for each office its turns in order; filled once by `config.wiring`.
Roster = Callable[[Collection[str], datetime], Mapping[str, Sequence[Turn]]]
WHO_IS_TOLD: list[Roster] = []
