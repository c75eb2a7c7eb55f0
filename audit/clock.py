"""The one clock: PostgreSQL's."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """Return the database's wall clock, not its transaction start: read once at an edge and passed on as `at`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]
