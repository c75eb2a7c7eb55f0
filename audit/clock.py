"""The one clock: PostgreSQL's, and in a drill what the drill makes of it."""

from datetime import datetime

from django.db import connection

from audit.worlds import drill_world


def database_now() -> datetime:
    """Return the database's wall clock, not its transaction start: read once at an edge and passed on as `at`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
    here = drill_world()
    return here.pace.shown(row[0]) if here else row[0]
