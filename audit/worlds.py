"""The world that work happens in: real life, or a drill's own, with a database and a clock of its own (预案 9.2, ADR 30)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.urls import get_script_prefix, set_script_prefix

from plan.refusal import PlanRefusal


@dataclass(frozen=True, slots=True)
class Pace:
    """A straight piece of a drill's clock: at `real_at` it showed `shown_at`, and it runs `factor` times as fast, 0 when it stands."""

    real_at: datetime
    shown_at: datetime
    factor: int

    def shown(self, real: datetime) -> datetime:
        """Return what the drill's clock shows at a real moment."""
        return self.shown_at + (real - self.real_at) * self.factor


@dataclass(frozen=True, slots=True)
class World:
    """A drill's own world; `refused` gathers what the plan refused to whoever acts in it now."""

    number: int
    database: str
    pace: Pace
    refused: list[PlanRefusal] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """Where its pages begin."""
        return f"{self.home}world/"

    @property
    def home(self) -> str:
        """The drill's own page, which lies in real life."""
        return f"/drills/{self.number}/"


_here: ContextVar[World | None] = ContextVar("drill_world", default=None)


def drill_world() -> World | None:
    """Return the drill's world that work happens in now, None in real life."""
    return _here.get()


def in_drill() -> bool:
    """Tell whether whatever is done now is part of a drill."""
    return _here.get() is not None


def place_here(link: str) -> str:
    """Return where an address of the house lies in the world that work happens in now."""
    here = _here.get()
    return here.prefix + link.removeprefix("/") if here and link.startswith("/") else link


def note_refused(refusal: PlanRefusal) -> None:
    """Let a drill know what was refused; real life keeps no such list."""
    here = _here.get()
    if here is not None:
        here.refused.append(refusal)


@contextmanager
def entered(world: World) -> Iterator[World]:
    """Do everything inside in the drill's world: this thread's every query, its clock and its addresses are the drill's."""
    prefix, token = get_script_prefix(), _here.set(world)
    set_script_prefix(world.prefix)
    try:
        with connected_to(world.database):
            yield world
    finally:
        set_script_prefix(prefix)
        _here.reset(token)


@contextmanager
def connected_to(database: str) -> Iterator[None]:
    """Let this thread's every query go to another database of the same server."""
    real = connections[DEFAULT_DB_ALIAS]
    its_own = _connection_to(database, like=real)
    connections[DEFAULT_DB_ALIAS] = its_own
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = real
        its_own.close()


def _connection_to(database: str, *, like: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    """A connection outside the pool, which knows its connections by Django's alias and not by their database."""
    settings = deepcopy(like.settings_dict)
    settings["NAME"] = database
    settings["OPTIONS"].pop("pool", None)
    return type(like)(settings, DEFAULT_DB_ALIAS)
