"""A drill's own database: entered, and at the start given the people and places of real life, without their addresses (ADR 30)."""

from collections.abc import Mapping
from typing import Any, Final, LiteralString

from django.db import connection, models, transaction
from psycopg import sql

from accounts.models import DutyShift, Jurisdiction, OfficeHolding, Organisation, User
from audit.worlds import World, entered
from drills.models import Drill, DrillTurn
from incidents.models import Place
from reporting.models import DeclaredChannel

# Whom it points at comes before whoever points. No contact and no key is among them: nothing can go out to anybody.
BROUGHT: Final[tuple[type[models.Model], ...]] = (
    Jurisdiction,
    Organisation,
    User,
    OfficeHolding,
    DutyShift,
    Place,
    DeclaredChannel,
)
# Nobody logs in there: the login stays in real life.
LEFT_BEHIND: Final[Mapping[str, LiteralString]] = {"password": "'!'", "email": "''", "last_login": "NULL"}


def latest_turn(drill: Drill) -> DrillTurn:
    """Return how a drill's clock runs now."""
    return drill.turns.latest("pk")


def world_of(drill: Drill, turn: DrillTurn) -> World:
    """Return a drill's world as its clock runs from this turn on."""
    return World(drill.pk, drill.database, turn.pace)


def fill(world: World) -> None:
    """Give a world the people, offices, rosters and places of real life, each under its own number."""
    with connection.cursor() as real, entered(world), transaction.atomic(), connection.cursor() as there:
        for model in reversed(BROUGHT):
            there.execute(sql.SQL("DELETE FROM {}").format(_table(model)))
        for model in BROUGHT:
            _copy(model, real, there)
            _pass_numbers(model, there)


def _table(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)


def _copy(model: type[models.Model], real: Any, there: Any) -> None:
    names = [str(field.column) for field in model._meta.concrete_fields]
    asked = [LEFT_BEHIND.get(name) if model is User else None for name in names]
    columns = [sql.Identifier(name) for name in names]
    given = [sql.SQL(other) if other else own for other, own in zip(asked, columns, strict=True)]
    out = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(sql.SQL(", ").join(given), _table(model))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(_table(model), sql.SQL(", ").join(columns))
    with real.copy(out) as source, there.copy(into) as target:
        for data in source:
            target.write(data)


def _pass_numbers(model: type[models.Model], there: Any) -> None:
    """Let rows made in the drill get numbers of their own; the product's role may draw from a sequence and not set it."""
    drawn = sql.SQL(
        "SELECT nextval(pg_get_serial_sequence({}, 'id'))"
        " FROM generate_series(1, (SELECT coalesce(max(id), 0) FROM {}))"
    )
    there.execute(drawn.format(sql.Literal(model._meta.db_table), _table(model)))
