"""Databases for tests, cloned from one template that is migrated and loaded once.

The append-only tables refuse TRUNCATE in tests too, so a database is never emptied: it is thrown away.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "template_"
TEMPLATE_LOCK = 20210930


def admin() -> psycopg.Connection[tuple[object, ...]]:
    """A connection beside Django's, for creating and dropping databases."""
    return psycopg.connect(url("postgres"), autocommit=True)


def url(name: str) -> str:
    """The address of another database on the same server."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + name).geturl()


def fingerprint() -> str:
    """A hash over everything that decides what a migrated and loaded database holds."""
    digest = hashlib.sha256()
    parts = ("plan", "accounts", "*/migrations", "*/management/commands", "config/settings.py")
    for path in sorted(path for part in parts for path in files(part)):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def files(pattern: str) -> Iterator[Path]:
    for path in ROOT.glob(pattern):
        yield from (
            (path,) if path.is_file() else (f for f in path.rglob("*") if f.suffix != ".pyc" and f.is_file())
        )


def ensure_template() -> str:
    """The name of the template; whoever comes first makes it, the others wait."""
    name = PREFIX + fingerprint()
    with admin() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        known = [str(row[0]) for row in server.execute("SELECT datname FROM pg_database")]
        if name not in known:
            for old in known:
                if old.startswith((PREFIX, "building_")):
                    drop(server, old)
            build(server, name)
    return name


def build(server: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    building = "building_" + name
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
    with pointed_at(building):
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    server.execute(rename.format(sql.Identifier(building), sql.Identifier(name)))


def drop(server: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def clone(template: str, name: str) -> Iterator[str]:
    """A database of this name, equal to the template; gone afterwards, whoever is still connected."""
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with admin() as server:
        server.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    try:
        yield name
    finally:
        drop_drills(name)
        with admin() as server:
            drop(server, name)


def drop_drills(name: str) -> None:
    """Drop the databases that `prepare_drills` made beside one, with what a role was granted there."""
    with admin() as server:
        known = [str(row[0]) for row in server.execute("SELECT datname FROM pg_database")]
        for each in known:
            if each.startswith(f"{name}_drill_"):
                drop(server, each)


@contextmanager
def empty(name: str) -> Iterator[str]:
    """A database of this name with nothing in it; gives its address, and is gone afterwards."""
    with admin() as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield url(name)
    finally:
        with admin() as server:
            drop(server, name)


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Django's connections, in every thread, go to this database; processes started meanwhile find it too."""
    before, address = connection.settings_dict["NAME"], os.environ["DATABASE_URL"]
    point(name)
    os.environ["DATABASE_URL"] = url(name)
    try:
        yield
    finally:
        os.environ["DATABASE_URL"] = address
        point(str(before))


def point(name: str) -> None:
    connection.close()
    cast(DatabaseWrapper, connection).close_pool()
    connection.settings_dict["NAME"] = name
