"""`manage.py prepare_drills`: empty databases, ready for drills to be played in (ADR 30).

Run it after `migrate`, as whoever owns the tables: the product itself may make no database.
"""

import os
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any, Final

import psycopg
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from psycopg import sql

from audit.clock import database_now
from audit.worlds import connected_to
from drills.models import DrillWorld, TurnKind
from response.replay.scratch import server_beside

SPARE: Final = 3
# What came of a drill is kept for ever; what was played can be looked at for so long.
KEPT_FOR: Final = timedelta(days=30)
Server = psycopg.Connection[tuple[object, ...]]


class Command(BaseCommand):
    """May be run again at any time; drills under way go on."""

    help = "Keep databases ready for drills, bring those in use up to date, drop those no longer looked at."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--spare", type=int, default=SPARE, help=f"how many to keep ready (default: {SPARE})"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = self._prepare(options["spare"])
        except psycopg.errors.InsufficientPrivilege:
            self.stderr.write(
                "This role may make no databases: no drills can be held until one that may has run this."
            )
            return
        self.stdout.write(f"{made} databases are ready for drills")

    def _prepare(self, spare: int) -> int:
        with server_beside() as server:
            server.execute("SELECT pg_advisory_lock(hashtext(%s))", [_name(0)])
            _drop_old(server)
            if _name(0) not in _databases(server):
                _create(server, _name(0), like="template0")
            for database in (_name(0), *_under_way()):
                _bring_up_to_date(database)
            made = [_make_afresh(server, world.database) for world in _free()]
            while len(made) < spare:
                world = DrillWorld.objects.create(database=_name(_last_number() + 1))
                made.append(_make_afresh(server, world.database))
        return len(made)


def _name(number: int) -> str:
    return f"{connection.settings_dict['NAME'][:48]}_drill_{number}"


def _last_number() -> int:
    known = DrillWorld.objects.values_list("database", flat=True)
    return max((int(name.rpartition("_")[2]) for name in known), default=0)


def _free() -> list[DrillWorld]:
    return list(DrillWorld.objects.filter(drill__isnull=True).order_by("pk"))


def _under_way() -> list[str]:
    kept = DrillWorld.objects.filter(drill__isnull=False, dropped_at__isnull=True)
    return list(kept.values_list("database", flat=True))


def _drop_old(server: Server) -> None:
    at = database_now()
    old = DrillWorld.objects.filter(
        drill__turns__kind=TurnKind.END, drill__turns__at__lt=at - KEPT_FOR, dropped_at__isnull=True
    )
    for world in old:
        _drop(server, world.database)
        world.dropped_at = at
        world.save(update_fields=["dropped_at"])


def _databases(server: Server) -> set[str]:
    return {str(name) for (name,) in server.execute("SELECT datname FROM pg_database")}


def _bring_up_to_date(database: str) -> None:
    with connected_to(database):
        call_command("migrate", verbosity=0, interactive=False)
        if "APP_DATABASE_PASSWORD" in os.environ:
            call_command("grant_app_role", verbosity=0)


def _make_afresh(server: Server, database: str) -> str:
    _drop(server, database)
    _create(server, database, like=_name(0))
    return database


def _create(server: Server, database: str, *, like: str) -> None:
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    server.execute(create.format(sql.Identifier(database), sql.Identifier(like)))


def _drop(server: Server, database: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
