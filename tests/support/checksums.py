"""What the whole database holds, so that a test can say that nothing changed."""

from collections.abc import Collection

from django.db import connection
from psycopg import sql

# Kept on purpose when a request is refused: the hospital's raw body and the traces of who tried to log in.
KEPT_ON_REFUSAL = frozenset(
    {"reporting_intake", "django_session", "axes_accessattempt", "axes_accessfailurelog", "axes_accesslog"}
)


def table_checksums(exclude: Collection[str] = KEPT_ON_REFUSAL) -> dict[str, str]:
    """One hash per table of the public schema, over all its rows, in any order they lie in."""
    tables = [name for name in connection.introspection.table_names() if name not in exclude]
    return {name: checksum(name) for name in sorted(tables)}


def checksum(table: str) -> str:
    query = sql.SQL("SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM {} t")
    with connection.cursor() as cursor:
        cursor.execute(query.format(sql.Identifier(table)))
        (digest,) = cursor.fetchone()
    return str(digest)
