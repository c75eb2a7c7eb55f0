"""The command log as pages show it: each entry in words, with its addressees and what they did (3.1, 3.2)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from plan.command_log import LOG_KINDS
from response.models import CommandAddressee, CommandEntry


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry: what its kind asked for in words, and its addressees."""

    entry: CommandEntry
    answers: Sequence[tuple[str, str]]
    addressees: Sequence[CommandAddressee]

    @property
    def read(self) -> int:
        """How many have signed for it."""
        return sum(row.received_at is not None for row in self.addressees)

    @property
    def is_behind(self) -> bool:
        """Whether somebody has still to sign or to report."""
        return any(row.is_behind for row in self.addressees)

    @property
    def has_closure(self) -> bool:
        """Whether the issuer says when an answer is enough."""
        return LOG_KINDS[self.entry.kind].has_closure


def log_of(family: Iterable[int]) -> list[LogLine]:
    """Return the command log of an incident and what is one with it, the newest first; three queries."""
    own = Q(response__incident__in=family)
    # What was ordered before a split concerns both sides (A56).
    shared = Q(
        response__carried_by__incident__in=family, issued_at__lte=F("response__carried_by__carried_at")
    )
    entries = list(
        CommandEntry.objects.filter(own | shared).select_related("organisation").distinct().order_by("-pk")
    )
    rows = CommandAddressee.objects.filter(entry__in=entries).select_related("organisation").order_by("pk")
    addressees: dict[int, list[CommandAddressee]] = defaultdict(list)
    for row in rows:
        addressees[row.entry_id].append(row)
    return [LogLine(entry, list(answers_of(entry)), addressees[entry.pk]) for entry in entries]


def answers_of(entry: CommandEntry) -> Iterator[tuple[str, str]]:
    """Yield in words what an entry answers of what its kind asks for."""
    for asked in LOG_KINDS[entry.kind].asks:
        value = entry.details.get(asked.name)
        if value:
            yield asked.label_zh, dict(asked.choices).get(value, value)
