"""Who watches this web process, and what each is told: incident numbers and a version, never content."""

import asyncio
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

QUEUE_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class Scope:
    """What one stream may hear of.

    `who`: its person or screen as the evidence log names them; `county_id`: None for an office that reaches over every
    county; `beside`: the chains of what it may hear of beside incidents, e.g. `public:`; `sees`: whether it sees the
    incidents of its counties, or only what it has a part in.
    """

    who: str
    office: str
    county_id: int | None
    beside: frozenset[str] = frozenset()
    sees: bool = True

    def may_hear(self, counties: frozenset[int]) -> bool:
        """Tell whether an incident of these counties is this office's matter."""
        return self.sees and (self.county_id is None or self.county_id in counties)


@dataclass(frozen=True, slots=True)
class News:
    """What changed, and whose matter it is.

    `audiences`: the counties of each incident; `parts`: the offices with a part in it that see no incidents;
    `beside`: the counties of what changed beside incidents, by its chains; `offices`: those whose own inbox, roster or
    watch changed. Of the last two nothing is named.
    """

    audiences: Mapping[str, frozenset[int]] = field(default_factory=dict)
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    beside: Mapping[str, frozenset[int]] = field(default_factory=dict)
    offices: frozenset[str] = frozenset()

    def is_told(self, number: str, scope: Scope) -> bool:
        """Tell whether a stream may hear of an incident that changed."""
        has_part = not scope.sees and scope.office in self.parts.get(number, ())
        return has_part or scope.may_hear(self.audiences[number])


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event."""

    name: str
    data: Mapping[str, object] = field(default_factory=dict)

    def encode(self) -> bytes:
        """Return the event as it goes over the wire."""
        return f"event: {self.name}\ndata: {json.dumps(self.data)}\n\n".encode()


class Watcher:
    """One open stream: its scope and the events it has not sent yet."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.queue: asyncio.Queue[Event] = asyncio.Queue(QUEUE_LENGTH)
        self.must_prove_itself = False

    def tell(self, event: Event) -> None:
        """Queue an event; a stream too slow to follow is told to look at everything again instead."""
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            event = Event("resync", event.data)
        self.queue.put_nowait(event)


class Hub:
    """All streams of this process, and the version of what they look at.

    The version moves with every change heard; it is None while the database can't be heard, since a change would
    then go unnoticed. Only the event loop's thread changes a hub; others may read its version.
    """

    def __init__(self) -> None:
        self.watchers: set[Watcher] = set()
        self._boot = secrets.token_hex(4)
        self._count = 0
        self._hears = False

    @property
    def version(self) -> str | None:
        """The version of the data as far as this process has heard, or None while it hears nothing."""
        return f"{self._boot}-{self._count}" if self._hears else None

    @property
    def state(self) -> Event:
        """What a stream is told when nothing changed: that all is well, or that the database can't be heard."""
        return Event("pulse", {"v": self.version}) if self._hears else Event("cut")

    @property
    def tells_parts(self) -> bool:
        """Whether any stream hears only of what its office has a part in."""
        return any(not watcher.scope.sees for watcher in self.watchers)

    def changed(self, news: News) -> None:
        """Tell the streams that may know which incidents changed, or that something of their own did."""
        self._count += 1
        told: dict[tuple[str, int | None, frozenset[str]], Event | None] = {}
        for watcher in self.watchers:
            scope = watcher.scope
            key = (scope.office, scope.county_id, scope.beside)
            if key not in told:
                told[key] = self._change(scope, news)
            event = told[key]
            if event is not None:
                watcher.tell(event)

    def _change(self, scope: Scope, news: News) -> Event | None:
        listed = sorted(number for number in news.audiences if news.is_told(number, scope))
        own = scope.office in news.offices
        more = own or any(scope.may_hear(news.beside[kind]) for kind in scope.beside & news.beside.keys())
        data = {"v": self.version, "incidents": listed, "own": own}
        return Event("change", data) if listed or more else None

    def hears(self) -> None:
        """The database is heard, perhaps again: whatever happened before is unknown, so everyone looks again."""
        self._hears = True
        self.missed_something()

    def missed_something(self) -> None:
        """A change was heard but not whose it is: everyone looks again."""
        self._count += 1
        self._tell_all(Event("resync", {"v": self.version}))

    def hears_nothing(self) -> None:
        """The database can't be heard: everyone is told that the page stands still."""
        self._hears = False
        self._tell_all(Event("cut"))

    def doubt(self, whom: Iterable[str]) -> None:
        """Something changed about these people or screens: their streams prove their rights again before they go on."""
        doubted = set(whom)
        for watcher in self.watchers:
            if watcher.scope.who in doubted:
                watcher.must_prove_itself = True
                watcher.tell(self.state)

    def _tell_all(self, event: Event) -> None:
        for watcher in self.watchers:
            watcher.tell(event)


hub: Final = Hub()
