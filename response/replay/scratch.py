"""A database of a replay's own: made from the migrations, loaded, and gone afterwards whatever happened."""

import os
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn, cast

import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql


@contextmanager
def scratch_database() -> Iterator[str]:
    """Point this process at a new, migrated and loaded database; two at once don't meet.

    The name is locked while the database is in use, so a run that was killed leaves nothing for longer than until
    the next one.
    """
    name = f"{_prefix()}{os.getpid()}_{secrets.token_hex(4)}"
    with _ended_by_exception(), server_beside() as server:
        _drop_abandoned(server)
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            with _pointed_at(name):
                call_command("migrate", verbosity=0)
                yield name
        finally:
            _drop(server, name)


@contextmanager
def _ended_by_exception() -> Iterator[None]:
    """Let a request to end unwind what is under way, so that the database is dropped."""
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(1)


def server_beside() -> psycopg.Connection[tuple[object, ...]]:
    """A connection beside Django's, to the configured database, for creating and dropping others."""
    given = connection.settings_dict
    options = {name: value for name, value in given["OPTIONS"].items() if name != "pool"}
    return psycopg.connect(
        host=given["HOST"] or None,
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        dbname=given["NAME"],
        autocommit=True,
        **options,
    )


def _prefix() -> str:
    """Names by the database they are beside: its locks, which say what is in use, are seen from no other."""
    return f"replay_{connection.settings_dict['NAME'][:30]}__"


def _drop_abandoned(server: psycopg.Connection[tuple[object, ...]]) -> None:
    known = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_prefix()])
    for (name,) in known.fetchall():
        taken = server.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name]).fetchone()
        if taken == (True,):
            _drop(server, str(name))
            server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def _drop(server: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _pointed_at(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    _point(name)
    try:
        yield
    finally:
        _point(before)


def _point(name: str) -> None:
    connection.close()
    cast(DatabaseWrapper, connection).close_pool()
    connection.settings_dict["NAME"] = name
